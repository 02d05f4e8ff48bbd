### Making and editing a mini in the studio's bot.

## Refusals

refusal-too-many-pictures = { $most } pictures are all that fit into one collage. Tap Done, or Remove last to send another.
refusal-picture-gone = I no longer have that picture. Please send it again.
refusal-too-late-to-undo = It's too late to take that back. Here is how it stands.
