# What a client signs and answers, and what the studio is told about its contracts and questionnaires.

## No, and why

refusal-contract-unsigned = Before that, please sign "{ $title }".
refusal-contract-changed = The contract reads a little differently now. Here it is once more.
refusal-name-differs = This says { $typed }, and your booking is for { $known }. Please sign with your own full name.
refusal-answers-missing = A few questions are still to be answered before that.
refusal-answer-unreadable = I can't take that as an answer here. Please try once more.
refusal-too-many-photos = { $most } pictures are all I can keep here. Remove one first, or go on.
refusal-contract-gone = That paper is no longer there.

## The studio's

refusal-contract-empty = A contract needs a title and a text.
refusal-contract-too-long = That is longer than { $most } characters. Please shorten it.
refusal-too-many-points = Up to { $most }, please. The text itself may say as much as it needs.
refusal-too-many-contracts = A mini has up to { $most } contracts.
refusal-field-unknown = There is no field { "{" }{ $field }{ "}" }. Did you mean { "{" }{ $nearest }{ "}" }?
refusal-too-many-questions = A questionnaire has 1 to { $most } questions, a question a line.
refusal-question-unreadable-kind = Line { $line }: I don't know the kind "{ $text }". There are: long, number, date, yes/no, photo.
refusal-question-unreadable-options = Line { $line }: a choice has 2 to 12 different options, each of at most 40 characters, with | between them.
refusal-question-unreadable-empty = Line { $line } asks nothing.
refusal-question-unreadable-too-long = Line { $line } is longer than a question can be (300 characters).
refusal-question-unreadable-twice = Line { $line } asks the same as one before it: "{ $text }".
