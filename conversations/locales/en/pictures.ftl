### What stands in the pictures that are drawn, and below them. ** makes nothing bold there.

## A day

picture-date = { $day } · { $city } time
picture-end = Last shoot ends at { $time }
picture-page = Page { $page } of { $pages }
picture-hours = { $begins } – { $ends }
picture-break = Break
picture-until = until { $time }
picture-due = { $amount } due
picture-both = { $first } · { $second }
picture-taken = { $taken } of { $of } taken
picture-nothing = No spots yet
picture-look-free = Free
picture-look-held = Booking…
picture-look-booked = Booked
picture-look-reserved = Reserved
picture-look-closed = Closed
picture-look-past = Past
picture-count-free = { $count } free
picture-count-held = { $count } booking
picture-count-booked = { $count } booked
picture-count-reserved = { $count } reserved
picture-count-closed = { $count } closed
picture-count-past = { $count } past
counts-and = { $first }, { $rest }
day-caption = { $day }: { $counts }.
day-caption-empty = { $day }: no spots yet.

## A card to share

share-two-days = { $first } and { $second }
share-days = { $first } to { $last }, { $count } days
share-call = Scan to book
