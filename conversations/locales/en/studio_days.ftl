### What the studio's bot says of days and their spots.

## A new day, question by question

day-no-mini = There is no mini yet to add a day to. Make one first.
day-too-long = That is more than I can read at once: up to { $most } characters. Let's go step by step.
day-is-past = { $day } has passed.
day-no-such = The calendar has no “{ $text }”.
day-when-ask = When is the new day of **{ $title }**?
day-when-hint = Tap a day, or type it as you would say it: Saturday 9am, 10 spots of 20 min, break 12-1
misread-day-when = I need a day. Type it like "Saturday 9am", "28 November" or "next Friday at 10".
refusal-day-not-read-no-such = The calendar has no such day. Please look once more.
refusal-day-not-read-contradicts = That says two different things about the day or the time. Please type it once more.
day-start-ask = { $day }: when does the first spot start?
misread-day-start = I need a time. Type it like "9am" or "9:30".
day-clock-twice = The clocks go back that night, and show this time twice. Which one is it?
day-clock-skipped = The clocks go forward that night, and skip this time. Which one is it instead?
misread-day-reading = Tap the one that you mean.
button-day-clock = { $when } ({ $zone })
day-spots-ask = How many spots?
day-places-ask = Everyone starts together. How many places are there?
misread-day-spots = I need a number, from 1 to 200. Tap one or type it.
button-together = Everyone starts together
button-one-after-another = One after another
day-length-ask = How long is each spot?
day-lasts-ask = How long does it last?
misread-day-length = I need a length. Tap one, or type it like "25 min" or "1h30".
button-minutes = { $minutes } min
day-gap-ask = How much time is between two spots?
misread-day-gap = I need a length. Tap one, or type it like "5 min"; 0 is none.
day-break-ask = Is there a break? Tap one, or type it: "12-1", "11:30 for 20 min", "after 11:05". Several with commas.
misread-day-breaks = I need the time of the break. Type it like "12:00-13:00", "11:30 for 20 min" or "after 11:05".
refusal-no-spot-then = No spot begins at { $time }.
button-no-break = No break
button-break = { $time } for { $minutes } min
day-place-ask = Where is it? Type the place.
misread-day-place = I need a place as text.
button-place-of-mini = { $place }
button-no-place = No place yet

## A new day, shown

day-new = New day of { $title }
day-date = { $day }, { $city } time
day-spots = { $count ->
    [one] 1 spot
   *[other] { $count } spots
} of { $minutes } minutes{ $gap ->
    [0] , no time between
   *[other] , { $gap } between
}
day-class = { $seats ->
    [one] 1 place
   *[other] { $seats } places
}, everyone starts at { $starts } and is done at { $ends }
day-break = Break { $begins } to { $ends }
day-break-outside = The break { $begins } to { $ends } is outside of these spots.
day-break-clock = The clocks change at the time of that break. Please choose another one.
day-clocks-change = The clocks change on the way, from { $first } to { $last }.
quoted = “{ $text }”
day-times = { $times }, done at { $ends }
day-at = At { $place }
day-at-usual = At { $place }, as always
day-at-none = No place yet
day-lent = As on the last day: { $what }.
day-lent-no-break = As on the last day, but without its break: { $what }.
day-past-midnight = This goes on past midnight.
fact-start = the start
fact-spots = the number of spots
fact-duration = the length
fact-gap = the gap
fact-place = the place
fact-same-start = everyone together
day-more-readings = That can be read in more than one way. Is this the day you mean?
day-is-that-right = That is not what I expected. Is this the day you mean?
day-overlaps = This overlaps with **{ $title }**, { $begins } to { $ends }.
day-not-read = I read everything but { $words }. Start with { $start }?
day-public = Clients can book it as soon as it is saved.
day-paused = It is paused, so nobody can book it for now.
day-mini-over = This mini is over, so it takes no more days.
day-not-public = Not published yet.
day-problem-until-too-early = No spot ends by then. Type the end again, or a number of spots.
day-problem-spots-past-until = So many spots don't end by then. Type the end again, or fewer spots.
day-problem-break-without-length = That break is over as it begins. Please type it again.
misread-day-save = I can change it: type what is different, like "12 spots", "gap 10" or "at the lake". Or tap a button.
button-save-day = Save day
button-save-anyway = Save anyway
button-start-at = Move start to { $time }
button-day-instead = { $day } instead
button-time-instead = { $time } instead
button-change-start = Change start
button-fewer-more = Fewer/more
button-length-gap = Length, gap
button-length = Length
button-add-break = Break
button-place = Place
day-saved = **{ $day }** is saved: { $count ->
    [one] 1 spot.
   *[other] { $count } spots.
}
day-saved-class = **{ $day }** is saved: { $seats ->
    [one] 1 place.
   *[other] { $seats } places.
}
studio-help-addday = /addday Saturday 9am 10 spots of 20 min adds a day
studio-menu-addday = Add a day
studio-help-day = /day shows today, or the next shoot day; /day Saturday another one
studio-help-block = /block 9:00-10:00 closes the free spots of that time
studio-help-unblock = /unblock 9:00-10:00 opens them again
studio-menu-day = Today or the next shoot day

## A day

day-title = { $title } · { $day }
day-counts = { $counts }.
day-tap = Tap a spot to see it.
day-gone = That day is no longer there.
day-none-yet = There is no shoot day yet. Add one with /addday.
day-none-then = Nothing is planned on { $day }. Here is what is.
day-unread = I can't read “{ $text }” as a day. Type it like "Saturday" or "28 November".
mini-no-days = It has no day yet. Add one.
which-day = Which day?
button-which-day = { $day } · { $title }
button-spot-free = ○ { $time }
button-spot-held = … { $time }
button-spot-booked = ✓ { $time }
button-spot-reserved = ⚑ { $time }
button-spot-closed = ✕ { $time }
button-spot-past = · { $time }
button-spot-class = { $time } · { $taken } of { $seats }
day-picture = { $title }
button-day-picture = Picture
button-day-break = Add a break
button-day-spot = Add a spot
button-day-block = Close times
button-day-place = Change place
button-day-remove = Remove day
button-day-before = ‹ { $day }
button-day-after = { $day } ›
button-day-back = ‹ { $day }
button-open-again = Open again
button-close-again = Close again

## A spot

spot-title = { $day }, { $time } ({ $city })
spot-of = { $title } · { $minutes } minutes, until { $ends }
spot-premium = { $amount } more than the package
spot-is-gone = That spot is no longer there.
spot-is-free = It's free.
spot-is-held = Somebody is booking it.
spot-is-booked = It's booked.
spot-is-reserved = It's reserved.
spot-is-closed = It's closed: clients can't take it.
spot-is-past = It's over, and nobody had it.
spot-is-shut-out = It's closed as long as another spot at that time is taken.
spot-is-shut-out-by = It's closed as long as somebody has { $spots }.
spot-in-the-way = { $when } of { $title }
spot-held-since = Being booked since { $since }. Ends at { $until } unless extended.
spot-held-by = { $name } has been booking it since { $since }. Ends at { $until } unless extended.
spot-seats = { $taken } of { $seats } places are taken.
spot-seat = { $name }{ $places ->
    [one] {""}
   *[other] , { $places } places
} · { $state }
seat-booked = booked
seat-held = booking now
seat-reserved = reserved
spot-somebody = Somebody
spot-somebody-new = Somebody new
holder-booked = Booked
holder-held = Booking now
holder-reserved = Reserved
button-holder = { $time } · { $name }
button-end-hold = End this hold
button-close-spot = Close
button-open-spot = Open
button-premium = Premium
button-longer = Longer
button-remove-spot = Remove
button-keep-spot = Keep it
spot-closed-now = Closed: clients can't take it.
spot-opened-now = Open again.
spot-remove-ask = Take { $when } off the day?
spot-removed = { $time } is off the day.
hold-end-ask = End the hold of { $when }? They may be typing their card number.
button-end-it = End it
button-wait = Wait
hold-ended = The hold is ending. The client is told.
spot-premium-ask = How much more does this spot cost? Tap an amount or type it.
misread-spot-premium = I need an amount. Type it like "$20".
button-plus = +{ $amount }
button-no-premium = No premium
spot-dearer = It costs { $amount } more now.
spot-no-premium = It costs what the package costs.
spot-longer-ask = It lasts { $minutes } minutes. How much longer?
misread-spot-longer = I need a number of minutes. Tap one, or type it like "10 min".
button-longer-by = +{ $minutes } min
spot-longer = It lasts { $minutes } minutes now, until { $ends }.
spot-new-ask = { $day }: when does the new spot start? Type the time, like "2:30 pm".
spot-new-which = Which one do you mean?
misread-spot-new = I need a time on that day. Type it like "2:30 pm".
button-spot-behind = At { $time }, after the last
spot-added = { $time } is on the day now, until { $ends }.

## A break on a saved day

break-at-ask = When is the break? Tap the spot before it, or type it: "11:30 for 30 min", "12-1", "after 11:05".
misread-break-at = I need the time of one break. Type it like "11:30 for 30 min", "12:00-13:00" or "after 11:05".
button-after = After { $time }
break-length-ask = How long is it?
misread-break-length = I need a length. Tap one, or type it like "25 min".
break-title = **{ $day }**, break { $begins } to { $ends }
break-clash = Somebody has { $times }, and a break there would move them. Move or cancel them first, or begin later:
break-moves-none = No spot is in it, so nothing moves.
break-moves = These move: { $moves }. Done at { $ends }.
break-move = { $old } → { $new }
misread-break-save = Tap what to do with the break.
button-save-break = Save break
button-other-break = Another time
break-saved = The break is in. { $count ->
    [one] One spot moved.
   *[other] { $count } spots moved.
}

## A day that is changed

day-affected = { $day }: { $count ->
    [one] somebody has a spot
   *[other] { $count } people have a spot
}, so nothing was changed.
day-affected-choose = Move or cancel each of them first. Then the day can be changed.
day-remove-ask = Remove { $day } from { $title }, with { $count ->
    [one] its spot
   *[other] all { $count } spots
}? Nobody has booked it.
button-keep-day = Keep it
day-removed = **{ $day }** is removed.
day-place-change = { $day }: what is the new place?
misread-day-new-place = I need a place as text.
day-placed = The place is changed.

## Closing times

block-ask = Which times shall I close? Type them like "9:00-10:00" or "10:15", with the day if it is another one.
unblock-ask = Which times shall I open? Type them like "9:00-10:00" or "10:15", with the day if it is another one.
block-day = { $title }, { $day }
misread-day-block = I need a time. Type it like "9:00-10:00", "10:15" or "Saturday 9-10".
which-block = Which day shall I close it on?
which-unblock = Which day shall I open it on?
block-closed = Closed on { $day } ({ $title }): { $times }.
block-opened = Open again on { $day } ({ $title }): { $times }.
block-nothing = No free spot on { $day } is at that time.
unblock-nothing = No closed spot on { $day } is at that time.
block-with-stays = { $done } Not changed: { $stays }.
block-stays-held = { $time } (being booked)
block-stays-booked = { $time } (booked)
block-stays-reserved = { $time } (reserved)
block-stays-free = { $time } (some places are taken)
refusal-block-not-read = I can't read { $words }. Type it like "9:00-10:00", "10:15" or "Saturday 9-10".
refusal-no-day-then = There is no shoot day on { $day }.
