### What the studio says to its clients in its own words.

studio-help-messages = /messages has what your clients read when they book, when plans change, and around the session: say it your way
button-messages = Messages
refusal-no-such-message = There is no such message. /messages has all of them.

## All of them

messages = Your messages
messages-of = Messages · { $mini }
messages-intro = I tell your clients myself what is booked, moved or cancelled, and what becomes of their money. Your own words stand below that. A mini can have others: tap a message, then the mini.
messages-of-intro = What is set for { $mini } comes before your messages for all minis.
messages-not-yet = Reminders, balance reminders and follow-ups are not sent yet in this version, and neither are e-mails. What you write for them is kept.
wording-line-on = ● { $name }: on, { $whose }
wording-line-off = ○ { $name }: off, { $whose }
wording-as-it-came = as it came with Minis
wording-own = your own
wording-as-in-all = as in all minis
wording-for-this = set for this mini
wording-words-for-this = as in all minis; its words are set for this mini
button-messages-of-all = Those for all minis

occasion-confirmation = Confirmation
occasion-reminder = Reminder
occasion-balance-reminder = Balance reminder
occasion-cancelled = Cancelled
occasion-moved = Moved
occasion-follow-up = Follow-up

## One of them

wording-of = { $name } · { $mini }
occasion-confirmation-when = Clients read this as soon as they have booked.
occasion-cancelled-when = Clients read this when their booking is cancelled, whoever cancels it.
occasion-moved-when = Clients read this when you move them to another time.
occasion-reminder-when = For the days before the session. Reminders are not sent yet in this version; what you write here is kept.
occasion-balance-reminder-when = For clients who still have something to pay. Balance reminders are not sent yet in this version; what you write here is kept.
occasion-follow-up-when = For after the session. Follow-ups are not sent yet in this version; what you write here is kept.
wording-studio-came = It is as it came with Minis.
wording-studio-own = It is your own, for all minis.
wording-mini-as-all = { $mini } has nothing of its own here: it is as in all minis.
wording-mini-own = It is set for { $mini } alone.
wording-off-below = It is off: your words are left out, and clients read the rest alone.
wording-off = It is off.
wording-off-in-all = You switched it off for all minis; here you can switch it on for this one.
wording-subject = Subject of its e-mail (e-mails are not sent yet): { $subject }
button-change-subject = Change subject
button-wording-on = Switch on
button-wording-off = Switch off
button-wording-studios = Use the studio's again
button-wording-original = Use the original again
button-all-messages = All messages
button-this-message = Back to the message
wording-now-on = On from now on: “{ $name }”.
wording-now-off = Off from now on: “{ $name }”.
wording-studios-again = It is as in all minis again.
wording-studios-again-was = It is as in all minis again. The mini's own text was: { $text }
wording-original-again = It is as it came again.
wording-original-again-was = It is as it came again. Your own text was: { $text }
wording-fields = What I can fill in · { $name }

## Writing one

title-wording = Message
wording-now = It reads now:
wording-text-ask = { $name }: send me the new text. Write { "{" }client_name{ "}" }, { "{" }spot_date{ "}" } or { "{" }place{ "}" } where I should fill that in for each client.
field-wording-text = Text
misread-wording-text = I need the message as text: typed, pasted, or as a .txt or .md file.
wording-subject-ask = { $name }: send me the new subject for its e-mail, in one line. Fields such as { "{" }mini{ "}" } or { "{" }spot_date{ "}" } work here, too.
field-wording-subject = Subject of the e-mail
misread-wording-subject = I need the subject as text, in one line.
refusal-field-unfit = I can't fill in { "{" }{ $field }{ "}" } in this message. Tap Which fields? to see what I can.
refusal-wording-empty = There is nothing to read in that. If clients should read nothing of yours here, switch the message off instead.
refusal-wording-too-long = That has { $length } characters, and { $most } are possible here.
wording-not-saved = { $name } · not saved yet
wording-becomes-studios = For clients of all minis, unless a mini has its own.
wording-becomes-own = For clients of { $mini } alone.
wording-text-changed-meanwhile = Somebody else changed the text meanwhile. It reads now: { $now }
    If you save now, yours counts.
wording-subject-changed-meanwhile = Somebody else changed the subject meanwhile. It reads now: { $now }
    If you save now, yours counts.
wording-saved = Saved: “{ $name }”.
misread-wording-preview = Tap Save, or what you'd like to change.
