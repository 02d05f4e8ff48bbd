### What is said while a client books. ** makes bold. Values are never read as markup.

## How moments are written

pattern-day = EEE d MMM
pattern-day-year = EEE d MMM y
pattern-day-full = EEEE d MMMM y
pattern-weekday = EEEE

## What people may type beside the buttons

typed-after = after | past | later than
typed-from = from | starting
typed-before = before | until | earlier than
typed-first = the first one | first one | the first | first | earliest
typed-last = the last one | last one | the last | last | latest
typed-yes = yes | y | yes please | yep | ok | sure | the same
typed-no = no | n | no thanks | nope
typed-done = done | that's all | that is all | ready | finished
typed-filler = at | on | the | please | o'clock | one | around | i'd | like | want | take | i | me | for | of | in | ok | thanks

## Progress

preview-mark = PREVIEW: nothing here is booked or paid
progress = **Step { $number } of { $of } · { $section }**
progress-part = **Step { $number } of { $of } · { $section } ({ $part } of { $parts })**
section-package = Package
section-extras = Extras
section-time = Time
section-details = Your details
section-review = Check and confirm
section-pay = Check and pay

## The offer

offer-hello = Hi! I'm { $studio }'s booking bot.
offer-title = { $title }
offer-where = Where: { $place }
offer-when = When: { $days }
offer-from = From { $price }
offer-from-with = From { $price }, with { $includes }
offer-free = Free of charge
offer-left = { $count ->
    [one] One spot left. Booking takes about 2 minutes.
   *[other] { $count } spots left. Booking takes about 2 minutes.
}
privacy-line = { $studio } keeps what you tell me, for your shoot only: /privacy
a-day = { $day }
a-time = { $time }
as-written = { $text }

reserved-hello = { $studio } kept **{ $when }** for you: { $title }.
reserved-price = { $off }: { $price } instead of { $fee }.
reserved-for = For { $name }. { $studio } has filled in some of the details; you can change them.
reserved-filled-in = { $studio } has filled in some of the details; you can change them.
reserved-package = { $title } · { $price }
reserved-notice = { $held } { $studio } has filled in: { $contact }. You can change it.
reserved-price-of = { $title }, { $off }: { $price } instead of { $fee }.
reserved-here-only = Only { $when } is { $off } for you. Another time costs the full price.
off-percent = { $percent } % off
off-amount = { $amount } off
already = You already have **{ $when }** for { $title }. Book a second spot?
full = **{ $title } is full.** Spots do come back: look in again with /book.
too-few-left = { $count ->
    [one] Only one place is left at a time. Go back to take fewer.
   *[other] Only { $count } places are left at a time. Go back to take fewer.
}
none-long-enough = No time is left that is long enough for { $package }. Go back to choose another package.
full-but-booking = { $count ->
    [one] All spots are taken, but one person is still booking. It may come free within 15 minutes.
   *[other] All spots are taken, but { $count } people are still booking. One may come free within 15 minutes.
}

## Package, add-ons, places

package-ask = Which one suits you?
package-line = **{ $title }** · { $minutes } min, { $includes } · { $price }
package-line-bare = **{ $title }** · { $minutes } min · { $price }
free-of-charge = free
chosen-package = { $title }, { $price }
add-ons-ask = Anything to add? Tap to add one, tap again for more or to take it off.
places-ask = How many places do you need? Up to { $most } in one booking.

## Time

day-ask = Which day? Times are local to the shoot ({ $city }).
time-ask = { $day }. Tap a time and I'll hold it for 15 minutes.
held = { $minutes ->
    [one] **{ $when } ({ $city }) is held for you** for one more minute, until { $until }.
   *[other] **{ $when } ({ $city }) is held for you** for { $minutes } minutes, until { $until }.
}
held-longer = { $time } is held for you until { $until }.
held-minutes = { $minutes ->
    [one] Held for one more minute.
   *[other] Held for { $minutes } more minutes.
}
toast-held = { $time } is yours for 15 minutes.
toast-swapped = { $time } is yours now; the clock goes on.
toast-held-until = Held until { $until }.

## Details

same-ask = Same details as before?
name-ask = What's your full name?
email-ask = Thanks, { $name }. Which email should the confirmation go to?
email-ask-bare = Which email should the confirmation go to?
phone-ask = A phone number for the day itself, in case we can't find each other.
phone-example = +1 312 555 0188
form-details = Your details
form-submit = Next
form-close = Close
field-name = Full name
field-email = Email
field-phone = Phone for the day itself

## Questions

as-listed = { $items }
option-yes = Yes
option-no = No
date-hint = With its year, like "12 December 2026".
date-noted = Noted: **{ $day }**.
photos-hint = Send up to { $most } pictures, one by one or together.
photos-received = { $count } of { $most } received.
photos-sent = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
}
enclosure-missing = { $name } could not be made just now. Please ask for it again later.

## Review

title-and-package = **{ $title }**, { $package }
title-and-places = **{ $title }**, { $package }, { $count } places
from-to = { $day }, { $starts } to { $ends } ({ $city })
at-when = { $day }, { $time } ({ $city })
price-line = { $title }: { $amount }
price-line-times = { $title } × { $count }: { $amount }
price-line-free = { $title }: free
price-premium = This time of day
price-discount = Discount: −{ $amount }
price-tax = { $name }: { $amount }
price-tax-inclusive = { $name }, included: { $amount }
price-total = Total: { $amount }
pay-nothing = Nothing to pay.
pay-outside = You pay { $amount } to { $studio } directly, not here.
pay-now = To pay now: { $amount }
pay-later = By { $day }: { $amount }
pay-on-stripes-page = You pay on Stripe's page; I never see your card.

## The payment page

when-and-city = { $when } ({ $city })
page-being-made = One moment, I'm opening the payment page.
page-till-silent = Stripe does not answer just now. I keep trying.
page-held-until = Your time is held until { $until }.
page-closing-to-change = One moment, I'm closing the payment page so that nothing is paid twice.
page-closing = One moment, I'm closing the payment page.
page-closing-faster = If you have paid already, the time is yours, or your money goes back in full.
page-closing-called-off = If you have paid already, all of it goes back to you.
page-closed-to-change = The payment page is closed. Nothing was charged. What would you like to change?
page-closed-by-itself = The payment page has closed. Nothing was charged. Your time is still held.
page-refused = The payment page could not be opened. Nothing was charged, and { $studio } hears of it. You can try again.
payment-looked-at = { $studio } is looking at your payment and will decide. Nothing is lost.
payment-checked = Stripe is still checking your payment. I'll write the moment it's done. Your time is safe.
pay-anew = To book { $time }, take it again and pay anew.
bill-note = Your time is held at least until { $until } ({ $city }).
bill-line-times = { $title } × { $count }
bill-tip = Tip
bill-retainer = To book { $title }, { $package } ({ $code })
bill-whole = { $title }, { $package } ({ $code })

## After the hold ended

hold-ran-out = { $time } is free again, as the time ran out.
hold-ran-out-gone = Your time ran out, and somebody else has { $time } now.
hold-ran-out-paid = The hold on { $time } has ended.
hold-ended-by-studio = { $studio } had to end the hold on { $time }.
welcome-back = Welcome back, { $name }. Your hold on the time had ended.
welcome-back-bare = Welcome back. Your hold on the time had ended.
spot-still-free = { $time } is still free.
spot-gone-meanwhile = Somebody else has { $time } now, but other times may be free.
answers-kept = Your answers are saved for a day.

## Buttons

button-book = Book a spot
button-book-it = Book it
button-no-thanks = No thanks
button-ask-question = Ask a question
button-ask = Ask { $studio }
button-another = Yes, another one
button-show-booking = Show my booking
button-look-again = Look again
button-other-minis = Other minis
button-package = { $title } · { $price }
button-package-now = { $title } · { $price } (now)
button-add-on = { $count ->
    [0] ☐ { $title } · { $price }
    [1] ☑ { $title } · { $price }
   *[other] ☑ { $title } × { $count } · { $price } each
}
button-add-ons-done = { $count ->
    [0] No, thanks
   *[other] Done, { $count } chosen
}
button-places = { $count }
button-places-now = { $count } (now)
button-day = { $day } · { $count } left
button-time = { $time }
button-time-yours = { $time } (yours)
button-time-seats = { $time } · { $count } left
button-time-premium = { $time } · +{ $premium }
button-part-morning = Morning { $count }
button-part-afternoon = Afternoon { $count }
button-part-evening = Evening { $count }
button-part-all = All { $count }
button-page-before = ‹
button-page = { $page }/{ $pages }
button-page-after = ›
button-back = ‹ Back
button-cancel = Cancel
button-help = Help
button-skip = Skip
button-option = { $label }
button-option-now = { $label } (now)
button-ticked = ☑ { $label }
button-unticked = ☐ { $label }
button-done = Done, { $count } chosen
button-photos-done = Done
button-photo-remove = Remove last
button-use = Use "{ $text }"
button-keep = Keep { $text }
button-share-phone = Share my number
button-same = Yes, the same
button-other-details = No, change them
button-confirm-free = Confirm, nothing to pay
button-confirm-later = Confirm, pay later
button-confirm-outside = Confirm, pay { $studio } directly
button-continue-to-pay = Continue to pay { $amount }
button-pay = Pay { $amount }
button-change-something = Change something
button-end-preview = End the preview
button-change-package = Change package
button-change-add-ons = Change extras
button-change-time = Change time
button-change-details = Change details
button-take-again = Take { $time } again
button-other-times = Other times
button-start-over = Start over
