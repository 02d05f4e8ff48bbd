"""Every kind of field in a form: tapped and typed, wrong and then right, kept, changed, skipped, sent whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from conversations.engine import AnyStep, Flow, Step, enter, files_awaited, go_back, place_of, reopen, screen_of, take
from conversations.fields import LONGEST, Field, TextTooLong, answer_words
from conversations.forms import Form, PhotoUnusable
from conversations.inbound import FileKind, Filled, Pressed, Said, SentPhoto, Typed, Unreadable, Unusable, UnusablePhoto
from conversations.screens import Choose, FieldKind, Option, Screen, lines, say
from conversations.talk import Course, Talk
from conversations.turn import Front, Misread, Turn
from conversations.typed_dates import NotADay
from conversations.typed_numbers import NotANumber
from core.paperwork.questionnaire import LONGEST_NUMBER, TooManyPhotos
from core.values.refusals import Refusal
from tests.bots.render_checks import check_slack, check_telegram
from tests.builders import a_studio
from tests.conversations.languages import english

WORDS = english()
STYLES = (("n", "Natural"), ("s", "In the studio, please"))
COMERS = (("a", "Adults"), ("c", "Children"), ("b", "Baby"), ("d", "Dog"))


@dataclass(slots=True)
class Album:
    """The facts of the test's flow: the pictures that are kept, and which steps were entered."""

    photos: list[str] = field(default_factory=list[str])
    kept: int = 0
    entered: list[str] = field(default_factory=list[str])


@dataclass(slots=True, kw_only=True)
class AlbumTurn(Turn):
    facts: Album


class TooMany(Refusal):
    """A rule of the field's own, beyond its kind."""


def _at_most_nine(_turn: AlbumTurn, answer: str) -> str:
    if float(answer) > 9:
        raise TooMany
    return answer


def _keep(turn: AlbumTurn, picture: bytes, _beside: Sequence[str]) -> str:
    turn.facts.kept += 1
    turn.facts.photos.append(f"{picture.decode()}{turn.facts.kept}")
    return turn.facts.photos[-1]


def _a_field(id: str, kind: FieldKind, **more: Any) -> Field[AlbumTurn]:
    text = say("as-written", text=f"About {id}?")
    return Field(id=id, kind=kind, label=text, ask=lambda _: text, **more)


def _labelled(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(id, say("as-written", text=label)) for id, label in pairs)


FIELDS = {
    one.id: one
    for one in (
        _a_field("line", FieldKind.LINE),
        _a_field("text", FieldKind.TEXT),
        _a_field("number", FieldKind.NUMBER, read=_at_most_nine),
        _a_field("date", FieldKind.DATE),
        _a_field(
            "style", FieldKind.CHOICE, options=lambda _: _labelled(("n", "Natural"), ("s", "In the studio, please"))
        ),
        _a_field("coming", FieldKind.CHOICES, options=lambda _: _labelled(*COMERS)),
        _a_field("pets", FieldKind.YES_NO),
        _a_field(
            "photos",
            FieldKind.PHOTOS,
            keep_photo=_keep,
            drop_photo=lambda turn, id: turn.facts.photos.remove(id),
        ),
    )
}


@dataclass(slots=True)
class Chat:
    """One person's talk about some of the fields. What is shown is held against both messengers."""

    asked: tuple[str, ...]
    optional: bool = False
    album: Album = field(default_factory=Album)
    talk: Talk = field(default_factory=Talk)
    language: str = "en"

    def __post_init__(self) -> None:
        self.talk.course = Course(flow="questions", subject={})

    @property
    def form(self) -> Form[AlbumTurn]:
        fields = tuple(replace(FIELDS[id], required=lambda _: not self.optional) for id in self.asked)
        return Form(
            id="q",
            section="details",
            title="form-details",
            fields=fields,
            accept=lambda _, values: dict(values),
            enter=lambda turn: turn.facts.entered.append("q"),
        )

    @property
    def flow(self) -> Flow[AlbumTurn]:
        def script(_turn: AlbumTurn) -> Iterator[AnyStep[AlbumTurn]]:
            yield self.form
            yield END

        return Flow(name="questions", script=script, sections=lambda _: ["details"], ending=lambda _: ("stopped", ""))

    @property
    def turn(self) -> AlbumTurn:
        """A turn of the talk as it comes back from the database."""

        self.talk = Talk.from_json(self.talk.to_json())
        assert self.talk.course
        return AlbumTurn(
            talk=self.talk,
            course=self.talk.course,
            studio=a_studio(),
            front=Front(WORDS, str, lambda payload, _language: payload),
            language=self.language,
            name="",
            facts=self.album,
        )

    def says(self, said: Said | str) -> None:
        self.talk.notice = None
        take(self.flow, self.turn, Typed(said) if isinstance(said, str) else said)

    def taps(self, label: str, *, late: int = 0) -> None:
        """Tap the button with this label; `late`: of a card so many revisions ago."""
        choices = {WORDS.phrase(one.label, "en"): one.press for row in self.screen.rows for one in row}
        press = choices[label]
        assert isinstance(press, Choose)
        self.says(Pressed(f"{self.talk.revision - late}:{press.choice}"))

    @property
    def screen(self) -> Screen:
        screen = screen_of(self.flow, self.turn)
        assert screen
        card = WORDS.speak(screen, "en")
        check_telegram(card)
        check_slack(card)
        return screen

    @property
    def buttons(self) -> list[list[str]]:
        """The rows of the field's own buttons."""
        return [[WORDS.phrase(one.label, "en") for one in row] for row in self.screen.rows[:-1]]

    @property
    def said(self) -> list[str]:
        return [WORDS.phrase(line.say, "en") for line in self.screen.lines]

    @property
    def at(self) -> str:
        place = place_of(self.flow, self.turn)
        assert place
        return place.part

    @property
    def answers(self) -> dict[str, Any]:
        """The whole form's answer, once it has one."""
        assert self.talk.course
        kept = self.talk.course.answers.get("q")
        assert isinstance(kept, dict)
        return kept

    def change(self, id: str) -> None:
        reopen(self.turn, f"q.{id}")


END: Step[AlbumTurn] = Step(
    id="end",
    section="details",
    show=lambda _: Screen(lines=lines(say("name-ask"))),
    accept=lambda _, choice: choice,
    enter=lambda turn: turn.facts.entered.append("end"),
)

#: What is said to a field, what it keeps, and how it says that back.
RIGHT = [
    ("line", " Oak  Street\n12 ", "Oak Street 12", "Oak Street 12"),
    ("text", "  We are\nfour. ", "We are\nfour.", "We are\nfour."),
    ("number", "2", "2", "2"),
    ("number", "2.50", "2.5", "2.5"),
    ("number", "٣", "3", "3"),
    ("number", "-0.0", "0", "0"),
    ("number", "-0.50", "-0.5", "-0.5"),
    ("number", "007", "7", "7"),
    ("number", f"-{'9' * 19}", f"-{'9' * 19}", f"-9{',999' * 6}"),
    ("number", f"0.{'0' * 17}1", f"0.{'0' * 17}1", f"0.{'0' * 17}1"),
    ("number", f"1.{'0' * 40}", "1", "1"),
    ("date", "12 December 2026", "2026-12-12", "Sat 12 Dec 2026"),
    ("date", "Dec 12th, 2026", "2026-12-12", "Sat 12 Dec 2026"),
    ("date", "2026-12-05", "2026-12-05", "Sat 5 Dec 2026"),
    ("date", "25/12/2026", "2026-12-25", "Fri 25 Dec 2026"),
    ("date", "6.6.2026", "2026-06-06", "Sat 6 Jun 2026"),
    ("style", "natural", "n", "Natural"),
    ("style", "In the studio,  please.", "s", "In the studio, please"),
    ("pets", "yep", "yes", "Yes"),
    ("pets", "No", "no", "No"),
]

TOO_LONG = {"hint": "too-long", "most": LONGEST_NUMBER}
#: What is no answer to a field, and why.
WRONG: list[tuple[str, Said | str, type[Refusal], dict[str, Any]]] = [
    ("line", "x" * (LONGEST[FieldKind.LINE] + 7), TextTooLong, {"most": 1000, "length": 1007, "over": 7}),
    ("text", "x" * (LONGEST[FieldKind.TEXT] + 1), TextTooLong, {"most": 4000, "length": 4001, "over": 1}),
    ("line", "  ", Misread, {"key": "line"}),
    ("text", Unreadable("voice"), Misread, {"key": "text"}),
    ("number", "two", NotANumber, {}),
    ("number", "1e3", NotANumber, {}),
    ("number", "2 kids", NotANumber, {}),
    ("number", "1,5", NotANumber, {}),
    ("number", "1.500", NotANumber, {"hint": "unclear"}),
    ("number", "12", TooMany, {}),
    ("number", "9" * 5000, NotANumber, {}),
    ("number", "9" * (LONGEST_NUMBER + 1), NotANumber, TOO_LONG),
    ("number", "9" * 30, NotANumber, TOO_LONG),
    ("number", f"-{'9' * LONGEST_NUMBER}", NotANumber, TOO_LONG),
    ("number", f"1.{'0' * 28}1", NotANumber, TOO_LONG),
    ("number", f"1.{'0' * 200}1", NotANumber, TOO_LONG),
    ("line", "\u200b\u200b", Misread, {"key": "line"}),
    ("text", "\u3164 \n\u2800", Misread, {"key": "text"}),
    ("date", "5/6/2026", NotADay, {"hint": "order"}),
    ("date", "12 December", NotADay, {"hint": "year"}),
    ("date", "12/25", NotADay, {"hint": "year"}),
    ("date", "12 Dec 26", NotADay, {"hint": "year"}),
    ("date", "Saturday", NotADay, {"hint": "year"}),
    ("date", "Friday 12 December 2026", NotADay, {"hint": "weekday"}),
    ("date", "2026-02-30", NotADay, {"hint": "none"}),
    ("date", "December 2026", NotADay, {}),
    ("date", "12 December 2026 at 10", NotADay, {}),
    ("date", "so", NotADay, {}),
    ("date", "12 " * 700, NotADay, {}),
    ("style", "purple", Misread, {"key": "choice"}),
    ("style", Pressed("0:pick.x"), Misread, {"key": "choice"}),
    ("style", Pressed("0:skip"), Misread, {"key": "choice"}),
    ("pets", "maybe", Misread, {"key": "yes-no"}),
    ("coming", "Adults, cats", Misread, {"key": "choices"}),
    ("coming", "done", Misread, {"key": "choices"}),
    ("coming", Pressed("0:done"), Misread, {"key": "choices"}),
    ("coming", Pressed("0:on.x"), Misread, {"key": "choices"}),
    ("photos", "done", Misread, {"key": "photos"}),
    ("photos", Unreadable("photo"), Misread, {"key": "photos"}),
    ("photos", Pressed("0:remove.x"), Misread, {"key": "photos"}),
    ("photos", UnusablePhoto(Unusable.BROKEN), PhotoUnusable, {"hint": "broken"}),
]


@pytest.mark.rule("B6", "F5")
@pytest.mark.parametrize(("id", "said", "kept", "spoken"), RIGHT)
def test_a_typed_answer_is_read_by_its_kind(id: str, said: str, kept: str, spoken: str) -> None:
    chat = Chat((id,))
    chat.says(said)

    assert chat.answers == {id: kept}
    assert WORDS.phrase(answer_words(FIELDS[id], chat.turn, kept), "en") == spoken


@pytest.mark.rule("B6", "F5")
@pytest.mark.parametrize(("id", "said", "refusal", "facts"), WRONG)
def test_what_is_no_answer_is_refused_and_asked_again(
    id: str, said: Said | str, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    chat = Chat((id,))
    before = chat.talk.to_json()

    with pytest.raises(refusal) as refused:
        chat.says(said)

    assert refused.value.facts == facts
    assert chat.at == f"q.{id}"
    assert chat.talk.to_json() == before


@pytest.mark.rule("F5")
@pytest.mark.parametrize("id", FIELDS)
def test_an_optional_question_can_be_skipped_and_a_required_one_cannot(id: str) -> None:
    chat = Chat((id,), optional=True)
    chat.taps("Skip")

    assert chat.answers == {id: ""}
    assert ["Skip"] not in Chat((id,)).buttons


# -- one choice --


@pytest.mark.rule("B6")
def test_a_tapped_option_answers() -> None:
    chat = Chat(("style", "pets"))
    assert chat.buttons == [["Natural"], ["In the studio, please"]]
    chat.taps("Natural")
    assert chat.buttons == [["Yes", "No"]]
    chat.taps("No")

    assert chat.answers == {"style": "n", "pets": "no"}


def test_an_option_that_was_chosen_is_marked_when_it_is_asked_again() -> None:
    chat = Chat(("style", "pets"))
    chat.taps("Natural")
    go_back(chat.flow, chat.turn)

    assert chat.buttons == [["Natural (now)"], ["In the studio, please"]]


# -- several choices --


@pytest.mark.rule("B6", "F5")
def test_ticks_are_set_and_unset_at_one_revision_and_done_answers() -> None:
    chat = Chat(("coming",))
    assert chat.buttons == [["☐ Adults", "☐ Children"], ["☐ Baby", "☐ Dog"]]
    revision = chat.talk.revision
    for label in ("☐ Dog", "☐ Adults", "☐ Baby", "☑ Baby"):
        chat.taps(label)

    assert chat.talk.revision == revision
    assert chat.buttons == [["☑ Adults", "☐ Children"], ["☐ Baby", "☑ Dog"], ["Done, 2 chosen"]]
    chat.taps("Done, 2 chosen")
    assert chat.answers == {"coming": "a\nd"}
    assert chat.talk.revision > revision


def test_a_double_tap_ticks_once() -> None:
    chat = Chat(("coming",))
    for _ in range(2):
        chat.says(Pressed("0:on.a"))

    assert "☑ Adults" in chat.buttons[0]


@pytest.mark.rule("F5")
def test_typed_labels_tick_what_they_name_and_done_can_be_typed() -> None:
    chat = Chat(("coming",))
    chat.says("dog; adults")
    chat.says("Baby")
    chat.says("Done!")

    assert chat.answers == {"coming": "a\nb\nd"}
    assert WORDS.phrase(answer_words(FIELDS["coming"], chat.turn, "a\nb\nd"), "en") == "Adults, Baby, and Dog"


def test_ticks_that_were_answered_stand_there_when_they_are_changed() -> None:
    chat = Chat(("coming", "pets"))
    chat.says("Dog")
    chat.taps("Done, 1 chosen")
    go_back(chat.flow, chat.turn)
    assert chat.buttons[1:] == [["☐ Baby", "☑ Dog"], ["Done, 1 chosen"]]
    chat.taps("☑ Dog")
    chat.taps("☐ Adults")
    chat.taps("Done, 1 chosen")
    chat.taps("Yes")

    assert chat.answers == {"coming": "a", "pets": "yes"}


# -- texts, numbers, days --


@pytest.mark.rule("F8")
def test_an_answer_that_is_changed_can_be_kept() -> None:
    chat = Chat(("line", "number", "date"))
    for said in ("Oak Street " * 10, "2.50", "12 December 2026"):
        chat.says(said)
    kept = dict(chat.answers)
    for id, label in (
        ("line", "Keep as it is"),
        ("number", "Keep 2.5"),
        ("date", "Keep Sat 12 Dec 2026"),
    ):
        chat.change(id)
        assert chat.buttons == [[label]]
        chat.taps(label)

    assert chat.answers == kept
    assert chat.at == "end"


@pytest.mark.rule("F5")
def test_a_day_is_said_back_in_full() -> None:
    chat = Chat(("date",))
    chat.says("2026-12-05")

    notice = chat.screen.notice
    assert notice
    assert WORDS.phrase(notice, "en") == "Noted: Sat 5 Dec 2026."


@pytest.mark.parametrize(
    ("language", "said", "kept"),
    [
        ("de", "Samstag, 12. Dezember 2026", "2026-12-12"),
        ("es", "12 de diciembre de 2026", "2026-12-12"),
        ("ru", "в субботу 12 декабря 2026 года", "2026-12-12"),
        ("pt-br", "segunda-feira 14 de dezembro de 2026", "2026-12-14"),
        ("de", "12 December 2026", "2026-12-12"),
        ("tlh", "12 December 2026", "2026-12-12"),
    ],
)
def test_a_day_is_read_in_the_persons_language_and_in_english(language: str, said: str, kept: str) -> None:
    chat = Chat(("date",), language=language)
    chat.says(said)

    assert chat.answers == {"date": kept}


@pytest.mark.parametrize(
    ("language", "said", "kept"), [("de", "1,5", "1.5"), ("fr", "1 500", "1500"), ("de", "1.000", "1000")]
)
def test_a_number_is_read_as_the_persons_language_writes_it(language: str, said: str, kept: str) -> None:
    from conversations.typed_numbers import read_number

    assert read_number(said, language) == kept


# -- pictures --


@pytest.mark.rule("B6", "F5")
def test_pictures_are_kept_one_by_one_up_to_three() -> None:
    chat = Chat(("photos",))
    assert chat.said == ["About photos?", "Send up to 3 pictures, one by one or together."]
    revision = chat.talk.revision
    for number in range(3):
        assert FileKind.PICTURE in files_awaited(chat.flow, chat.turn)
        chat.says(SentPhoto(b"p"))
        assert chat.said[-1] == f"{number + 1} of 3 received."
    assert FileKind.PICTURE not in files_awaited(chat.flow, chat.turn)
    for said in (SentPhoto(b"p"), Unreadable("photo")):
        with pytest.raises(TooManyPhotos):
            chat.says(said)

    assert chat.buttons == [["Done", "Remove last"]]
    assert chat.talk.revision == revision
    chat.taps("Done")
    assert chat.answers == {"photos": "p1\np2\np3"}
    assert chat.album.photos == ["p1", "p2", "p3"]


def test_the_last_picture_can_be_taken_back_and_is_dropped() -> None:
    chat = Chat(("photos",))
    for _ in range(2):
        chat.says(SentPhoto(b"p"))
    chat.taps("Remove last")
    with pytest.raises(Misread):
        chat.says(Pressed("0:remove.p2"))
    chat.says("done")

    assert chat.answers == {"photos": "p1"}
    assert chat.album.photos == ["p1"]


@pytest.mark.rule("F8")
def test_a_picture_of_an_answer_is_dropped_only_when_there_is_another_answer() -> None:
    chat = Chat(("photos", "pets"))
    for _ in range(2):
        chat.says(SentPhoto(b"p"))
    chat.taps("Done")
    go_back(chat.flow, chat.turn)
    chat.taps("Remove last")
    chat.says(SentPhoto(b"q"))
    assert chat.album.photos == ["p1", "p2", "q3"]
    chat.taps("Done")
    chat.taps("Yes")

    assert chat.answers == {"photos": "p1\nq3", "pets": "yes"}
    assert chat.album.photos == ["p1", "q3"]


def test_skipped_pictures_are_dropped() -> None:
    chat = Chat(("photos",), optional=True)
    chat.says(SentPhoto(b"p"))
    assert chat.buttons == [["Done", "Remove last"], ["Skip"]]
    chat.taps("Skip")

    assert chat.answers == {"photos": ""}
    assert chat.album.photos == []


@pytest.mark.parametrize("id", [id for id in FIELDS if id != "photos"])
def test_no_other_question_wants_a_picture(id: str) -> None:
    chat = Chat((id,))

    assert FileKind.PICTURE not in files_awaited(chat.flow, chat.turn)
    with pytest.raises(Misread):
        chat.says(SentPhoto(b"p"))


# -- all at once --


@pytest.mark.rule("F5")
def test_a_form_that_comes_whole_has_ids_and_plain_values() -> None:
    chat = Chat(tuple(FIELDS), language="de")
    sent = {
        "line": "Oak Street",
        "text": "We are four.",
        "number": "1.5",
        "date": "2026-12-12",
        "style": "s",
        "coming": "d\na",
        "pets": "no",
        "photos": "somebody else's",
    }
    chat.says(Filled(sent, {"photos": (b"p", b"q")}))

    assert chat.answers == sent | {"coming": "a\nd", "photos": "p1\nq2"}


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("style", "Natural"),
        ("style", "n\ns"),
        ("coming", "a\nx"),
        ("pets", ""),
        ("number", "1,5"),
        ("date", "6/5/2026"),
    ],
)
def test_a_form_that_comes_whole_is_read_as_strictly(id: str, value: str) -> None:
    chat = Chat((id,))
    with pytest.raises(Refusal):
        chat.says(Filled({id: value}))

    assert chat.at == f"q.{id}"


@pytest.mark.parametrize("count", [0, 4])
def test_a_form_that_comes_whole_has_as_many_pictures_as_are_asked_for(count: int) -> None:
    chat = Chat(("photos",))
    with pytest.raises(Refusal):
        chat.says(Filled({}, {"photos": (b"p",) * count}))

    assert chat.album.photos == []


def test_a_form_that_comes_whole_may_leave_out_what_is_optional() -> None:
    chat = Chat(tuple(FIELDS), optional=True)
    chat.says(Filled({}))

    assert chat.answers == dict.fromkeys(FIELDS, "")


def test_a_form_shows_what_can_be_chosen_and_what_was_answered() -> None:
    chat = Chat(("coming", "pets"))
    chat.says("Dog")
    chat.taps("Done, 1 chosen")

    coming, pets = WORDS.speak(chat.screen, "en").form
    assert (coming.value, [one.label for one in coming.options]) == ("d", [label for _, label in COMERS])
    assert (pets.value, [one.label for one in pets.options]) == ("", ["Yes", "No"])


# -- going through it --


@pytest.mark.rule("F5", "F8")
def test_going_back_asks_the_question_before() -> None:
    chat = Chat(("pets", "coming", "photos"))
    chat.taps("Yes")
    chat.says("Dog")
    go_back(chat.flow, chat.turn)
    assert chat.at == "q.pets"
    chat.taps("Yes (now)")

    assert chat.at == "q.coming"
    assert "☑ Dog" in chat.buttons[1]


@pytest.mark.rule("F5")
def test_the_questions_are_counted() -> None:
    chat = Chat(("pets", "coming", "photos"))
    chat.taps("Yes")

    progress = chat.screen.progress
    assert progress
    assert (progress.part, progress.parts) == (2, 3)


def test_a_step_is_told_once_that_the_talk_came_to_it() -> None:
    chat = Chat(("pets", "line"))
    for _ in range(2):
        enter(chat.flow, chat.turn)
    chat.taps("Yes")
    enter(chat.flow, chat.turn)
    assert chat.album.entered == ["q"]
    chat.says("Oak Street")
    enter(chat.flow, chat.turn)
    go_back(chat.flow, chat.turn)
    enter(chat.flow, chat.turn)

    assert chat.album.entered == ["q", "end", "q"]


def test_a_step_is_told_again_when_its_course_had_to_wait() -> None:
    chat = Chat(("pets",))
    enter(chat.flow, chat.turn)
    chat.talk.park()
    chat.talk.end()
    enter(chat.flow, chat.turn)

    assert chat.album.entered == ["q", "q"]
