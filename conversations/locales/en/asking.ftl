### A client asks the studio something, and is answered.

asking = Write it here and I'll pass it to { $studio }.
asking-held = Your time stays held until { $until }.
asking-hold-over = { $time } is no longer held for you: the time ran out.
field-question = Your question
title-question = Your question
passed-on = Passed on. { $studio } answers here.
pass-on-ask = I can help you book. Or shall I pass this to { $studio }?
studio-says = **{ $studio }:** { $text }
button-pass-on = Yes, pass it on
button-what-can-be-booked = See what can be booked
button-never-mind = Never mind
button-answer = Answer
misread-only-words = I can only pass on words. Please write it.
refusal-remark-empty = There was nothing to read in that. Please write it in words.
refusal-remark-too-long = { $over ->
    [one] That has { $length } characters, and I can pass on up to { $most }. Please shorten it by one.
   *[other] That has { $length } characters, and I can pass on up to { $most }. Please shorten it by { $over }.
}
refusal-too-many-unanswered = I passed { $most } messages to { $studio } within an hour. Please wait for an answer before you write more.
