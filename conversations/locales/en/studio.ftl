### What the studio's bot says.

## Strangers and newcomers

studio-stranger = This bot is for the studio's own team. To book a session, ask the studio for its booking link.
studio-ticket-over = That link is no longer good. Ask for a new one.
studio-about = I run the minis of { $studio }, for its team. Clients book with another bot.

## Lobby

studio-menu-minis = Your minis
studio-menu-newmini = Make a new mini
studio-menu-reserve = Reserve a spot for somebody
studio-menu-bookings = Who booked
studio-menu-help = What I can do
studio-help = What I can do for { $studio }
studio-help-minis = /minis lists your minis
studio-help-newmini = /newmini Fall Minis makes a new mini
studio-help-picture = /picture gives a mini a picture, or just send me a photo
studio-help-reserve = /reserve 10:40 for Grandma Liu -20% keeps a spot for somebody
studio-help-release = /release 10:40 ends a reservation
studio-help-bookings = /bookings lists who booked
studio-help-find = /find Ana finds bookings by name, code, email or phone
studio-help-move = /move Ana 13:25 gives a booking another spot
studio-help-cancel-booking = /cancel_booking LP-4821 cancels a booking
studio-help-paid = /paid Ana 80 cash marks what was paid to you directly
studio-help-money = /money says what came in and what is due
studio-help-problems = /problems lists what needs you
studio-help-description = /description says what clients read about a mini
studio-help-packages = /packages lists what a mini sells
studio-help-package = /package Mini $150 20min 10 photos retainer $50 adds a package
studio-help-addon = /addon Extra print $25 adds an extra
studio-help-publish = /publish puts a mini before your clients, at once or with a time: /publish fri 19:00
studio-help-unpublish = /unpublish takes it off the lists
studio-help-pause = /pause stops new bookings
studio-help-resume = /resume lets them go on
studio-help-copy = /copy makes a new mini of an older one, without its days
studio-help-archive = /archive puts a finished mini away
studio-help-back = /back goes one step back
studio-help-cancel = /cancel leaves what you were doing
studio-misread = I don't know what to do with that. /help says what I can do.
toast-left = Left. Nothing was saved.
studio-name = { $studio }
studio-minis = { $count ->
    [one] You have one mini. Tap it to see how it stands.
   *[other] You have { $count } minis. Tap one to see how it stands.
}
studio-minis-none = No minis yet.
button-minis = All minis
button-studio-mini = { $title } · { $state } · { $taken } of { $seats }
button-new-mini = New mini
mini-draft = draft
mini-published = published
mini-unpublished = off the lists
mini-archived = archived
mini-cancelled = called off
mini-paused = paused

## A mini

studio-mini-title = { $title } · { $state }
studio-draft = Nobody can see it yet.
studio-has = ● { $what }
studio-lacks = ○ { $what }, not yet
part-picture = Picture
part-description = Description
part-packages = Packages
part-contract = Contract
part-questions = Questions
part-days = Days
studio-missing = To publish it I still need: { $what }.
missing-title = a title
missing-spot = a day with a spot in the future
missing-package = a package
missing-till = a way to take cards, or a package that is paid to you directly
studio-complete = All set.
studio-published = { $title } is live: clients see it in their bot.
studio-published-paused = { $title } is published, but it is paused: clients see it and can book it once you resume it.
studio-not-published = { $title } can't be published yet. I still need: { $what }.
studio-unpublished = { $title } is off the lists. Its direct link still books; to stop all new bookings, pause it.
studio-paused = { $title } is paused: nobody can begin to book it. Who is booking now goes on, and bookings stay.
studio-resumed = { $title } can be booked again.
studio-archived = { $title } is put away. Nobody can book it, and everything about it is kept: /minis all lists it.
studio-undone = Taken back: { $title } stands as it did before.
studio-day = **{ $day }** { $bar } { $taken } of { $seats }
spot-free = { $time } ○ free
spot-time = { $time }
spots-free = { $times } ○ free
spot-held = { $time } … Booking
spot-booked = { $time } ✓ booked
spot-reserved = { $time } ⚑ reserved
spot-closed = { $time } ✕ closed
spot-past = { $time } · over
spot-class = { $time } · { $taken } of { $seats } taken
spot-held-until = { $time } … Booking, ends { $left }
spot-booked-by = { $time } ✓ { $name } · { $package } · { $paid }
spot-paid = paid
spot-due = { $amount } due
spot-reserved-for = { $time } ⚑ Reserved, { $whom }
button-add-day = Add a day
button-publish = Publish
button-picture-of-day = Day
button-reserve = Reserve
button-book-for = Book for someone
button-share = Share
button-packages = Packages
button-picture = Picture
button-description = Description
button-contract = Contract
button-questions = Questions
button-bookings = Bookings
button-pause = Pause
button-resume = Resume
button-unpublish = Take off the lists
button-preview = Preview as a client
button-more = More
button-refresh = Refresh
studio-go-on = Go on where I was

## Buttons of many rooms

button-save = Save
button-discard = Discard
button-number = { $number }

## Refusals

refusal-nothing-to-leave = Nothing is under way. See /help.
refusal-ticket-over = That link is no longer good. Ask for a new one.
refusal-owner-stays = A studio needs an owner. Make somebody else an owner first.
refusal-no-such-member = That person is no longer in the team.
refusal-setting-wrong-name = A name has 1 to { $most } characters.
refusal-setting-wrong-zone = I don't know that time zone. It looks like America/Chicago.
refusal-setting-wrong-currency = I don't know that currency. It looks like USD.
refusal-setting-wrong-country = I don't know that country. It looks like US.
refusal-setting-wrong-text = That is too long: up to { $most } characters.
refusal-studio-in-use = Time zone and currency stay as they are once somebody has booked: prices and times would no longer be what people agreed on.
