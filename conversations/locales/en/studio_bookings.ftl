### Bookings and their money, as the studio sees them.

bookings = { $count ->
    [one] One booking:
   *[other] { $count } bookings:
}
bookings-none = Nobody has booked yet.
bookings-found = { $count ->
    [0] Nobody is “{ $text }” any more.
    [one] One booking fits “{ $text }”:
   *[other] { $count } bookings fit “{ $text }”. Which one?
}
bookings-more = And { $count } more: /find finds them by name or code.
button-keep-the-booking = Keep the booking
button-booking = { $name } · { $when } · { $state }
somebody = somebody
state-held = booking…
state-paying = paying…
state-releasing = closing the payment page…
state-confirmed = booked
state-expired = not finished
state-cancelled = cancelled
state-done = done
state-no-show = did not come
booking-head = { $code } · { $name }
booking-stands = Stands: { $state }
booking-until = The hold ends { $until }.
account-paid = Paid { $amount }
account-refunded = Went back { $amount }
account-going-back = On its way back { $amount }
account-lost = Taken back by the bank { $amount }
account-due = Still to be paid { $amount }
account-choosing = { $amount } came too late; they choose another time or the money until { $until }.
account-apart = { $amount } by Stripe, { $fate }
booking-signed = Signed: { $title }
booking-unsigned = Not everything is signed yet.
booking-answered = The questions are answered.
button-message = Message them
button-move = Move
button-mark-paid = Mark as paid
button-refund = Pay back
button-payments = Payments
button-bookings-of-mini = All bookings
button-history = History
button-cancel-it = Cancel this booking
history-line = { $when }: { $what }
end-hold-ask = End the hold of { $name } on { $when }? They may be typing their card number.
refusal-nobody-found = Nobody is “{ $text }”: no code, name, email or phone fits.

## Cancelling

cancel-which = Cancel { $name }, { $when }?
cancel-kept = You have { $amount } of it.
cancel-back-ask = How much goes back?
button-back-policy = By the contract: { $amount }
button-back-all = All: { $amount }
button-back-none = Nothing
button-back-other = Another amount
title-amount = Amount
amount-back-ask = How much goes back? For example: $50
because-ask = Why? It is told to the client.
because-weather = The weather
because-illness = Somebody is ill
because-asked = They asked for it
because-none = Without a reason
cancel-goes-back = { $amount } goes back through Stripe.
cancel-by-hand = { $amount } was paid to you directly: that you give back yourself.
cancel-by-contract = By the contract { $total } goes back: { $stripe } through Stripe, { $hand } you give back yourself.
cancel-by-contract-hand = By the contract { $amount } goes back; that was paid to you directly, and you give it back yourself.
cancel-back-changed = What goes back has changed meanwhile. Please look again.
cancel-nothing-back = Nothing goes back.
cancel-told = They are told at once, and the spot goes back to the list.
misread-cancel-back = Tap how much goes back.
misread-because = Tap one of the reasons.
misread-cancel-sure = Tap “Cancel this booking”, or leave with /cancel.
misread-amount = I need an amount, like $80.
refusal-amount-unclear = I can't read that amount. It looks like { $example }.

## Moving

move-ask = Where does { $name } ({ $when }) go? Tap a spot, or type it like "Sat 10:40".
move-none = No other spot is free for { $name } ({ $when }).
button-another-mini = Another mini
move-which = Move { $name }?
move-from-to = { $old } → { $new }
move-other-mini = It is another mini: { $title }. Price, package and contract stay as they were agreed on.
move-told = They are told at once.
button-move-now = Move now
misread-move-sure = Tap “Move now”, or leave with /cancel.

## Money

paid-amount-ask = How much did { $name } pay you? { $amount } is due.
returned-amount-ask = How much did you give back to { $name } directly? You have { $amount } of theirs.
refund-amount-ask = How much goes back to { $name } through Stripe? Up to { $amount } can.
amount = { $amount }
how-ask = How?
how-cash = Cash
how-transfer = Transfer
how-card = Card
how-other = Another way
title-day = Day
paid-day-ask = On which day? Leave it for today.
paid-how = { $how }, { $day }
paid-preview = { $amount } was paid to you directly.
returned-preview = You gave { $amount } back directly.
kept-already = { $name } was told that { $amount } stays with you.
refund-preview = { $amount } goes back through Stripe. That cannot be undone.
button-paid-save = Save
button-returned-save = Save
button-refund-save = Pay it back
button-amount = Amount
button-paid-day = Day
button-how = How
button-undo-paid = Undo { $amount }
button-returned = I gave money back
payment-online = { $day }: { $amount } by Stripe
payment-online-apart = { $day }: { $amount } by Stripe, { $fate }
payment-by-hand = { $day }: { $amount }, { $how }
payment-returned = { $day }: { $amount } given back by hand, { $how }
payment-undone = { $day }: { $amount }, undone
fate-choosing = too late; they choose another time or the money
fate-manual = you decide
fate-refund-due = goes back
fate-refunding = on its way back
fate-refunded = went back
fate-refund-failed = could not go back
fate-disputed = disputed
fate-won = dispute won
fate-lost = dispute lost
refund-due = { $day }: { $amount } goes back { $where }, not sent yet
refund-sent = { $day }: { $amount } on its way back { $where }
refund-done = { $day }: { $amount } went back { $where }
refund-failed = { $day }: { $amount } did not go back { $where }
refund-failed-again = { $day }: { $amount } did not go back { $where }, and was tried again
refund-failed-elsewhere = { $day }: { $amount } did not go back { $where }, but another way
refund-failed-left = { $day }: { $amount } did not go back { $where }, and was left at that
refund-through-till = through Stripe
refund-in-dashboard = by hand, in Stripe's dashboard
takings-outside = Of that, paid to you directly { $amount }
takings-none = Nothing came in yet, and nothing is due.
money-of-all = No single mini is “{ $text }”: this is all of the studio.
misread-how = Tap how it was paid.
misread-paid-day = I need a day, like 5 Oct.
misread-paid-preview = Tap “Save”, or what you would like to change.
refusal-day-unclear = I need one day that is not ahead, like 5 Oct or yesterday.

## Problems

problems = { $count ->
    [one] One thing needs you:
   *[other] { $count } things need you:
}
problems-none = Nothing needs you.
problems-waiting = { $count ->
    [one] One refund is on its way, which takes its time.
   *[other] { $count } refunds are on their way, which takes its time.
}
button-problem = { $name } · { $amount }
button-problems = Problems
button-open-booking = Open the booking
problem-solved = That is settled already.
problem-of = { $title }, { $when }
problem-taken-with = It was paid into an earlier Stripe account of yours, with the key that ends in { $ending }.
problem-wait = There is only to wait: it leaves this list once it is back, and I write if it fails.
problem-kept = { $name } cancelled. You still have { $amount } of what they paid; by the contract { $policy } of it goes back. They were told that you decide.
problem-manual = { $amount } came in, and that is not what was asked for. Nothing moves by itself.
problem-refund-due = { $amount } is to go back; Stripe did not take it yet.
problem-refunding = { $amount } is on its way back; the bank does not have it yet.
problem-refund-failed = { $amount } should have gone back, and could not: { $why }.
problem-disputed = The client's bank disputes { $amount }. Answer it in Stripe's dashboard.
problem-refund-due-part = { $amount } is to go back; Stripe did not take it yet.
problem-refund-sent-part = { $amount } is on its way back; the bank does not have it yet.
problem-refund-done-part = { $amount } went back.
problem-refund-failed-part = { $amount } could not go back: { $why }.
failure-lost-card = the card was reported lost or stolen
failure-old-card = the card has expired or was cancelled
failure-disputed = the client's bank disputes the payment
failure-balance = there was too little on your balance at Stripe
failure-declined = the client's bank declined it
failure-stopped = it was stopped in Stripe
failure-key-gone = the key of the account that took it opens nothing any more
failure-other = Stripe calls the reason “{ $error }”
failure-unknown = Stripe gives no reason
button-decide-honour = Take it, and confirm
button-decide-send-back = Send it back
button-decide-refund-again = Try again
button-decide-refunded-elsewhere = I paid it another way
button-decide-leave-refund = Leave it at that
button-decide-keep-money = Keep it
decide-keep-money-ask = Keep { $amount } of what { $name } paid? By the contract { $policy } of it goes back. They are told.
decide-honour-ask = Take { $amount } as it is, and confirm the booking of { $name }?
decide-send-back-ask = Send { $amount } back to { $name }?
decide-refund-again-ask = Try once more to pay { $amount } back to { $name }?
decide-leave-refund-ask = Leave it at that, and try no more to pay the { $amount } back to { $name }? You have { $kept } of theirs.
decide-refunded-elsewhere-ask = You paid { $amount } back to { $name } another way? They are told so.
button-yes-do = Yes
decided-honour = Taken, and confirmed. They are told.
decided-send-back = It goes back. They are told once Stripe has sent it.
decided-refund-again = I try once more, and write if it fails again.
decided-leave-refund = It is left at that.
decided-keep-money = It stays with you. They are told.
decided-refunded-elsewhere = Noted. They are told.

## What the studio hears by itself

alert-when = { $title }, { $when }, { $code }
button-open = Open
button-decide = Decide
alert-booked = New booking: **{ $name }**, { $when }. { $money }
alert-money-paid = { $paid } paid.
alert-money-due = { $due } to be paid.
alert-money-both = { $paid } paid, { $due } still to be paid.
alert-money-none = Nothing to pay.
alert-cancelled = **{ $name }** cancelled: { $when }. The spot is back on the list.
alert-cancelled-paid = The booking of **{ $name }** is cancelled: { $when }. You have { $kept }; by the contract { $policy } goes back. You decide.
alert-hold-lapsed = **{ $name }** did not finish booking { $when }. The spot is free again.
alert-hold-lapsed-reserved = **{ $name }** did not finish booking { $when }. The spot is reserved again, and the link still opens it.
alert-reservation-declined = “{ $whom }” said no thanks to { $when }. The reservation stays until you remove it.
alert-reservation-declined-bare = Somebody said no thanks to the reservation of { $when }. It stays until you remove it.
alert-reservation-lapsed = The reservation of { $when } for “{ $whom }” lapsed. The spot is back on the list.
alert-reservation-lapsed-bare = The reservation of { $when } lapsed. The spot is back on the list.
alert-summary = { $count ->
    [one] One thing happened here before anybody had claimed the studio.
   *[other] { $count } things happened here before anybody had claimed the studio.
}
alert-payment-unclear = **{ $name }** paid { $amount }, and that is not what was asked for: { $when }. You decide.
alert-paid-too-late = **{ $name }** paid { $amount } after the hold ended, and the spot is gone: { $when }. They choose another time or the money, within a day.
alert-paid-late = **{ $name }** paid { $amount } after the hold ended, and is booked: { $when }.
alert-page-refused = Stripe refused to make a payment page for **{ $name }** over { $amount }: { $when }. Look at your Stripe account.
alert-page-closed = The payment page of **{ $name }** over { $amount } was closed from outside: { $when }.
alert-till-silent = Stripe does not say how it stands with **{ $name }** and { $amount }: { $when }. I go on asking.
alert-till-shut = Stripe does not take our key any more, so I hear nothing about **{ $name }** and { $amount }: { $when }. I go on asking; the owner can connect another key in /payments.
alert-presumed-closed = Stripe never said what became of the payment page of **{ $name }** over { $amount }: { $when }. I take it for closed, and go on asking.
alert-refund-owed = { $amount } goes back to **{ $name }**: { $when }.
alert-refund-failed = { $amount } could not be paid back to **{ $name }**: { $when }. You decide.
alert-refunded-by-hand = { $amount } was paid back to **{ $name }** in Stripe's dashboard: { $when }. The booking stays as it is.
alert-disputed = The bank of **{ $name }** disputes { $amount }: { $when }. Answer it in Stripe's dashboard.
alert-dispute-won = The dispute about { $amount } of **{ $name }** is won: { $when }.
alert-dispute-lost = The dispute about { $amount } of **{ $name }** is lost: { $when }.
alert-move-dropped = **{ $name }** was not moved: { $when }. The spot was taken meanwhile, or the payment was faster.

## History

news-held = began to book
news-swapped = chose another time
news-places-changed = changed the places
news-chosen = chose package or extras
news-contact-kept = gave their details
news-contract-shown = saw the contract
news-contract-signed = signed
news-answered = answered the questions
news-photos-forgotten = photos were deleted, as their time was over
news-extended = the hold was extended
news-confirmed = booked
news-lapsed = the hold ran out
news-given-up = gave up
news-ended-by-studio = you ended the hold
news-cancelled = cancelled
news-moved = moved
news-taken-up = took it up again
news-preview-ended = the preview ended
news-session-over = the session was over
news-payment-begun = went to pay
news-page-made = the payment page was ready
news-page-refused = Stripe refused the payment page
news-page-closed = the payment page was closed
news-page-presumed-closed = the payment page was taken for closed
news-releasing = the payment page is being closed
news-till-silent = Stripe did not answer
news-paid = paid
news-asked = asked you something
news-written-to = you wrote to them
news-marked-paid = you marked a payment
news-marked-returned = you marked money given back
news-mark-undone = you undid an entry
news-paid-too-late = paid too late
news-payment-unclear = paid another amount
news-refund-owed = money goes back
news-refund-decided = you paid money back
news-money-kept = you kept the money
news-refund-left = you left a refund that failed at that
news-refund-sent = Stripe sent the money back
news-refunded = the money went back
news-refund-failed = paying back failed
news-refunded-by-hand = money went back in the dashboard
news-disputed = the bank disputes it
news-dispute-won = the dispute was won
news-dispute-lost = the dispute was lost
news-move-dropped = the move was dropped
news-reserved = reserved
news-reservation-changed = the reservation changed
news-reservation-taken = took the reservation
news-reservation-returned = the reservation came back
news-reservation-removed = the reservation was removed
news-reservation-lapsed = the reservation lapsed
news-reservation-declined = said no thanks
news-reservation-used = the reservation was used
