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

typed-copy = copy of | copy
new-mini-preview = New mini: { $title }
new-mini-no-day = No day yet
new-mini-place = At { $place }
new-mini-place-guess = At { $place }, if I took that right
new-mini-no-package = No package yet
new-mini-created = { $title } is made.
new-mini-place-ask = Where does it take place? Type it. For example: Riverside Park, north gate
button-create = Create
button-create-anyway = Create anyway
button-no-place-that = That's not the place
button-edit-title = Edit title
button-edit-place = Edit place
button-edit-day = Edit day
button-edit-spots = Edit spots
button-edit-length = Edit length, gap
button-edit-lasts = Edit length
button-edit-break = Edit breaks
button-edit-fee = Edit fee
misread-new-mini-create = Tap Create, or send the whole line anew.
misread-new-place = I need the place as text. For example: Riverside Park, north gate
refusal-line-too-long = That has { $length } characters, and one line can have up to { $most }. Send less at once; the rest can follow.

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

## Its picture

title-mini-picture = Picture
picture-ask = Send me the picture of { $title }: one photo, or several that I make one collage of. Then tap Done.
picture-is = This is what clients see.
picture-none = There is no picture yet.
picture-saved = Saved: the picture.
picture-removed = The picture is gone. Send another whenever you like.
picture-theirs = Somebody else gave it this picture while you were choosing. Which shall it be?
picture-already = { $title } shows this picture already. Which shall it be?
picture-theirs-none = Somebody else removed the picture while you were choosing. Shall it have yours?
picture-for = The picture of { $title }? Send more for a collage of them, or tap Done.
picture-for-instead = The picture of { $title }, instead of the one it has? Send more for a collage of them, or tap Done.
picture-for-one = A picture for one of your minis? Send more for a collage of them, or tap Done and I ask which mini.
picture-no-mini = That's a nice picture, but there is no mini yet to show it. Make one first.
button-other-picture = Another picture
button-remove-picture = Remove it
misread-picture-both = Tap one of the two.

## Now and then

button-tax-on = { $name }: on
button-tax-off = { $name }: off
tax-is-on = { $name } is on this mini. Who is booking already keeps the prices they began with.
tax-is-off = { $name } is not on this mini. Who is booking already keeps the prices they began with.
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
refusal-several-named = More than one mini is called so: { $titles }. Type the whole title, or open the one you mean and tap Copy.
refusal-too-late-to-undo = It's too late to take that back. Here is how it stands.
