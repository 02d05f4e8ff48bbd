### What the studio's public pages say.

page-title = { $title } · { $studio }
page-empty = There is nothing to book just now.
page-empty-more = New dates appear here as soon as { $studio } opens them.
page-privacy = Who keeps your data
page-keeps = { $studio } keeps what you tell, for your shoot only.
page-gone = Nothing is to be seen here
page-gone-more = The link is an old one, or a piece of it is missing.
page-see-all = See what { $studio } offers

## A mini

page-when = When
page-where = Where
page-packages = Packages
page-extras = Extras
page-no-days = No dates just now
page-spots-left = { $count ->
    [one] One spot left
   *[other] { $count } spots left
}
page-places-left = { $count ->
    [one] One place left
   *[other] { $count } places left
}
page-all-taken = All spots are taken
page-hours = { $starts } to { $ends }
page-local = All times are local to the shoot ({ $city }).
page-day-left = { $count } left
page-day-full = full
page-places-free = { $free } of { $seats } places free
page-summary = { $price } · { $days }
page-minutes-paid = { $minutes } min · { $paid }
page-each = { $price } each, up to { $most }
page-premium = Some times of day cost more.
page-tax = Plus { $name }, { $percent } %.
page-tax-inclusive = { $name }, { $percent } %, is included.

## How it is paid

page-pay-full = Paid when you book
page-pay-retainer = { $now } when you book, { $later } before the shoot
page-pay-later = Paid before the shoot
page-pay-outside = Paid to { $studio } directly
page-pay-nothing = Nothing to pay

## The way into the chat

page-book = Book in Telegram
page-book-full = See it in Telegram
page-book-how = In a chat, in about 2 minutes. You need no account with us.
page-full-now = Spots do come back: the chat says when you ask it.
page-paused = { $studio } takes no new bookings for this just now.
page-no-dates = New dates appear here as soon as there are any.
page-chat-silent = The chat for booking is just waking up. Please look in again in a minute.
