### What the studio's bot says.

## Strangers and newcomers

studio-stranger = This bot is for the studio's own team. To book a session, ask the studio for its booking link.
studio-ticket-over = That link is no longer good. Ask for a new one.
studio-about = I run the minis of { $studio }, for its team. Clients book with another bot.

## Lobby

studio-menu-minis = Your minis
studio-menu-help = What I can do
studio-help = What I can do for { $studio }
studio-help-minis = /minis lists your minis
studio-help-back = /back goes one step back
studio-help-cancel = /cancel leaves what you were doing
studio-misread = I don't know what to do with that. Here is what I can do.
toast-left = Left. Nothing was saved.
studio-name = { $studio }
studio-minis = { $count ->
    [one] You have one mini. Tap it to see how it stands.
   *[other] You have { $count } minis. Tap one to see how it stands.
}
studio-minis-none = No minis yet.
button-minis = All minis
button-studio-mini = { $title } · { $state }
mini-draft = draft
mini-published = published
mini-unpublished = off the lists
mini-archived = archived
mini-cancelled = called off
mini-paused = paused

## Refusals

refusal-nothing-to-leave = Nothing is under way. See /help.
refusal-ticket-over = That link is no longer good. Ask for a new one.
refusal-owner-stays = A studio needs an owner. Make somebody else an owner first.
refusal-no-such-member = That person is no longer in the team.
refusal-setting-wrong-name = A name has 1 to { $most } characters.
refusal-setting-wrong-zone = I don't know that time zone. It looks like America/Chicago.
refusal-setting-wrong-currency = I don't know that currency. It looks like USD.
refusal-setting-wrong-country = I don't know that country. It looks like US.
refusal-setting-wrong-text = That is too long: up to { $most } characters.
refusal-studio-in-use = Time zone and currency stay as they are once somebody has booked: prices and times would no longer be what people agreed on.
