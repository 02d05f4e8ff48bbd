### What the studio's bot says of days and their spots.

## Which mini

which-mini = Which mini is it?
misread-which-mini = Tap the mini that you mean, or type its title.
button-which-mini = { $title } · { $state }

## A new day, question by question

day-no-mini = There is no mini yet to add a day to. Make one first.
day-too-long = That is more than I can read at once: up to { $most } characters. Let's go step by step.
day-is-past = { $day } has passed.
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
button-one-by-one = One after another
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
button-discard = Discard
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
