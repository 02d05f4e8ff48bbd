### Packages and extras in the studio's bot.

## How they are told

packages-of = Packages of { $title }
package-title = **{ $title }**
package-free = Free
package-full = { $fee }, all of it when booking
package-outside = { $fee }, paid to you directly
package-retainer = { $fee }, of which { $now } when booking and { $later } by the due date
package-length = { $minutes } minutes, whatever the spot
package-includes = Included: { $text }
package-usual-title = Mini
addon-line = Extra: { $title }, { $price }
addon-line-most = Extra: { $title }, { $price }, up to { $most } per booking
button-change-one = Change { $title }
button-remove-one = Remove { $title }
button-add-package = Add a package
button-add-addon = Add an extra

## Asking

field-fee = Fee
field-includes = Included
field-length = Length
field-price = Price
field-most = Most
package-title-ask = What's the package called? For example: Mini
package-fee-ask = What does { $title } cost? For example: 150
amount-unclear = I'm not sure about "{ $typed }".
package-paid-ask = { $fee }: how is it paid?
package-retainer-ask = How much of { $fee } is due when booking? Type an amount, or a part like 30 %.
package-includes-ask = What's included? For example: 10 edited photos
package-includes-now = Now: { $text }
package-length-ask = How long does it take?
cards-not-yet = I can't take cards yet.
button-keep-amount = Keep { $amount }
button-free = It's free
button-paid-full = All when booking
button-paid-retainer = A retainer, then the rest
button-paid-outside = To me directly
button-outside-for-now = Paid outside for now
button-connect-payments = Connect Stripe
button-length-of-spot = As long as the spot
button-nothing-included = Nothing
addon-title-ask = What's the extra called? For example: Extra print
addon-price-ask = What does { $title } cost? For example: 25
addon-most-ask = How many of { $title } may one booking have? Tap a number, or type it.
misread-pack-title = I need the package's name as text. For example: Mini
misread-pack-fee = I need an amount here, like 150 or 149.50.
misread-pack-paid = Tap how it is paid.
misread-pack-retainer = I need an amount or a part here, like 50 or 30 %.
misread-pack-includes = I need this as text. For example: 10 edited photos
misread-pack-length = I need minutes here, like 20.
misread-pack-save = Tap Save, or send the whole line anew.
misread-addon-title = I need the extra's name as text. For example: Extra print
misread-addon-price = I need an amount here, like 25.
misread-addon-most = I need a number here. Type it in digits.
misread-addon-save = Tap Save, or send the whole line anew.

## Before it is saved, and after

package-preview = { $title }, for { $mini }
addon-preview = For { $mini }
line-not-read = I read everything but { $words }.
button-full-now = Full payment now
button-with-retainer = Retainer
button-outside = Paid outside
package-saved = { $title } is saved, for bookings from now on.
package-saved-holds = { $count ->
    [one] { $title } is saved, for bookings from now on. One person is booking just now and keeps it as it was.
   *[other] { $title } is saved, for bookings from now on. { $count } people are booking just now and keep it as it was.
}
package-changed-meanwhile = Somebody else changed it while you were at it. It is now: { $now }. Save puts yours in its place.
package-removed-meanwhile = Somebody else removed { $title } while you were at it. Save puts it there again.
unsell-ask = Remove { $title } from { $mini }?
unsell-bookings = Bookings that have it keep it.
unsold = { $title } is removed. Bookings that have it keep it.

## Refusals

refusal-foreign-amount = "{ $typed }" is another currency. Your amounts are in { $currency }.
refusal-retainer-unfit = A retainer is a part of the fee: more than nothing, and less than all of it.
