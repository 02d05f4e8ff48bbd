### Making and editing a mini in the studio's bot.

## Which one

which-one = Which mini?
which-one-mini = { $title } · { $state }
misread-which = Tap the mini you mean, or type its name.
refusal-no-mini-open = You have no mini yet. /newmini makes one.
refusal-no-mini-draft = You have no draft. /newmini makes one.
refusal-no-mini-publishable = There is no mini left to publish. /minis lists what you have.
refusal-no-mini-published = None of your minis is published. /minis lists what you have.
refusal-no-mini-pausable = None of your minis takes bookings just now, so there is nothing to pause. /minis lists what you have.
refusal-no-mini-paused = None of your minis is paused. /minis lists what you have.
refusal-no-mini-any = You have no mini yet. /newmini makes one.
refusal-no-mini-named = You have no mini called "{ $name }". /minis lists what you have.
refusal-mini-not-so = { $title } is { $state }, so I left it as it is.

## A new one

title-new-mini = New mini
new-mini-ask = What's it called? For example: Fall Minis
misread-mini-title = I need a title as text. For example: Fall Minis

## What it says of itself

field-title = Title
field-description = Description
field-place = Place
field-places = Places per booking
mini-title-ask = What shall { $title } be called from now on? Clients see it everywhere, links stay as they are.
mini-description-ask = What should clients read about { $title }? Two or three lines are plenty. Type it and send it.
mini-place-ask = Where does { $title } take place? For example: Riverside Park, north gate. A day can have a place of its own.
mini-places-ask = How many places may one booking of { $title } take? Type a number.
mini-detail-now = It says now:
mini-detail-empty = (nothing)
mini-detail-saved = Saved: { $what }.
mini-detail-removed = Removed: { $what }.
mini-detail-kept = Left as it is.
mini-detail-changed = { $what } was changed by somebody else while you were writing. Which shall it be?
mini-detail-theirs = It says now:
mini-detail-mine = You wrote:
misread-mini-detail = I need this as text. Type it and send it.
misread-mini-both = Tap one of the two.
button-remove-detail = Remove it
button-use-mine = Use mine
button-keep-theirs = Keep theirs
mini-over-meanwhile = { $title } was put away or called off by somebody else meanwhile, so nothing was changed.

## Now and then

button-copy-mini = Copy
button-archive = Archive
button-call-off = Call off
button-to-mini = Back to { $title }
button-undo = Undo
title-copy-mini = Copy a mini
copy-ask = What shall the copy of { $title } be called? It gets everything but days and bookings.
mini-copied = Copied from { $source }: everything but its days and bookings.
call-off-ask = Call off { $title }?
call-off-bookings = { $count ->
    [one] One booking stays until you cancel it, as money may hang on it.
   *[other] { $count } bookings stay until you cancel each of them, as money may hang on them.
}
call-off-holds = { $count ->
    [one] One person is booking just now. Their hold ends, and they are told that nothing was charged.
   *[other] { $count } people are booking just now. Their holds end, and they are told that nothing was charged.
}
call-off-reservations = { $count ->
    [one] One reserved spot is given up, and its link stops working.
   *[other] { $count } reserved spots are given up, and their links stop working.
}
call-off-nobody = Nobody has booked it or is booking it.
call-off-for-good = This can't be undone. To stop new bookings for a while, pause it instead.
button-call-off-now = Yes, call it off
button-keep-mini = Keep it
called-off = { $title } is called off.
called-off-with-bookings = { $count ->
    [one] { $title } is called off. One booking stays: cancel it when you have talked to them.
   *[other] { $title } is called off. { $count } bookings stay: cancel each when you have talked to them.
}

## Refusals

refusal-too-many-pictures = { $most } pictures are all that fit into one collage. Tap Done, or Remove last to send another.
refusal-picture-gone = I no longer have that picture. Please send it again.
refusal-too-late-to-undo = It's too late to take that back. Here is how it stands.
