### Why something cannot be: one sentence for each rule that says no, and one for each step that could not read its answer.

## Answers that a step cannot read

misread-offer = Tap a button to begin.
misread-reserved = Tap a button to begin.
misread-already = Tap one of the two.
misread-package = Tap one of the packages, or type its name.
misread-add-ons = Tap what you'd like to add, then Done.
misread-places = How many places? Tap a number.
misread-day = I need a day for this step. Tap one, or type it like "Saturday".
misread-time = I need a time for this step. Tap one, or type it like "10:15".
misread-same = Tap one of the two.
misread-name = I need your name as text.
misread-line = I need this as text. Type it and send it.
misread-text = I need this as text. Type it and send it; it may be long.
misread-email = I need your email as text, like ana@mail.com.
misread-phone = Type the number, share it with the button, or skip.
misread-number = I need a number here. Type it in digits.
misread-date = I need a day here. Type it with its year, like "12 December 2026".
misread-choice = Tap one of the options, or type it as it stands there.
misread-choices = Tap all that fit, then Done. Or type them as they stand there, with commas between.
misread-yes-no = Tap Yes or No.
misread-photos = I need a picture here. Send it as a photo, or as a picture file.
misread-review = Tap the first button to go on, or what you'd like to change.
misread-pay-wait = I can't read that just now. Here is how it stands.
misread-pay = I can't read that here. Tap one of the buttons.
misread-resume = Tap one of these.
misread-edited = I don't see what was changed in older messages. Please send it anew.
misread-not-your-number = That is somebody else's number. Share your own, type it, or skip.

## Time and spot

refusal-just-taken = Someone took { $time } a moment ago. The list is fresh now. Nearest: { $nearest }.
refusal-just-taken-none = Someone took { $time } a moment ago, and nothing else is free just now.
refusal-just-taken-unknown = That time is not on the list. The list is fresh now.
refusal-no-such-time = That time isn't free. Nearest: { $nearest }.
refusal-no-such-time-none = Nothing is free on that day.
refusal-several-times = These fit: { $times }. Which one?
refusal-spot-taken = Someone else has that time.
refusal-spot-gone = That time has passed or is no longer offered. The list is fresh now.
refusal-mini-not-open = { $title } cannot be booked right now.
refusal-mini-paused = { $title } takes no new bookings for the moment. Please look in again later.
refusal-package-gone = That package is no longer offered. Please choose again.
refusal-package-too-long = That package takes longer than this time allows. Choose another time for it.
refusal-too-many-places = One booking takes up to { $most } here.
refusal-add-on-gone = That extra is no longer offered.
refusal-too-many-add-ons = Of { $title }, up to { $most } can be added.
refusal-cooling-down = { $minutes ->
    [one] Three holds ran out in the last hour, so I pause for one minute. Then you can choose again.
   *[other] Three holds ran out in the last hour, so I pause for { $minutes } minutes. Then you can choose again.
}
refusal-hold-elsewhere = You are already holding a time of this mini, or its payment page is just being closed. Finish or stop that booking first.
refusal-hold-over = The hold on your time has run out.
refusal-extension-used = { $minutes ->
    [one] I can hold a time longer once only. You have one minute.
   *[other] I can hold a time longer once only. You have { $minutes } minutes.
}
refusal-overlaps-own-reservation = That overlaps the time that is reserved for you. Take your reserved time, or ask the studio.
refusal-booking-changed = That changed a moment ago. Here is how it stands.
refusal-contact-missing = I still need your details before this can be booked.
refusal-page-open = The payment page is open. Tap Change something first, and I'll close it.
refusal-page-closing = I'm just closing the payment page. One moment, please.
refusal-payment-pending = A payment of this booking is not settled yet. That comes first.
refusal-nothing-to-pay = There is nothing to pay any more. Here is how it stands.
refusal-cards-not-taken = { $studio } cannot take cards right now. Please ask how to pay.
refusal-choice-over = That was decided already. Your bookings are under /my.
refusal-end-other-first = You have another booking here. Stop or cancel that one first.
refusal-only-refund = That payment can only be sent back: its booking can no longer have a time.
refusal-payment-needed = This one is paid online before it is booked.
refusal-preview-only = This is a preview: nothing is booked.
refusal-too-late-to-cancel = Bookings can be cancelled here until { $hours } hours before. Please write to the studio.
refusal-reservation-gone = That reserved time is no longer kept, or it is kept for somebody else.
refusal-nothing-to-go-back-to = There is nothing to go back to.
refusal-nothing-to-stop = No booking is under way. Bookings you made are under /my.
refusal-hold-cannot-be-ended = A hold cannot be ended by hand.
refusal-spot-not-free = Somebody has that time. It can be changed once it is free.
refusal-holds-in-other-mini = That client is booking in the other mini right now.

## Contact

refusal-name-too-short = That's a very short name. Please send a full name.
refusal-name-too-long = That's longer than a name can be here ({ $most } letters). Please shorten it.
refusal-name-unreadable = I can't read that as a name. Please send a full name in letters.
refusal-name-is-link = That looks like a link. Please send a full name.
refusal-email-cut-off = That email looks cut off after "{ $after }". Example: { $example }
refusal-email-unreadable-no-at = An email has an @ in it, like ana@mail.com.
refusal-email-unreadable-two-ats = That has more than one @. An email has one, like ana@mail.com.
refusal-email-unreadable-space = An email has no spaces. Example: ana@mail.com
refusal-email-unreadable-before-at = What stands before the @ can't be right. Example: ana@mail.com
refusal-email-unreadable-after-at = What stands after the @ can't be right. Example: ana@mail.com
refusal-email-unreadable-too-long = That is longer than an email can be. Example: ana@mail.com
refusal-phone-unreadable = I can't call that number. Type it like { $example }.

## Answers to questions

refusal-text-too-long = { $over ->
    [one] That has { $length } characters, and up to { $most } fit here. Please shorten it by one.
   *[other] That has { $length } characters, and up to { $most } fit here. Please shorten it by { $over }.
}
refusal-not-a-number = I can't read that as a number. Type it in digits, and nothing else.
refusal-not-a-number-unclear = That could be read as two numbers. Type it without a point or comma, or with fewer decimals.
refusal-not-a-number-too-long = That number is too long for me to keep as it is: up to { $most } digits fit here.
refusal-not-a-day = I can't read that as a day. Type it with its year, like "12 December 2026" or "2026-12-12".
refusal-not-a-day-year = Which year? Type the whole day, like "12 December 2026".
refusal-not-a-day-order = That could be two different days. Type the month by its name, like "5 June 2026", or year-month-day, like "2026-06-05".
refusal-not-a-day-weekday = That day is another day of the week. Please look once more, and type it without the weekday.
refusal-not-a-day-none = There is no such day. Please look once more.
refusal-too-many-photos = { $most } pictures are all that I can take here. Tap Done, or Remove last to send another.
refusal-text-unusable-too-large = That file is too large: up to 256 KB of text can be sent.
refusal-text-unusable-not-a-text = I can't read that as a text. Please send it as a .txt or .md file, or paste it here.
refusal-text-unusable-unreachable = I could not get that file just now. Please send it again.
refusal-photo-unusable-too-large = That picture is too large: up to 20 MB can be sent here. Send it as a photo instead of a file.
refusal-photo-unusable-too-many-pixels = That picture has too many pixels for me. Send it as a photo instead of a file.
refusal-photo-unusable-not-a-picture = I can't read that as a picture. Please send a photo.
refusal-photo-unusable-broken = That picture seems to be broken. Please send it again, or another one.
refusal-photo-unusable-unreachable = I could not get that picture just now. Please send it again.

## Minis, for the studio

refusal-title-out-of-range = A title has { $least } to { $most } characters. Please send it anew.
refusal-description-too-long = That has { $length } characters, and a description has up to { $most }. Please shorten it.
refusal-place-too-long = That has { $length } characters, and a place has up to { $most }. Please shorten it.
refusal-places-limit-out-of-range = One booking can take { $least } to { $most } places.
refusal-no-till = I can't take cards yet. Connect payments first, or have it paid outside for now.
refusal-packages-full = A mini has up to { $most } packages.
refusal-add-ons-full = A mini has up to { $most } extras.
refusal-includes-too-long = That has { $length } characters, and what is included has up to { $most }. Please shorten it.
refusal-fee-too-small = The least that can be paid online is { $least }. Make it dearer, or have it paid outside.
refusal-amount-too-large = The most that something can cost is { $most }.
refusal-retainer-too-small = The least that can be paid online is { $least }, so a retainer is no less.
refusal-retainer-too-large = A retainer is a part of the fee, so it is less than { $fee }.
refusal-most-out-of-range = Of an extra { $least } to { $most } can be taken.
refusal-last-package = This is its only package, and the mini can be booked. Add another one first.

## Days, for the studio

refusal-not-publishable = Still missing before it can be published: { $missing }.
refusal-mini-not-finished = { $title } isn't over yet, so I left it.{ $bookings ->
    [0] {""}
    [one] {" "}One booking is ahead: move or cancel it.
   *[other] {" "}{ $bookings } bookings are ahead: move or cancel them.
}{ $holds ->
    [0] {""}
    [one] {" "}One person is booking just now.
   *[other] {" "}{ $holds } people are booking just now.
}{ $reservations ->
    [0] {""}
    [one] {" "}One spot is reserved: release it.
   *[other] {" "}{ $reservations } spots are reserved: release them.
} Or call it off: open it and tap More.
refusal-mini-changed = The mini changed a moment ago. Here is how it stands.
refusal-not-allowed = That is not possible.
refusal-spots-out-of-range = A day has { $least } to { $most } spots.
refusal-duration-out-of-range = A spot lasts { $least_minutes } minutes to { $most_minutes } minutes.
refusal-gap-out-of-range = The gap between spots is at most { $most_minutes } minutes.
refusal-break-out-of-range = A break lasts { $least_minutes } to { $most_minutes } minutes.
refusal-break-moves-claimed = Somebody has { $times }. A break there would move them.
refusal-spot-in-the-way = There is a spot already: { $times }.
refusal-same-start-has-one-spot = Where everyone starts together there is one spot.
refusal-day-in-use = Somebody has spots of that day, so it stays as it is: { $codes } { $reservations }
refusal-same-start-has-no-pauses = Where everyone starts together there is no gap and no break.
refusal-start-is-past = That day and time have passed.
refusal-start-does-not-exist = The clocks skip { $time } that day. Did you mean { $earlier } or { $later }?
refusal-start-exists-twice = The clocks show { $time } twice that day: in { $first } and in { $second }. Which one?

## Money, for the studio

refusal-not-booked = Money is marked once a booking is made. This one is not.
refusal-no-amount = How much? Type an amount above zero.
refusal-other-currency = This booking is paid in { $currency }.
refusal-paid-in-future = That day is still to come. Mark it once it is paid.
refusal-more-than-due = That is more than is still to be paid: { $due }.
refusal-more-than-paid = That is more than this booking holds: { $paid }.
refusal-more-than-refundable = Stripe can send back up to { $could }.
refusal-more-than-refundable-outside = Stripe can send back up to { $could }. What was paid to you directly ({ $outside }) you give back yourself, and mark it.
refusal-amount-too-fine = Cards cannot be paid back that exactly. The nearest amount is { $nearest }.
refusal-not-undoable = That cannot be undone: it was undone before, or it was paid through Stripe and is refunded instead.
