"""The words of days and times in English, Spanish and German."""

from collections.abc import Mapping
from typing import Final

from conversations.typed_text import Slate
from conversations.typed_words import Lexicon, Part, whole


def _in_order(words: str, first: int) -> dict[str, int]:
    """Words that are counted from a number on; a bar is between two of the same."""
    return {word: number for number, same in enumerate(words.split(), first) for word in same.split("|")}


EN: Final = Lexicon(
    weekdays=_in_order(
        "monday|mon tuesday|tues|tue wednesday|weds|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun", 0
    ),
    months=_in_order(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
        "september|sept|sep october|oct november|nov december|dec",
        1,
    ),
    numbers=_in_order(
        "a|an|one two three four five six seven eight nine ten eleven twelve",
        1,
    ),
    ordinals={**_in_order("first|1st second|2nd third|3rd fourth|4th fifth|5th", 1), **_in_order("last", -1)},
    relative={
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "tommorow": 1,
        "tomorow": 1,
        "tmrw": 1,
        "tmr": 1,
        "the day after tomorrow": 2,
        "day after tomorrow": 2,
        "yesterday": -1,
        "day before yesterday": -2,
    },
    parts={
        "in the morning": Part.MORNING,
        "morning": Part.MORNING,
        "in the afternoon": Part.AFTERNOON,
        "afternoon": Part.AFTERNOON,
        "in the evening": Part.EVENING,
        "evening": Part.EVENING,
        "tonight": Part.EVENING,
    },
    clock_words=((r"half past {h}", 30, 0), (r"(?:a )?quarter past {h}", 15, 0), (r"(?:a )?quarter to {h}", 45, -1)),
    noon="(?:12 )?noon|midday",
    midnight="(?:12 )?midnight",
    am=r"a\.?m\b\.?",
    pm=r"p\.?m\b\.?",
    clock_mark=r"o'?clock|h",
    at="(?:start(?:s|ing)?|begin(?:s|ning)?) (?:at|@)|start(?:s|ing)?|begin(?:s|ning)?|at|@",
    since="from",
    until="to|until|till|til",
    this="this|this coming|coming|upcoming",
    next="next",
    after_next="(?!)",
    last="last|past",
    next_behind="(?!)",
    next_week="next week",
    this_month="this month",
    next_month="next month",
    weekend="weekend",
    within="in",
    from_day="from|after|on",
    day="days?",
    week="weeks?",
    hour="hours?|hrs?",
    minute="minutes?|mins?",
    ordinal_mark="st|nd|rd|th",
    before_number="(?!)",
    filler="on|the|of|at|@|in",
    asks_to=8,
)

ES: Final = Lexicon(
    # "mar" alone may be a Tuesday or March, so it is no weekday.
    weekdays=_in_order("lunes|lun martes miercoles|mie jueves|jue viernes|vie sabado|sab domingo|dom", 0),
    months=_in_order(
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
        "septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic",
        1,
    ),
    unclear=frozenset({"mar"}),
    numbers=_in_order(
        "un|una|uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
        1,
    ),
    ordinals={**_in_order("primer|primero segundo tercer|tercero cuarto quinto", 1), **_in_order("ultimo", -1)},
    relative={"hoy": 0, "esta noche": 0, "esta tarde": 0, "pasado manana": 2, "manana": 1, "ayer": -1, "anteayer": -2},
    parts={
        **dict.fromkeys(("de la manana", "por la manana", "en la manana", "de la madrugada"), Part.MORNING),
        # An evening of "tarde" and an afternoon of it are one word, and both are after noon.
        **dict.fromkeys(("de la tarde", "por la tarde", "en la tarde", "esta tarde", "del mediodia"), Part.AFTERNOON),
        **dict.fromkeys(("de la noche", "por la noche", "en la noche", "esta noche"), Part.EVENING),
    },
    clock_words=((r"{h} y media", 30, 0), (r"{h} y cuarto", 15, 0), (r"{h} menos cuarto", 45, -1)),
    noon="mediodia",
    midnight="medianoche",
    am=r"a\. ?m\b\.?|am\b",
    pm=r"p\. ?m\b\.?|pm\b",
    clock_mark="horas|hrs|hs|h",
    at="(?:empieza|comienza|inicio) (?:a las|a la)|empieza|comienza|inicio|a las|a la|al|las",
    since="desde las|desde|de las|de",
    until="hasta las|hasta|a las|a",
    this="este|este proximo",
    next="proximo",
    after_next="(?!)",
    last="pasado",
    next_behind="que viene|proximo",
    next_week="(?:la )?(?:proxima semana|semana que viene|semana proxima)",
    this_month="este mes",
    next_month="(?:el )?(?:proximo mes|mes que viene)",
    weekend="fin de semana|finde",
    within="en|dentro de",
    from_day="(?!)",
    day="dias?",
    week="semanas?",
    hour="horas?",
    minute="minutos?|min",
    ordinal_mark="o|a",
    before_number="el dia|el|dia",
    filler="el|la|las|los|de|del|dia|a|al|en",
    asks_to=8,
)

DE: Final = Lexicon(
    weekdays=_in_order("montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sonnabend|sa sonntag|so", 0),
    months=_in_order(
        "januar|janner|jan februar|feber|feb marz|maerz|mrz april|apr mai juni|jun juli|jul "
        "august|aug september|sept|sep oktober|okt november|nov dezember|dez",
        1,
    ),
    numbers=_in_order(
        "ein|eine|einem|einer|eins zwei|zwo drei vier funf|fuenf sechs sieben acht neun zehn elf zwolf|zwoelf", 1
    ),
    ordinals={
        **_in_order(
            "erste|erster|ersten|erstes|1. zweite|zweiter|zweiten|zweites|2. "
            "dritte|dritter|dritten|drittes|3. vierte|vierter|vierten|viertes|4. "
            "funfte|funfter|funften|funftes|5.",
            1,
        ),
        **_in_order("letzte|letzter|letzten|letztes", -1),
    },
    relative={
        "heute": 0,
        "ubermorgen": 2,
        "uebermorgen": 2,
        "morgen": 1,
        "gestern": -1,
        "vorgestern": -2,
    },
    parts={
        **dict.fromkeys(("morgens", "vormittags", "vormittag", "am morgen", "am vormittag", "fruh"), Part.MORNING),
        **dict.fromkeys(("nachmittags", "nachmittag", "am nachmittag", "mittags"), Part.AFTERNOON),
        **dict.fromkeys(("abends", "abend", "am abend"), Part.EVENING),
    },
    clock_words=((r"halb {h}", 30, -1), (r"viertel nach {h}", 15, 0), (r"viertel vor {h}", 45, -1)),
    noon="zwolf uhr mittags|mittag",
    midnight="mitternacht",
    am=r"(?<=\d)am\b",  # with a space before it, it is "on the": "um 3 am Samstag"
    pm=r"pm\b",
    clock_mark="uhr|h",
    at="(?:start(?:et)?|beginnt?|anfang) um|start(?:et)?|beginnt?|anfang|um|ab",
    since="von|ab",
    until="bis",
    this="diese[nrs]?|kommende[nrs]?",
    next="n(?:a|ae)chste[nrs]?",
    after_next="(?:u|ue)bern(?:a|ae)chste[nrs]?",
    last="letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?",
    next_behind="(?!)",
    next_week="(?:in der )?n(?:a|ae)chste[nr]? woche",
    this_month="diese[nrs]? monats?",
    next_month="n(?:a|ae)chste[nrs]? monats?",
    weekend="wochenende",
    within="in",
    from_day="(?!)",
    day="tage?n?",
    week="wochen?",
    hour="stunden?",
    minute="minuten?|min",
    ordinal_mark=r"\.|te[nrs]?",
    before_number="(?!)",
    filler="am|den|der|die|das|dem|im|um|in|des|von",
    asks_to=6,
)

LEXICONS: Final[Mapping[str, Lexicon]] = {"en": EN, "es": ES, "de": DE}


def lexicons_for(text: str, language: str) -> tuple[Lexicon, ...]:
    """In which languages to read a text of such a person: their own, then English; never both in one text.

    Not English where a word would be clear in it only because it has lost its other meaning: "mar 12".
    """
    own = LEXICONS.get(language.replace("_", "-").partition("-")[0].lower(), EN)
    folded = Slate(text).left
    if own is EN or any(whole(rf"(?<!\d )(?<!\d\. ){word}").search(folded) for word in own.unclear):
        return (own,)
    return own, EN
