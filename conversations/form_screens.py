"""How the fields of forms are shown: each as a screen of its own, and all together where the messenger has forms."""

from collections.abc import Sequence
from typing import Final, TypeVar

from conversations.fields import answer_words
from conversations.forms import DONE, KEEP, SKIP, Asked, Form
from conversations.screens import (
    Button,
    Choose,
    FieldKind,
    FormField,
    Line,
    Option,
    Say,
    Screen,
    ShareContact,
    Style,
    say,
)
from conversations.turn import Turn

SHORT: Final = 16  # characters of a label that leaves room for another beside it
KEPT_SHOWN: Final = 40  # characters of a kept answer on its button

T = TypeVar("T", bound=Turn)


def form_screen(form: Form[T], part: str, turn: T) -> Screen:
    """The field that is asked, and beside it the whole form for a messenger that shows forms."""
    asked = Asked(form.field_at(part), part, turn)
    above = form.above(turn)
    skip = ((Button(say("button-skip"), Choose(SKIP)),),) if asked.is_optional else ()
    return Screen(
        lines=(*above, Line(asked.field.ask(turn), gap=bool(above)), *_hint(asked), *form.below(turn)),
        rows=tuple(row for row in (*_rows(asked), *skip, form.beside(turn)) if row),
        form=tuple(_form_field(Asked(one, f"{form.id}.{one.id}", turn)) for one in form.fields),
        form_title=say(form.title),
        placeholder=asked.field.placeholder,
    )


def _hint(asked: Asked[T]) -> tuple[Line, ...]:
    """How the kind is answered, where the buttons do not show it."""
    match asked.field.kind:
        case FieldKind.DATE:
            return (Line(say("date-hint")),)
        case FieldKind.PHOTOS if sent := len(asked.set_now):
            return (Line(say("photos-received", count=sent, most=asked.field.most_photos)),)
        case FieldKind.PHOTOS:
            return (Line(say("photos-hint", most=asked.field.most_photos)),)
        case _:
            return ()


def _rows(asked: Asked[T]) -> tuple[tuple[Button, ...], ...]:
    offered = asked.field.choices(asked.turn)
    match asked.field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return _side_by_side(asked, [_option_button(asked, one) for one in offered])
        case FieldKind.CHOICES:
            done = say("button-done", count=len(asked.set_now))
            return (*_side_by_side(asked, [_tick_button(asked, one) for one in offered]), *_done_row(asked, done))
        case FieldKind.PHOTOS:
            return _done_row(asked, say("button-photos-done"))
        case _:
            return _typed_rows(asked)


def _option_button(asked: Asked[T], option: Option) -> Button:
    is_now = option.id == asked.before
    return Button(
        say("button-option-now" if is_now else "button-option", label=option.label), Choose(f"pick.{option.id}")
    )


def _tick_button(asked: Asked[T], option: Option) -> Button:
    if option.id in asked.set_now:
        return Button(say("button-ticked", label=option.label), Choose(f"off.{option.id}"))
    return Button(say("button-unticked", label=option.label), Choose(f"on.{option.id}"))


def _side_by_side(asked: Asked[T], buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two in a row, where all labels are short."""
    labels = (asked.turn.words.phrase(one.label, asked.turn.language) for one in buttons)
    width = 2 if all(len(label) <= SHORT for label in labels) else 1
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _done_row(asked: Asked[T], label: Say) -> tuple[tuple[Button, ...], ...]:
    if not asked.set_now:
        return ()
    done = Button(label, Choose(DONE), Style.PRIMARY)
    if asked.field.kind is FieldKind.PHOTOS:
        return ((done, Button(say("button-photo-remove"), Choose(f"remove.{asked.set_now[-1]}"))),)
    return ((done,),)


def _typed_rows(asked: Asked[T]) -> tuple[tuple[Button, ...], ...]:
    """What can be tapped instead of typing: the answer from before, one's own number, what is known."""
    rows: list[tuple[Button, ...]] = []
    if asked.before:
        rows.append((Button(_keep(asked), Choose(KEEP)),))
    if asked.field.kind is FieldKind.PHONE:
        rows.append((Button(say("button-share-phone"), ShareContact()),))
    for number, offered in enumerate(asked.field.suggestions(asked.turn)):
        if offered != asked.before:
            rows.append((Button(say("button-use", text=offered), Choose(f"use{number}")),))
    return tuple(rows)


def _keep(asked: Asked[T]) -> Say:
    """The answer from before, by its words where a button holds them: a part would seem to be all that is kept."""
    said = asked.turn.words.phrase(answer_words(asked.field, asked.turn, asked.before), asked.turn.language)
    in_one_line = " · ".join(filter(None, map(str.strip, said.split("\n"))))
    return say("button-keep", text=in_one_line) if len(in_one_line) <= KEPT_SHOWN else say("button-keep-as-is")


def _form_field(asked: Asked[T]) -> FormField:
    field, turn = asked.field, asked.turn
    return FormField(
        id=field.id,
        kind=field.kind,
        label=field.label,
        required=field.required(turn),
        hint=field.placeholder,
        value=asked.before or next(iter(field.suggestions(turn)), ""),
        options=field.choices(turn),
        most_photos=field.most_photos,
    )
