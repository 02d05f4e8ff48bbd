### Contracts and questionnaires, as the studio writes them, and what its clients signed and answered.

## Both

paper-title = { $title }
paper-used-by = { $count ->
    [0] no mini uses it
    [one] used by 1 mini
   *[other] used by { $count } minis
}
paper-unused = No mini uses v{ $version }.
paper-not-saved = Not saved yet
paper-becomes = { $count ->
    [0] Saving makes it v{ $version }. No mini uses it.
    [one] Saving makes it v{ $version }, for new bookings of { $minis }. Bookings under way keep what they began with.
   *[other] Saving makes it v{ $version }, for new bookings of { $minis }. Bookings under way keep what they began with.
}
paper-saved = Saved: { $title }, v{ $version }.
paper-changed-meanwhile = Somebody else saved v{ $version } meanwhile. If you save now, yours comes after it and counts.
button-paper = { $title }
button-for-mini = For { $title }
button-to-mini = ‹ { $title }
button-from-kit = From the starter kit
button-change-paper = Change
button-save = Save
button-change-title = Change title
button-discard = Discard
kit-example = This is an example, not legal advice. Change whatever doesn't fit your studio.
cut-short = { $text }…

## Contracts

studio-help-contract = /contract has your contracts: write one, change one, choose who signs it

contracts = Your contracts
contracts-of = Contracts · { $mini }
contract-line = ○ { $title }, v{ $version } · { $used }
contract-signed-here = ● { $title }, v{ $version } · { $used }
contracts-none = None yet. Write your own, or begin with an example.
contracts-tap = Tap one to read it, change it, or choose who signs it.
contracts-of-mini = { $count ->
    [0] Clients of { $mini } sign nothing so far. Up to { $most } contracts are possible, such as a model release beside your contract.
    [one] Clients of { $mini } sign the one marked ●. Up to { $most } are possible.
   *[other] Clients of { $mini } sign the ones marked ●. More than { $most } are not possible.
}
contract-used-in = { $count ->
    [one] v{ $version } is used by 1 mini: { $minis }.
   *[other] v{ $version } is used by { $count } minis: { $minis }.
}
contract-two-already = { $mini } has two contracts already, and more are not possible. To use this one, take another off first.
contract-now-used = New clients of { $mini } sign { $title } from now on. Bookings under way keep what they began with.
contract-no-longer-used = New clients of { $mini } no longer sign { $title }. What was signed stays as it is.
button-all-contracts = All contracts
button-new-contract = New contract
button-use-for = Use for { $mini }
button-stop-using = Do not use for { $mini }
button-sample-pdf = As PDF
sample-caption = SAMPLE: { $title }, v{ $version }
kit-contracts = Examples to begin with

## Writing a contract

title-contract = Contract
contract-text-ask = Send me the contract's text: type it, paste it, or send it as a .txt or .md file.
    Write { "{" }client_name{ "}" }, { "{" }spot_time{ "}" } or { "{" }fee{ "}" } where I should fill that in for each client.
contract-text-anew = Send me the whole text anew: type it, paste it, or edit the file above and send it back.
field-contract-text = Text of the contract
misread-contract-text = I can read a contract only as text: typed, pasted, or as a .txt or .md file.
contract-text-added = I put that behind the text, which has { $count } characters now.
contract-text-instead = I took that as the contract's text, instead of what you sent before ({ $count } characters).
contract-text-again = { $why } Please send the whole text once more.
contract-title-ask = What's it called? Clients read the title above it.
misread-contract-title = I need a title as text. For example: Session agreement
contract-summary-ask = What matters most, in short? Up to { $most } points, a line each. Clients read them first; the full text is what counts.
field-contract-summary = In short
misread-contract-summary = I need the points as text, a line each. Or skip them.
contract-consents-ask = Is there anything a client may say no to, and still book? A line each, with a word or two for its button before a colon. For example:
    Website: May { $studio } show your photos on its website?
field-contract-consents = What may be refused
misread-contract-consents = I need each question as text, a line each. Or skip this.
refusal-consent-unlabelled = Question { $number } is too long for a button (up to { $most } letters). Put a word or two and a colon before it. For example: Website: May we show your photos on our website?
button-which-fields = Which fields?
contract-fields = What I fill in for each client
contract-field = { $field } → { $sample }
button-go-on-writing = Go on
misread-contract-preview = Tap Save, or what you'd like to change.
sample-mark = SAMPLE · as a client reads it
sample-consent = { $question } (Button: { $label }, yes or no)
button-save-and-use = Save and use for { $mini }
button-whole-text = Whole text
button-change-text = Change text
button-change-summary = Change summary
button-change-asked = Change consents
file-contract-text = { $title }.md

## The sample's data

sample-client-name = Ana Torres
sample-client-email = ana@mail.com
sample-client-phone = +1 312 555 0188
sample-mini = Fall Minis
sample-package = Mini
sample-included = 10 edited photos
sample-place = Riverside Park, north gate
