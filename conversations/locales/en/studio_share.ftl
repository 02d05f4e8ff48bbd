### Sharing, previewing and opening a mini.

## Sharing

studio-menu-share = Share a mini
studio-help-share = /share gives links, cards and a code for a mini
share-live = **{ $title }** is live.
share-unlisted = **{ $title }** is off the lists: whoever has the link can book.
share-paused = **{ $title }** is paused: the link says so, and nobody can book until you resume it.
share-draft = **{ $title }** is a draft: the link works once you publish it.
share-over = **{ $title }** is over: the link books nothing any more.
share-left = { $free ->
    [one] One spot of { $seats } is free.
   *[other] { $free } of { $seats } spots are free.
}
share-link = Link: { $link }
share-page = Web page: { $link }
share-tags = The links for Instagram, posters and newsletters carry a tag, so that you can tell later where people came from.
share-book-here = Book here: { $link }
button-copy-page = Copy web link
button-copy-text = Copy text for Instagram
button-story = Story 9:16
button-post = Post 4:5
button-code = QR only
button-link-instagram = Link for Instagram
button-link-poster = Link for a poster
button-link-newsletter = Link for a newsletter

## Previewing

studio-help-preview = /preview walks a mini as your clients do
preview-title = Preview of { $title }
preview-explained = You walk the real steps, marked PREVIEW, and pay nothing. The spot you tap is taken for others while you look.
preview-known = It opens the clients' bot, which knows you.
preview-unknown = It opens the clients' bot, which doesn't know you yet: whoever opens this link first is you there. So open it yourself, and keep it to yourself.
preview-lacks = You won't get to the end yet. It still needs: { $what }.
preview-holds = Your preview holds { $when } until { $until }.
preview-ended = Your preview is over. Its spot is free again, and nothing was booked.
preview-none = You have no preview under way.
button-open-preview = Open the preview
spot-preview-own = { $time } … your preview, ends { $left }
spot-preview = { $time } … a preview, ends { $left }

## Opening by itself

studio-opens = Opens { $when } ({ $city }).
opening-ask = When shall { $title } open by itself?
opening-hint = Tap a day, or type it, like "Fri 19:00".
opening-time-ask = { $day }: at what time?
opening-which = That can be read in more than one way. Which is it?
opening-reading = { $day }, { $time }
opening-clock = { $time } { $zone }
opening-title = { $title } opens
opening-in-full = { $day }, { $time }, { $city } time
opening-until-draft = Until then nobody but you can see it.
opening-until-unlisted = Until then it is booked by its direct link only.
opening-lacks = By then it still needs: { $what }. Otherwise it stays as it is, and I tell you.
opening-paused = It is paused: clients see it and can book it once you resume it.
opening-set = { $title } opens by itself on { $day }, { $time }, { $city } time.
opening-off = { $title } no longer opens by itself.
opening-changed = { $title } is { $state } by now, so nothing was set.
opening-unread = I can't read "{ $text }" as a day and a time.
misread-opening = I need a day and a time that are still ahead, like "Fri 19:00".
misread-opening-set = Tap one of these, or type another day and time.
refusal-opening-past = That is over already. Which moment that is still ahead do you mean?
button-open-then = Open it then
button-publish-now = Publish now
button-change-opening = Change
button-open-later = Open later
button-open-now = Open now
button-another-opening = Another time
button-another-day = Another day
button-stay-shut = Do not open by itself
alert-mini-opened = **{ $title }** has opened: clients see it in their bot.
alert-mini-opened-paused = **{ $title }** has opened, but it is paused: clients see it and can book it once you resume it.
alert-mini-not-opened = **{ $title }** was to open now, and couldn't. It still needs: { $what }.
