### The studio itself: claiming, setting it up, its settings, team and payments.

## Welcome

studio-welcome-owner = Welcome, { $name }. You are the owner of { $studio } here.
studio-welcome-photographer = Welcome to { $studio }, { $name }. You can make and run minis; /help says how.
studio-welcome-assistant = Welcome to { $studio }, { $name }. You see the days, and how to reach who comes. You can't change anything.
studio-welcome-host = Welcome to { $studio }, { $name }. You see the minis and how full they are. You can't change anything.
button-set-up = Finish the set-up

## Help

studio-help-group-minis = **Minis**
studio-help-group-making = **What is in a mini**
studio-help-group-days = **Days and spots**
studio-help-group-people = **Bookings and people**
studio-help-group-money = **Money and numbers**
studio-help-group-studio = **The studio**
studio-help-group-ways = **Anywhere**
studio-help-payments = /payments says how clients can pay
studio-help-team = /team shows who works with you, and invites more
studio-help-settings = /settings has everything that holds for the whole studio

## Set-up

toast-left-kept = Left. What you answered so far holds.
set-up-pays = Last one: how will your clients pay you?
    Paid to you: each gets your words for a transfer or cash, and you tell me when it came.
    By card: on Stripe's page, and I see by myself that it came. Connecting it takes two minutes.
button-pays-outside = They pay me directly
button-pays-cards = By card, with Stripe
misread-set-up-pays = Tap one of the two. You can change it later.
set-up-done = { $studio } is set up. /newmini Fall Minis makes your first mini, and /settings changes all this later.

## Settings

settings = Settings of { $studio }
setting-now = { $setting }: { $value }
settings-unknown = There is no setting "{ $what }". Tap one.
setting-none = none
setting-noted = Noted. { $setting }: { $value }
setting-asked = { $ask }
    Now: { $value }
a-currency = { $name } ({ $code })
count-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
count-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
a-span = { $begins } to { $ends }

setting-name = Name
setting-name-ask = What is your studio called? Clients read it on everything.
misread-setting-name = I need a name as text. For example: Luna Photo
setting-zone = Time zone
setting-zone-ask = Where do you shoot? A city or a country is enough, such as Chicago. All times are told in its time zone.
misread-setting-zone = I know no time zone by that name. Try the nearest big city, such as Los Angeles, or your country.
setting-which-zone = Which of these has your time?
button-zone = { $city }
misread-which-zone = Tap the city that has your time.
setting-country = Country
setting-country-ask = Which country is that in? Phone numbers without a + are read as of there.
misread-setting-country = I know no country by that name. Its two letters work as well, such as US.
setting-currency = Currency
setting-currency-ask = What are you paid in? It holds for every mini.
misread-setting-currency = I know no currency by that name. Its three letters are surest, such as USD.
setting-phone = Phone
setting-phone-ask = Which number may clients call? It stands in what they get. Skip it to have none.
misread-setting-phone = I need a phone number. For example: +1 312 555 0100
setting-email = E-mail
setting-email-ask = Which e-mail address may clients write to? Skip it to have none.
misread-setting-email = I need an e-mail address. For example: hello@luna.photo
setting-privacy = Privacy notice
setting-privacy-ask = What should clients read under /privacy, below who keeps their data and why? As text, or as a .txt file. Skip it to have none.
misread-setting-privacy = I need it as text.
setting-quiet = Quiet hours
setting-quiet-ask = When shall reminders to clients wait? For example: 9pm to 8am. What cannot wait comes all the same.
misread-setting-quiet = I need two times, such as 9pm to 8am.
setting-tax = Tax
setting-tax-ask = Is there a tax on your prices? Each mini can leave it out.
misread-setting-tax = Yes or no?
setting-tax-name = Name of the tax
setting-tax-name-ask = What is it called? For example: Sales tax
setting-tax-rate = Rate
setting-tax-rate-ask = How much is it, in percent? For example: 8.25
setting-tax-how = In the price?
setting-tax-how-ask = Do your prices have it in them already, or does it come on top?
option-tax-on-top = On top
option-tax-included = In my prices
tax-on-top = { $name }, { $rate } % on top
tax-included = { $name }, { $rate } % in the prices
setting-phones = Phone needed
setting-phones-ask = Must clients leave a phone number to book? Else they may skip it.
misread-setting-phones = Yes or no?
setting-shooters = Several shoot
setting-shooters-ask = Do several of you shoot at the same time? If not, a booked spot closes the others that overlap it.
misread-setting-shooters = Yes or no?
setting-override = End holds
setting-override-ask = May you end a client's 15 minutes by hand? They may be typing their card number then.
misread-setting-override = Yes or no?
setting-due = Balance due
setting-due-ask = How many days before the shoot is the rest due, where a retainer was paid?
misread-setting-due = I need a number of days, such as 3.
setting-cancel = Free to cancel
setting-cancel-ask = Until how many hours before the shoot may clients cancel by themselves?
misread-setting-cancel = I need a number of hours, such as 48.
setting-photos = Photos kept
setting-photos-ask = How many days after the shoot do I keep the photos that clients sent with their answers?
misread-setting-photos = I need a number of days, such as 365.
set-up-first = Before the first mini I need to know where you are and what you are paid in. /newmini works right after.
refusal-not-set-up = The studio isn't set up yet. Its owner does that with /start; then you can make minis.
refusal-days-set = Your minis have days ahead, and their spots would be at other hours in another time zone. Take the days out first.
refusal-prices-set = Your minis have prices in that currency already, and I don't know what they would be in another. Take the packages out first.
refusal-setting-wrong-tax = A rate is between 0.01 and 99.99 percent, such as 8.25.
refusal-setting-wrong-due = That is a whole number of days, from 0 to { $most }.
refusal-setting-wrong-cancel = That is a whole number of hours, from 0 to { $most }.
refusal-setting-wrong-photos = That is a whole number of days, from 1 to { $most }.

## Team

team = The team of { $studio }
team-member = { $name } · { $role }
role-owner = owner
role-photographer = photographer
role-assistant = assistant
role-host = host
team-may-photographer = Photographers make and run minis.
team-may-assistant = Assistants see the days and how to reach people. They change nothing.
team-may-host = Hosts see minis and how full they are. They change nothing.
button-invite-photographer = Invite a photographer
button-invite-assistant = Invite an assistant
button-invite-host = Invite a host
team-invited = Here is the link. I can't show it again; a new one is one tap away.
team-unknown = I don't know a role "{ $what }". Tap one.
team-link-photographer = A photographer joins { $studio } with this link. It works once, within { $hours } hours. Pass it on to them alone:
team-link-assistant = An assistant joins { $studio } with this link. It works once, within { $hours } hours. Pass it on to them alone:
team-link-host = A host joins { $studio } with this link. It works once, within { $hours } hours. Pass it on to them alone:
a-link = { $link }
button-copy-link = Copy link
button-remove-member = Remove { $name }
button-keep-member = Keep { $name }
team-leaving = Take { $name } out of the team? They can't do or see anything here from that moment. What they made stays.
team-left = { $name } is out of the team.

## Payments

payments = How clients pay { $studio }
payments-no-cards = **Cards:** not yet.
payments-live = **Cards:** taken, through Stripe. The money is real.
payments-test = **Cards:** in test mode, through Stripe. Only Stripe's test cards work, and no money moves.
payments-outside = **Directly:** by transfer or cash, for every package that says so. You tell me when it came.
payments-earnest = For real money, connect a key of Stripe's live mode: it begins with rk_live_.
payments-own = Connected with your key that ends in { $ending }, in { $mode }, since { $since }.
payments-of-installation = The key is the one that was set where I run. You can connect your own instead.
payments-hooked = Stripe tells me of each payment at once.
payments-not-hooked = I ask Stripe each minute. With the webhook's secret it tells me at once, and also of disputes and of refunds made in its dashboard.
payments-locked-out = **Cards:** not taken just now. I can't open the Stripe key that you connected: the secret key of the place where I run is another one than it was then, or somebody changed what I keep. Either the old one is put back there (MINIS_SECRET_KEY, or the file secret.key), or you connect Stripe again here. What is open at Stripe waits until then.
mode-live = live mode
mode-test = test mode
two-sentences = { $first } { $second }
button-ways-to-pay = Payments
button-connect-stripe = Connect Stripe
button-connect-own = Connect your own key
button-connect-again = Replace the key
button-hook = Add the webhook's secret
button-hook-again = Replace the webhook's secret
button-disconnect = Disconnect Stripe

## Connecting Stripe

connect = Connect Stripe
connect-where =
    1. In Stripe's dashboard (dashboard.stripe.com), open Developers, then API keys.
    2. Tap “Create restricted key”, and name it Minis.
    3. Set the permissions below, create it, and copy the key: it begins with rk_.
    4. Paste it here, as a message.
connect-permissions = **Permissions:**
    Checkout Sessions: Write
    Charges and Refunds: Write
    Disputes: Read
connect-secret-key = The secret key (sk_) works too, but a restricted one is better: if it is ever lost, nobody can do more with it than this.
connect-test = To try it out first, switch the dashboard to test mode: the key then begins with rk_test_, and no money moves.
connect-deleted = I delete your message at once, ask Stripe whether the key is good, and keep it locked up. I never show it again.
connect-hook-deleted = I delete your message at once and keep the secret locked up.
connect-misread = I need a key of Stripe's now: it begins with rk_ or sk_, is long, and comes as a message of its own. In the dashboard, copy it with the button beside it; a key with dots in it is only the picture of one.
connect-hook = Have Stripe tell me at once
connect-hook-where =
    1. In Stripe's dashboard, open Developers, then Webhooks, and add an endpoint: { $address }
    2. Choose the events checkout.session.*, payment_intent.*, charge.* and refund.*
    3. Copy its signing secret, which begins with whsec_, and paste it here.
connect-hook-misread = I need the webhook's signing secret now: it begins with whsec_ and comes as a message of its own.
confided-deleted = I have deleted your message with it.
confided-not-deleted = **I could not delete your message with it. Please delete it yourself, now.**
confided-unasked = That looked like a secret of your Stripe account. I did nothing with it. To connect, paste it again here.
confided-by-nobody = That looked like a secret of a Stripe account. I did nothing with it: only the owner connects Stripe.
key-connected = Stripe is connected, with the key that ends in { $ending }, in { $mode }.
key-live-from-now = **From now on the money is real.** What was booked in test mode stays as it is.
key-test-from-now = **From now on only Stripe's test cards work, and no money moves.**
key-earlier-kept = What was paid with the key that ends in { $ending } still goes back through it, so don't delete that key in Stripe's dashboard yet.
key-not-restricted = It is a secret key, which may do everything. A restricted one (rk_) is better: you can replace it here at any time.
key-public = That is the publishable key, which cannot take payments. I need a restricted key (rk_) or the secret key (sk_).
key-no-key = That begins like a key of Stripe's but is none: perhaps a part of it is missing. Copy it once more, with the button beside it.
key-wrong = Stripe does not know that key. Perhaps a part is missing, or it was revoked. Copy it once more, or create a new one.
key-forbidden = Stripe knows that key, but it may not do all that I need. In the dashboard, edit the key and allow: { $lacks }. Then paste it again.
key-may-sessions = Checkout Sessions: Write
key-may-refunds = Charges and Refunds: Write
key-may-disputes = Disputes: Read
key-unreachable = Stripe does not answer just now, so I could not check the key, and nothing has changed. Paste it again in a few minutes.
key-no-till = That is a webhook's secret. It belongs to a key of your own: connect that first, then paste this again.
key-not-needed = That is a webhook's secret. I need none here: Stripe cannot reach me where I run, so I ask it myself each minute.
hook-kept = From now on I believe what Stripe tells me with that secret.
outstanding = Your Stripe account stays connected for now; nothing has changed. Another key of the same account in the same mode is fine at any time.
outstanding-pages = { $count ->
    [one] One client has a payment page open
   *[other] { $count } clients have a payment page open
    }, until { $until } at the latest.
disconnect = Disconnect Stripe?
disconnect-to-none = Clients can't pay by card until you connect Stripe again; packages that are paid to you directly go on.
disconnect-to-installation = From then on cards are taken with the key that was set where I run, in { $mode }.
disconnect-published = { $count ->
    [one] One mini that can be booked now asks for cards: its clients will read that you can't take them.
   *[other] { $count } minis that can be booked now ask for cards: their clients will read that you can't take them.
    }
disconnect-refunds = What was paid stays paid, and can still be given back here: for that alone I keep your key, locked up. If nothing was paid with it, I forget it.
button-disconnect-now = Disconnect
button-keep-connected = Keep it
disconnected = Stripe is disconnected. As long as you may have to give back what was paid, don't delete the key in Stripe's dashboard.
refusal-till-in-use = A payment page was still open with your Stripe account a moment ago, so nothing has changed. Please try again.
refusal-no-till-of-their-own = There is no Stripe key of your own here. Connect one first.
