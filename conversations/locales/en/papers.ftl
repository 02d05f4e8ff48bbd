# What a client signs and answers, and what the studio is told about its contracts and questionnaires.

## No, and why

refusal-contract-unsigned = Before that, please sign "{ $title }".
refusal-contract-changed = The contract reads a little differently now. Here it is once more.
refusal-name-differs = This says { $typed }, and your booking is for { $known }. Please sign with your own full name.
refusal-answers-missing = A few questions are still to be answered before that.
refusal-answer-unreadable = I can't take that as an answer here. Please try once more.
refusal-contract-gone = That paper is no longer there.

## The studio's

refusal-contract-empty = A contract needs a title and a text.
refusal-contract-too-long = That is longer than { $most } characters. Please shorten it.
refusal-too-many-points = Up to { $most }, please. The text itself may say as much as it needs.
refusal-same-questions = Those questions are asked while booking already. Choose others for afterwards.
refusal-consent-unfit-empty = Consent { $number } needs a question, and a few words for its button.
refusal-consent-unfit-twice = Consent { $number } is too much like one before it: question, button and name are its own.
refusal-consent-unfit-id = A button can't carry the name of consent { $number }: up to 24 letters of A to Z, digits, - and _.
refusal-too-many-contracts = A mini has up to { $most } contracts.
refusal-field-unknown = There is no field { "{" }{ $field }{ "}" }. Did you mean { "{" }{ $nearest }{ "}" }?
refusal-field-unknown-alone = There is a brace without its other half at "{ $field }". Did you mean { "{" }{ $nearest }{ "}" }? A brace that is just a brace has a backslash before it: \{ "{" }
refusal-too-many-questions = A questionnaire has 1 to { $most } questions, a question a line.
refusal-question-unreadable-kind = Line { $line }: I don't know the kind "{ $text }". There are: long, number, date, yes/no, photo. If it belongs to the question, put (short) behind it.
refusal-question-unreadable-options = Line { $line }: a choice has 2 to 12 different options, each of at most 40 characters, with | between them.
refusal-question-unreadable-empty = Line { $line } asks nothing.
refusal-question-unreadable-too-long = Line { $line } is longer than a question can be (300 characters).
refusal-question-unreadable-twice = Line { $line } asks the same as one before it: "{ $text }".

## What a contract is filled with

term-time = { $time } ({ $city })
term-moment = { $day }, { $time }
term-places = { $count ->
    [one] { $count } person
   *[other] { $count } people
}

## The printed page

sheet-subtitle = Contract v{ $version } · Booking { $booking }
sheet-preview = PREVIEW · not an agreement
sheet-reference = { $title }, v{ $version } · { $booking }
sheet-page = Page { "{" }page{ "}" } of { "{" }pages{ "}" }
signed-line = Signed by { $name } on { $day }, { $time } ({ $city })
certificate-title = Certificate of signature
certificate-intro = The contract on the pages before was shown to the client in the chat of { $studio }, and signed there by typing a name and sending it.
certificate-effect = It takes effect when the booking is confirmed.
certificate-preview = This was a preview. Nothing was agreed.
consent-yes = Yes
consent-no = No
fact-contract = Contract
fact-contract-version = { $title }, version { $version }
fact-booking = Booking
fact-between = Photographer
fact-name-given = Name given for the booking
fact-name-typed = Name typed to sign
fact-name-chosen = Name then chosen
fact-agreed = What sending the name meant
fact-shown = Shown
fact-signed = Signed
fact-channel = Where
fact-channel-value = { $channel }, user { $person }, chat { $chat }
fact-message = Message
fact-address = Network address
fact-browser = Browser
fact-sha256 = SHA-256 of the text
fact-record = Record

## Reading and signing

section-contract = Contract
section-questions = Questions
form-sign = Your signature
form-questions = A few questions
field-signature = Type your full name to sign
signature-example = Your full name
contract-title = { $title }, v{ $version }
contract-in-short = In short (the full text is what counts):
contract-to-read = Please read it before you sign.
contract-point = { $number }. { $text }
contract-caption = { $title }, v{ $version }
contract-caption-preview = PREVIEW: { $title }, v{ $version }
contract-anew = What the contract says has changed, so please sign it again.
block-heading = **{ $text }**
block-item = • { $text }
file-contract = { $title } v{ $version }.pdf
file-signed = { $title } v{ $version } signed.pdf
button-consent-yes = { $label }: yes
button-consent-no = { $label }: no
button-sign = Sign
button-show-contract = Show it as it is now
button-read-contract = Read all of it again
sign-ask = To sign, type your full name and send it.
    Sending it means that you agree to "{ $title }", v{ $version }, and to signing electronically.
sign-means = Sending it means that you agree to "{ $title }", v{ $version }, and to signing electronically.
which-name-ask = Your booking is for **{ $known }**; this says **{ $typed }**. Which one should stand under the contract?
button-keep-name = Keep "{ $name }"
signed-caption = { $signed }. This copy is for you to keep. It takes effect when the booking is confirmed.
misread-contract = Tap Sign when you have read it, or tell me with the buttons what you allow.
misread-signature = Please type your full name to sign.
misread-which-name = Which of the two names should it be? Tap one.

## On the review card

signed-short = { $title }, v{ $version }: signed
consent-given = { $label }: yes
consent-refused = { $label }: no
answered = { $question } { $answer }
answered-plainly = { $question }: { $answer }
button-change-consents = Change consents
button-change-answers = Change answers
sure-sign-again = That is part of the contract, so I'll ask you to sign again. OK?
button-change-yes = Yes, change it
button-keep-as-is = Keep as it is

## Once it is booked

questions-afterwards = There are a few questions for the shoot. They take a minute.
button-answer-now = Answer now
button-answer-later = Later
button-answer-questions = Answer the questions
button-signed-copy = { $title }, signed
answer-or-book = You are booking { $title } right now. Shall we go on with that, or first answer the questions about { $made }?
answer-later = All right. You find the questions with your booking, under /my.
answers-taken = Thank you. { $studio } has your answers.
signed-caption-preview = { $signed }. This was a preview: nothing was agreed.
