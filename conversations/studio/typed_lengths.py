"""Lengths as people type them: "20 min", "20'", "1h30", "half an hour", "90 Minuten"; in whichever of the languages."""

import re
from datetime import timedelta
from typing import Final

_MINUTE: Final = r"(?:minutes?|minuten|minutos?|mins?|m|')(?!\w)"
_HOUR: Final = r"(?:hours?|hrs?|stunden?|std|horas?)(?!\w)"
_HALF: Final = r"half an hour|(?:eine )?halbe stunde|media hora"
_ONE: Final = r"an hour|one hour|eine stunde|una hora"

#: A fragment without groups. "3h" is a length up to 4: from there on it is rather a time of day.
LENGTH: Final = (
    rf"(?:{_HALF}|{_ONE}|[1-4] ?h ?[0-5]\d(?: ?m(?:in)?)?(?!\w)|[1-4] ?h(?!\w)"
    rf"|\d{{1,2}}(?:[.,]5)? ?{_HOUR}(?: ?\d{{1,2}} ?{_MINUTE})?|\d{{1,4}} ?{_MINUTE})"
)
#: The same, or a number alone, which is minutes.
MINUTES: Final = rf"(?:{LENGTH}|\d{{1,4}}(?![\w:%]|[.,]\d))"


def length_of(text: str) -> timedelta:
    """The length that such a piece is."""
    if re.fullmatch(_HALF, text):
        return timedelta(minutes=30)
    if re.fullmatch(_ONE, text):
        return timedelta(hours=1)
    hours = re.match(rf"(\d+)([.,]5)? ?(?:h(?=\W|\d|$)|{_HOUR})", text)
    minutes = re.search(r"(\d+)\D*$", text[hours.end() :] if hours else text)
    whole = timedelta(hours=int(hours[1]), minutes=30 if hours[2] else 0) if hours else timedelta(0)
    return whole + timedelta(minutes=int(minutes[1]) if minutes else 0)
