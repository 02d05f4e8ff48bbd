### Contracts and questionnaires, as the studio writes them, and what its clients signed and answered.

## Both

paper-title = { $title }
paper-used-by = { $count ->
    [0] no mini uses it
    [one] used by 1 mini
   *[other] used by { $count } minis
}
paper-unused = No mini uses v{ $version }.
paper-not-saved = Not saved yet
paper-becomes = { $count ->
    [0] Saving makes it v{ $version }. No mini uses it.
    [one] Saving makes it v{ $version }, for new bookings of { $minis }. Bookings under way keep what they began with.
   *[other] Saving makes it v{ $version }, for new bookings of { $minis }. Bookings under way keep what they began with.
}
paper-saved = Saved: { $title }, v{ $version }.
paper-changed-meanwhile = Somebody else saved v{ $version } meanwhile. If you save now, yours comes after it and counts.
button-paper = { $title }
button-for-mini = For { $title }
button-from-kit = From the starter kit
button-change-paper = Change
button-change-title = Change title
kit-papers = Examples to begin with
kit-example = This is an example, not legal advice. Change whatever doesn't fit your studio.
cut-short = { $text }…

## Contracts

studio-help-contract = /contract has your contracts: write one, change one, choose who signs it

contracts = Your contracts
contracts-of = Contracts · { $mini }
contract-line = ○ { $title }, v{ $version } · { $used }
contract-signed-here = ● { $title }, v{ $version } · { $used }
contracts-none = None yet. Write your own, or begin with an example.
contracts-tap = Tap one to read it, change it, or choose who signs it.
contracts-of-mini = { $count ->
    [0] Clients of { $mini } sign nothing so far. Up to { $most } contracts are possible, such as a model release beside your contract.
    [one] Clients of { $mini } sign the one marked ●. Up to { $most } are possible.
   *[other] Clients of { $mini } sign the ones marked ●. More than { $most } are not possible.
}
paper-used-in = { $count ->
    [one] v{ $version } is used by 1 mini: { $minis }.
   *[other] v{ $version } is used by { $count } minis: { $minis }.
}
contract-two-already = { $mini } has two contracts already, and more are not possible. To use this one, take another off first.
contract-now-used = New clients of { $mini } sign { $title } from now on. Bookings under way keep what they began with.
contract-no-longer-used = New clients of { $mini } no longer sign { $title }. What was signed stays as it is.
button-all-contracts = All contracts
button-new-contract = New contract
button-use-for = Use for { $mini }
button-stop-using = Do not use for { $mini }
button-sample-pdf = As PDF
sample-caption = SAMPLE: { $title }, v{ $version }

## Writing a contract

title-contract = Contract
contract-text-ask = Send me the contract's text: type it, paste it, or send it as a .txt or .md file.
    Write { "{" }client_name{ "}" }, { "{" }spot_time{ "}" } or { "{" }fee{ "}" } where I should fill that in for each client.
contract-text-anew = Send me the whole text anew: type it, paste it, or edit the file above and send it back.
field-contract-text = Text of the contract
misread-contract-text = I can read a contract only as text: typed, pasted, or as a .txt or .md file.
contract-text-added = I put that behind the text, which has { $count } characters now.
contract-text-instead = I took that as the contract's text, instead of what you sent before ({ $count } characters).
contract-text-again = { $why } Please send the whole text once more.
contract-title-ask = What's it called? Clients read the title above it.
misread-contract-title = I need a title as text. For example: Session agreement
contract-summary-ask = What matters most, in short? Up to { $most } points, a line each. Clients read them first; the full text is what counts.
field-contract-summary = In short
misread-contract-summary = I need the points as text, a line each. Or skip them.
contract-consents-ask = Is there anything a client may say no to, and still book? A line each, with a word or two for its button before a colon. For example:
    Website: May { $studio } show your photos on its website?
field-contract-consents = What may be refused
misread-contract-consents = I need each question as text, a line each. Or skip this.
refusal-consent-unlabelled = Question { $number } is too long for a button (up to { $most } letters). Put a word or two and a colon before it. For example: Website: May we show your photos on our website?
button-which-fields = Which fields?
contract-fields = What I fill in for each client
field-filled = { $field } → { $sample }
misread-contract-preview = Tap Save, or what you'd like to change.
sample-mark = SAMPLE · as a client reads it
sample-consent = { $question } (Button: { $label }, yes or no)
button-save-and-use = Save and use for { $mini }
button-whole-text = Whole text
button-change-text = Change text
button-change-summary = Change summary
button-change-asked = Change consents
file-contract-text = { $title }.md

## The sample's data

sample-client-name = Ana Torres
sample-client-email = ana@mail.com
sample-client-phone = +1 312 555 0188
sample-mini = Fall Minis
sample-package = Mini
sample-included = 10 edited photos
sample-place = Riverside Park, north gate

## Questionnaires

studio-help-questions = /questions has what you ask your clients: write it, change it, choose when it's asked
questionnaires = Your questions
questionnaires-of = Questions · { $mini }
questions-line = ○ { $title }, v{ $version } · { $used }
questions-line-during = ● { $title }, v{ $version }, asked while booking · { $used }
questions-line-after = ● { $title }, v{ $version }, asked after booking · { $used }
questionnaires-none = None yet. Write your own, or begin with an example.
questionnaires-tap = Tap one to read it, change it, or choose when it's asked: while booking, or once booked.
questions-asked-during = Clients of { $mini } are asked this while booking.
questions-asked-after = Clients of { $mini } are asked this once they have booked.
questions-now-during = New clients of { $mini } are asked { $title } while booking. Bookings under way keep what they began with.
questions-now-during-instead = New clients of { $mini } are asked { $title } while booking, instead of { $old }. Bookings under way keep what they began with.
questions-now-after = New clients of { $mini } are asked { $title } once they have booked. Bookings under way keep what they began with.
questions-now-after-instead = New clients of { $mini } are asked { $title } once they have booked, instead of { $old }. Bookings under way keep what they began with.
questions-now-never = New clients of { $mini } are no longer asked { $title }. What was answered stays.
button-all-questions = All questions
button-new-questions = New
button-use-during = Use while booking
button-use-after = Use after booking
button-use-never = Do not use

## Writing questions

title-questions = Questions
questions-lines-ask = Send me your questions in one message, a question a line. Like this:
    How many kids? (number) *
    Style [Natural | Studio | Surprise me]
    Who is coming? [[Adults | Children | Dog]] *
    Anything else? (long)
    One pair of brackets is one choice, two are several, and * needs an answer. There are also (yes/no), (date) and (photo).
questions-lines-anew = Send me all questions anew, a question a line. So far they are:
    { $lines }
field-questions = Questions, one a line
misread-questions-lines = I need the questions as text, a question a line.
button-one-by-one = Question by question
questions-near = Line { $line } says: { $written }
questions-near-meant = Did you mean: { $meant }
button-near-yes = Yes
button-near-no = No, as it stands
button-write-anew = Write it anew
misread-questions-near = Tap one of these.
field-question-text = Question
question-text-ask = What do you want to ask?
misread-question-text = I need the question as text.
field-question-kind = How it's answered
question-kind-ask = How is it answered?
misread-question-kind = How is it answered? Tap one of these.
kind-short = Short text
kind-long = Long text
kind-one = One choice
kind-several = Several choices
kind-yes-no = Yes or no
kind-number = Number
kind-date = Date
kind-photo = Photo
field-question-options = What can be chosen
question-options-ask = What can they choose from? Send 2 to 12 options, one a line.
misread-question-options = I need the options as text, one a line.
field-question-required = Must be answered
question-required-ask = Must it be answered?
misread-question-required = Must it be answered? Tap Yes or No.
refusal-options-unfit = I need 2 to { $most } different options, one a line: each with up to { $longest } letters, and without brackets or |.
button-to-list = To the list
refusal-asked-already = You ask that already, as question { $number }.
questions-list = { $count ->
    [0] No questions yet
    [one] 1 question
   *[other] { $count } questions
}
questions-list-line = { $number }. { $question }
questions-list-picked = ▸ { $number }. { $question }
questions-tap = Tap a number to move, change or remove that question.
button-number-picked = ▸ { $number }
button-up = ↑
button-down = ↓
button-change-question = Change { $number }
button-remove-question = Remove { $number }
button-another-question = Another question
button-first-question = A question
button-questions-done = Done
button-write-all = Write all as lines
misread-questions-list = Tap a number, Another question, or Done.
questions-title-ask = What shall I call these questions? Only you see the name.
questions-title-offer = Questions for { $mini }
misread-questions-title = I need a name as text. For example: Before we meet
questions-sample = { $title } · as clients are asked
question-shown = { $number }. { $question }
    { $how }, may be skipped
question-shown-required = { $number }. { $question }
    { $how }, needs an answer
answered-short = A short text
answered-long = A long text
answered-one = One of: { $options }
answered-several = Any of: { $options }
answered-yes-no = Yes or no
answered-number = A number
answered-date = A date
answered-photo = Up to 3 photos
button-save-during = Save, ask while booking
button-save-after = Save, ask after booking
button-save-only = Only save
button-change-questions = Change questions
misread-questions-preview = Tap Save, or what you'd like to change.

## A text that nobody asked for

sent-text-ask = Use { $name } as a contract? It begins:
misread-sent-text = Shall I use the file as a contract? Tap Yes or No.

## What a client signed and answered

booking-papers = { $code } · contracts
booking-answers = { $code } · answers
signed-title = **{ $title }, v{ $version }**
signed-no-longer = This one no longer counts: the booking or the contract changed afterwards.
not-signed-yet = { $title }: not signed yet.
nothing-to-sign = There is no contract with this booking.
not-answered-yet = { $title }: not answered yet.
nothing-asked = No questions were asked with this booking.
answer-skipped = skipped
answers-title = **{ $title }**
button-copy = { $title }, v{ $version }, signed
button-photos-of = { $count ->
    [one] 1 photo: { $question }
   *[other] { $count } photos: { $question }
}
button-booking-papers = Contracts
button-booking-answers = Answers
button-this-booking = ‹ Booking
file-photo = { $code } photo { $number }.jpg
photos-forgotten = Those photos are no longer kept: their time was over.
