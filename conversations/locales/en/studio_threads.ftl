### What clients ask the studio, and what it answers.

client-asks = **{ $client }** asks:
client-asks-about = **{ $client }** asks ({ $when }, { $code }):
client-writes = **{ $client }** writes:
client-writes-about = **{ $client }** writes ({ $when }, { $code }):
new-client = A new client
new-client-within = the new client
reply-hint = Reply to this message, or tap Answer.
member-has-answered = { $member } has answered **{ $client }**:
client-unreachable = A message to **{ $client }** did not arrive. They may have blocked the bot.
thread-with = { $client }
thread-about = { $client } · { $when } · { $code }
thread-line = **{ $who }**, { $when }: { $text }
thread-you = You
message-ask = What shall I tell **{ $client }**?
message-passed-on = Passed on to { $client }.
message-passed-on-too = Passed on to { $client }. { $member } had answered already.
field-message = Your message
title-message = Your message
button-thread-booking = Booking
refusal-no-such-client = I can't find this client any more.
