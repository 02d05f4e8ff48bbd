### What is said outside the steps of a booking: lists, help, endings, messages that come by themselves.

## Menu and empty chat

menu-start = Begin
menu-book = See what can be booked
menu-my = My bookings
menu-help = How this works
menu-privacy = Who keeps what I say
about = I book photo sessions with { $studio }. Tap Start. It takes about 2 minutes.

## Lists and help

minis-hello = What would you like to book with { $studio }?
minis-none = { $studio } has nothing to book right now. Look in again with /book.
my = { $count ->
    [one] Your booking:
   *[other] Your { $count } bookings:
}
my-choosing = A payment came too late: choose another time, or take the money back.
my-none = You have no bookings now.
help = I book sessions with { $studio }. Tap a button or type your answer.
help-book = /book shows what can be booked
help-my = /my shows your bookings
help-back = /back goes one step back
help-cancel = /cancel stops a booking
help-privacy = /privacy says who keeps your data
help-ask = Questions? { $studio } will gladly answer you:
reach-phone = Phone: { $phone }
reach-email = Email: { $email }
privacy = { $studio } keeps your name, email, phone and what you answer, to plan and hold your session. I note your chat here so that I can write to you. Nothing is sold or shown to others. To see or delete what is kept, ask { $studio }.
link-unknown = That link is no longer good. Here is what can be done instead.
in-private = I book in private chats only. Write to me here: { $link }
earlier-step = That was an earlier step. Here is where we are.
apology = Something broke on my side, not yours. If a time was held for you, it still is. Please send that again.
unknown-command = I don't know /{ $name }.
misread-anything = I can help you book. Tap one, or see /help.

## Ways out

which-ask = You are booking **{ $old }**. Go on with it, or start **{ $new }**? A held time stays held until it runs out.
stop-ask = Stop booking?
stop-ask-held = Stop booking? Your time goes back to others.
stopped = Stopped.
declined = All right. { $studio } will hear of it, and the time stays kept for now.
preview-over = The preview is over. Nothing was booked, and the spot is free again.
booked-card = Thank you. { $when } is yours.
booked-card-paid = Paid. Thank you. { $when } is yours.
stopping = Stopping. I'm closing the payment page first, and write as soon as that is done.
cancelled-because-weather = It's because of the weather.
cancelled-because-illness = It's because somebody is ill.

## One booking

booking-code = Booking { $code }
booking-confirmed = Confirmed. See you there!
booking-done = This session is over. Thank you!
booking-no-show = You were missed at this session.
booking-cancelled = Cancelled.
booking-expired = Not booked: the hold ended.
booking-held = Not confirmed yet.
booking-paying = Not paid yet.
booking-releasing = The payment page is just being closed.
booked-title = You're booked, { $name }!
booked-code = Booking { $code }
booked-pay-outside = You pay { $amount } to { $studio } directly.
booked-nothing-to-pay = Nothing to pay.
booked-way-to-pay = { $studio } will send you the way to pay the rest.
booked-before-change = Your payment was faster than the change, so it is booked as it was.
booked-before-stop = You had paid before I could stop it, so it is booked.
ask-to-cancel = To cancel now, please write to { $studio }.
cancel-booking-ask = Cancel **{ $when }** for { $title }? This cannot be undone.
cancel-money-none = Nothing was paid, so nothing is kept.
cancel-money-decides = You paid { $amount }. { $studio } will decide on the refund.
cancel-money-outside = If you paid { $studio } already, please settle it with them.
toast-cancelled = Cancelled.

## Messages that come by themselves

hold-warning = { $minutes ->
    [one] Still there? { $time } is yours for one more minute.
   *[other] Still there? { $time } is yours for { $minutes } more minutes.
}
cancelled-by-client = { $title } on { $when } is cancelled, as you asked.
cancelled-by-studio = { $studio } had to cancel { $title } on { $when }. I'm sorry.
cancelled-as-asked = { $studio } cancelled { $title } on { $when } for you, as you asked.
cancelled-money-outside = If you paid { $studio } already, please settle it with them. I charged nothing.
cancelled-money-decides = { $studio } will decide on the refund of { $amount }.
cancelled-money-kept = { $amount } of what you paid is kept.
money-failed-to-go-back = { $amount } should have gone back to you, and could not yet: { $studio } sees to it.
money-disputed = You disputed { $amount } at your bank: the bank decides.
cancelled-money-by-hand = You paid { $studio } { $amount } directly. Please settle that with them.
cancelled-mini-cancelled = { $studio } had to call off { $title }. Your time on { $when } is no longer held.
hold-over = Your time for { $title } on { $when } is no longer held: it ran out.
hold-over-by-studio = { $studio } had to end the hold on { $when } for { $title }.
given-up = { $time } is free again. The payment page is closed. Nothing was charged.

## What became of money

money-none = Nothing was charged.
money-unknown = Stripe did not say in time whether you paid. If you did, I'll write as soon as I know.
money-paid = Paid: { $amount }
money-to-choose = Your payment of { $amount } came too late: choose another time, or take it back.
money-goes-back = Your { $amount } goes back to you in full.
money-went-back = Your { $amount } went back to you in full.
money-part-goes-back = { $amount } goes back to you. I'll write when Stripe has sent it.
money-part-went-back = { $amount } went back to you.
money-with-bank = Your bank has taken your { $amount } back.

## Money that came too late, twice, or not as asked for

too-late = Your payment arrived after the hold had ended, and { $time } was just gone. I'm sorry.
too-late-choose = Choose another time, or take the money back. After { $until } it goes back by itself.
too-late-nearest = These are the nearest free times. After { $until } the money goes back by itself.
too-late-nothing-free = No other time is free just now.
payment-unclear = Your payment of { $amount } is not the amount that was asked for.
money-back-odd-amount = Your payment of { $amount } was not the amount that was asked for. It goes back to you in full.
money-back-earlier = A payment of { $amount } arrived from an older payment page. It goes back to you in full.
money-back-second = You paid { $amount } a second time. It goes back to you in full.
money-back-cancelled = A payment of { $amount } arrived after the booking was cancelled. It goes back to you in full.
money-back-seat-gone = Your payment of { $amount } arrived after { $time } was gone. It goes back to you in full.
money-back-chosen = All right. Your { $amount } goes back to you in full.
money-back-not-chosen = No time was chosen within a day, so your { $amount } goes back to you in full.
money-back-decided = { $studio } sends your { $amount } back to you in full.
money-back-how-long = I'll write when Stripe has sent it. It takes 5 to 10 days to show on your account.
refunded = Stripe has sent your { $amount } back. It takes 5 to 10 days to show on your account.
refunded-of = Stripe has sent your { $amount } back for { $title } on { $when }. It takes 5 to 10 days to show on your account.
refunded-elsewhere = { $studio } has paid your { $amount } back another way, for { $title } on { $when }.
refund-left = A refund of { $amount } for { $title } on { $when } did not go through, and { $studio } leaves it at that.
refund-decided = { $studio } has decided about the money for { $title } on { $when }.
refunded-stands = Your booking stands.
toast-yours = { $time } is yours.
moved = { $studio } moved your session: from { $old } to **{ $new }** ({ $city }).
reservation-removed = { $studio } no longer keeps that time for you.
reservation-lapsed = The time that { $studio } kept for you is free again, as its time ran out.

## Buttons

button-mini = { $title }
button-my = { $when } · { $title }
button-my-choosing = Another time or full refund · { $title }
button-see-minis = See what's on
button-my-bookings = My bookings
button-all-bookings = All my bookings
button-cancel-booking = Cancel this booking
button-cancel-yes = Yes, cancel it
button-keep-booking = Keep my booking
button-change-or-cancel = Show or cancel
button-stop-yes = Yes, stop
button-keep-going = Keep going
button-start-again = Start again
button-go-on = Go on booking
button-go-on-with = Go on: { $title }
button-switch-to = Start { $title }
button-another-time = Another time
button-full-refund = Full refund
button-day-time = { $when }
button-keep-longer = Keep it 15 more minutes
button-let-go = Let it go
