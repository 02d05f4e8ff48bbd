"""Slack's renderer: what stands in the blocks, each limit and one beyond, texts that would like to be markup."""

import re
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.slack.render import (
    ANSWER,
    BUTTON_LIMIT,
    EXTERNAL_ID_LIMIT,
    FALLBACK_LIMIT,
    INPUT_LIMIT,
    MESSAGE_BLOCKS_LIMIT,
    OPTION_LIMIT,
    OPTION_VALUE_LIMIT,
    OPTIONS_LIMIT,
    ROW_LIMIT,
    SELECT_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
    VALUE_LIMIT,
    field_errors,
    render_message,
    render_view,
)
from conversations.cards import Card, CardButton, CardField, CardLine, CardOption, Drawing, Span
from conversations.screens import Choose, Copy, Do, FieldKind, Look, Open, ShareContact
from tests.bots.cards import (
    BOOKED,
    CONTRACT,
    DEADLINE,
    DETAILS,
    HELD,
    HOSTILE,
    LISTING,
    PHONE,
    STORYBOARD,
    a_card,
    a_line,
)
from tests.bots.render_checks import check_slack, rich_texts


def blocks_of(card: Card, **pictures: str) -> list[Any]:
    blocks: Any = render_message(card, pictures)["blocks"]
    return blocks


def view_of(card: Card) -> Any:
    return render_view(card, external_id="bk-1")


def buttons_of(card: Card) -> list[Any]:
    return [element for block in blocks_of(card) if block["type"] == "actions" for element in block["elements"]]


# -- the storyboard's cards --


@pytest.mark.parametrize("card", STORYBOARD)
def test_the_storyboards_cards_are_taken_by_slack_as_messages_and_as_views(card: Card) -> None:
    message, view = check_slack(card)

    assert message["blocks"]
    assert view["blocks"]


def test_a_message_is_rich_text_and_a_row_of_buttons_a_block() -> None:
    assert blocks_of(HELD) == [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {
                            "type": "text",
                            "text": "Sat 28 Nov, 10:15 AM (Chicago) is held for you",
                            "style": {"bold": True},
                        },
                        {"type": "text", "text": "\n"},
                        {"type": "text", "text": "until "},
                        {"type": "date", "timestamp": DEADLINE, "format": "{time}", "fallback": "6:32 PM"},
                        {"type": "text", "text": ", "},
                        {"type": "text", "text": "in 15 minutes", "style": {"bold": True}},
                        {"type": "text", "text": "\n\n"},
                        {"type": "text", "text": "Step 3 of 6 · Your details (1 of 3)", "style": {"bold": True}},
                        {"type": "text", "text": "\n"},
                        {"type": "text", "text": "What's your full name?"},
                    ],
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "press.0.0",
                    "text": {"type": "plain_text", "text": 'Use "Ana Torres"', "emoji": False},
                    "value": "12:known",
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": f"press.1.{place}",
                    "text": {"type": "plain_text", "text": label, "emoji": False},
                    "value": f"12:{choice}",
                }
                for place, (label, choice) in enumerate((("‹ Back", "back"), ("Cancel", "cancel")))
            ],
        },
    ]


def test_quoted_lines_are_one_quote_and_empty_lines_stand_outside() -> None:
    (text, *_) = blocks_of(CONTRACT)

    assert [(element["type"], "".join(rich_texts(element))) for element in text["elements"]] == [
        (
            "rich_text_section",
            "In short (the full text is what counts):\n1. You get 10 edited photos within 14 days.\n",
        ),
        ("rich_text_quote", "Article 1\nThe photographer & the client agree.\n\nArticle 2"),
        ("rich_text_section", "\nMay Luna Photo show your photos?"),
    ]


def test_buttons_open_and_do_and_what_is_to_be_copied_can_be_read() -> None:
    text, *_ = blocks_of(BOOKED)

    assert "".join(rich_texts(text)).endswith("paid $150.00\nCopy number LP-4821")
    assert [(b["text"]["text"], b.get("url"), b.get("value"), b.get("style")) for b in buttons_of(BOOKED)] == [
        ("Map", "https://maps.example/?q=Riverside+Park", None, None),
        ("Cancel booking", None, "cancel_booking:bk_4821", "danger"),
    ]


def test_what_slack_cannot_do_is_left_out_and_no_row_stays_empty() -> None:
    assert [b["text"]["text"] for b in buttons_of(PHONE)] == ["Skip", "‹ Back", "Cancel"]
    assert [block["type"] for block in blocks_of(a_card("Go", CardButton("Share", ShareContact())))] == ["rich_text"]


def test_a_picture_is_shown_where_it_has_an_address_with_the_cards_words_beside_it() -> None:
    address = "https://pictures.example/collage.jpg"
    (image, *_) = blocks_of(LISTING, **{"collage.jpg": address})

    assert (image["type"], image["image_url"]) == ("image", address)
    assert "20-minute portraits" in image["alt_text"]
    assert "image" not in [block["type"] for block in blocks_of(LISTING)]


def test_a_drawing_is_left_out_where_it_has_no_address() -> None:
    card = replace(LISTING, picture=Drawing("card/fall/post", "en"))

    assert "image" not in [block["type"] for block in blocks_of(card)]
    assert blocks_of(card, **{"card/fall/post": "https://pictures.example/card.jpg"})[0]["type"] == "image"


def test_a_form_is_one_modal_with_all_its_fields() -> None:
    view = view_of(DETAILS)

    assert {name: view[name] for name in view if name != "blocks"} == {
        "type": "modal",
        "callback_id": "talk",
        "external_id": "bk-1",
        "private_metadata": "5",
        "notify_on_close": True,
        "title": {"type": "plain_text", "text": "Headshot Day · 2 of 5", "emoji": False},
        "submit": {"type": "plain_text", "text": "Next", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
    }
    assert [(b["block_id"], b["element"], b["optional"]) for b in view["blocks"] if b["type"] == "input"] == [
        ("name", {"type": "plain_text_input", "action_id": "answer", "initial_value": "Ana <Torres>"}, False),
        ("email", {"type": "email_text_input", "action_id": "answer"}, False),
        ("phone", {"type": "plain_text_input", "action_id": "answer"}, True),
    ]
    assert field_errors(DETAILS) == {"email": "That email looks cut off."}


def test_a_screen_without_a_form_is_a_modal_that_cannot_be_sent() -> None:
    view = view_of(HELD)

    assert "submit" not in view
    assert view["title"]["text"] == "Sat 28 Nov, 10:15 AM (C…"
    assert [block["type"] for block in view["blocks"]] == ["rich_text", "actions", "actions"]


def test_the_title_of_a_modal_is_a_title_or_else_the_first_line() -> None:
    assert view_of(a_card("Which day?"))["title"]["text"] == "Which day?"
    assert view_of(replace(a_card(), lines=(a_line("a"), a_line("b", Look.TITLE))))["title"]["text"] == "b"


# -- limits --


@pytest.mark.parametrize(("length", "blocks"), [(TEXT_LIMIT, 1), (TEXT_LIMIT + 1, 2)])
def test_a_long_text_goes_on_in_another_block(length: int, blocks: int) -> None:
    card = a_card("x" * length)

    assert len(blocks_of(card)) == blocks
    check_slack(card)


def test_a_long_text_is_cut_between_words() -> None:
    card = a_card("word " * 2000)

    pieces = ["".join(rich_texts(block)) for block in blocks_of(card)]

    assert "".join(pieces) == "word " * 2000
    assert all(len(piece) <= TEXT_LIMIT and piece.endswith(" ") for piece in pieces)


def test_a_message_of_too_many_blocks_is_refused() -> None:
    row = (CardButton("Go", Choose("go")),)

    check_slack(replace(a_card(), rows=(row,) * (MESSAGE_BLOCKS_LIMIT - 1)))
    with pytest.raises(ValueError, match="51 blocks"):
        render_message(replace(a_card(), rows=(row,) * MESSAGE_BLOCKS_LIMIT))


def test_a_row_of_too_many_buttons_is_refused() -> None:
    button = CardButton("Go", Choose("go"))

    check_slack(replace(a_card(), rows=((button,) * ROW_LIMIT,)))
    with pytest.raises(ValueError, match="too many buttons"):
        render_message(replace(a_card(), rows=((button,) * (ROW_LIMIT + 1),)))


@pytest.mark.parametrize(("length", "shown"), [(BUTTON_LIMIT, "x" * 75), (BUTTON_LIMIT + 1, "x" * 74 + "…")])
def test_a_long_label_is_shortened(length: int, shown: str) -> None:
    card = a_card("Go", CardButton("x" * length, Choose("go")))

    assert buttons_of(card)[0]["text"]["text"] == shown
    check_slack(card)


def test_the_labels_of_a_modal_are_shortened() -> None:
    view = view_of(replace(DETAILS, form_title="t" * 25, form_submit="s" * 24, form_close="c" * 25))

    shown = [view[name]["text"] for name in ("title", "submit", "close")]
    assert shown == ["t" * 23 + "…", "s" * 24, "c" * 23 + "…"]
    assert {len(text) for text in shown} == {TITLE_LIMIT}


def test_a_button_carries_so_much_and_no_more() -> None:
    check_slack(a_card("Go", CardButton("Go", Choose("x" * (VALUE_LIMIT - 2)))))
    with pytest.raises(ValueError, match="not to be carried"):
        render_message(a_card("Go", CardButton("Go", Choose("x" * (VALUE_LIMIT - 1)))))
    check_slack(a_card("Go", CardButton("Go", Open("https://x.example/".ljust(URL_LIMIT, "x")))))
    with pytest.raises(ValueError, match="no address"):
        render_message(a_card("Go", CardButton("Go", Open("https://x.example/".ljust(URL_LIMIT + 1, "x")))))


@pytest.mark.parametrize("deed", ["", "12", "a:b", "Keep it"])
def test_a_deed_that_could_be_taken_for_a_step_is_refused(deed: str) -> None:
    with pytest.raises(ValueError, match="no name of a deed"):
        render_message(a_card("Go", CardButton("Go", Do(deed, "bk_1"))))


def test_a_field_holds_so_much_and_no_more() -> None:
    name = DETAILS.form[0]

    check_slack(replace(DETAILS, form=(replace(name, value="x" * INPUT_LIMIT),)))
    with pytest.raises(ValueError, match="too long for a field"):
        view_of(replace(DETAILS, form=(replace(name, value="x" * (INPUT_LIMIT + 1)),)))


@pytest.mark.parametrize("external_id", ["", "x" * (EXTERNAL_ID_LIMIT + 1)])
def test_a_view_is_named_within_slacks_limit(external_id: str) -> None:
    with pytest.raises(ValueError, match="external id"):
        render_view(HELD, external_id=external_id)


@pytest.mark.parametrize("card", [Card(lines=()), a_card(" \n "), Card(lines=(), picture="collage.jpg")])
def test_a_card_without_words_is_refused_since_notifications_need_them(card: Card) -> None:
    with pytest.raises(ValueError, match="says nothing"):
        render_message(card)


# -- hostile texts --


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("look", Look)
def test_what_somebody_typed_is_shown_and_is_never_markup(text: str, look: Look) -> None:
    line = CardLine((Span("Thanks, "), Span(text), Span("!")), look)
    card = Card(lines=(line,), rows=((CardButton(text, Choose("go")), CardButton("Copy", Copy(text))),))

    message, _ = check_slack(card)

    assert "".join(rich_texts(message["blocks"])) == f"Thanks, {text}!\nCopy {text}"
    shortened = text if len(text) <= BUTTON_LIMIT else f"{text[: BUTTON_LIMIT - 1]}…"
    assert buttons_of(card)[0]["text"] == {"type": "plain_text", "text": shortened, "emoji": False}
    assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", str(message["text"]))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 300))
def test_however_long_no_text_is_refused_or_lost(text: str, times: int) -> None:
    card = Card(lines=(a_line(text * times), a_line("End.", gap=True)))

    message, _ = check_slack(card)

    assert "".join(rich_texts(message["blocks"])) == f"{text * times}\n\nEnd."
    assert len(str(message["text"])) <= FALLBACK_LIMIT * len("&amp;")


# -- fields of a form --

FEW = tuple(CardOption(f"{number}", f"Number {number}") for number in range(OPTIONS_LIMIT))
MANY = tuple(CardOption(f"{number}", f"Number {number}") for number in range(OPTIONS_LIMIT + 1))


def input_of(kind: FieldKind, *, value: str = "", options: tuple[CardOption, ...] = ()) -> dict[str, object]:
    """The field's input, in a view that Slack's models take."""
    field = CardField(id="q1", kind=kind, label="Who is coming?", value=value, options=options)
    _, view = check_slack(replace(DETAILS, form=(field,)))
    (block,) = [one for one in cast("list[Any]", view["blocks"]) if one["type"] == "input"]
    element = dict(block["element"])
    assert element.pop("action_id") == ANSWER
    return element


def shown(*options: CardOption) -> list[dict[str, object]]:
    return [{"text": {"type": "plain_text", "text": one.label, "emoji": False}, "value": one.id} for one in options]


@pytest.mark.parametrize(
    ("kind", "value", "element"),
    [
        (FieldKind.LINE, "", {"type": "plain_text_input"}),
        (FieldKind.TEXT, "a\nb", {"type": "plain_text_input", "multiline": True, "initial_value": "a\nb"}),
        (FieldKind.NUMBER, "2.5", {"type": "number_input", "is_decimal_allowed": True, "initial_value": "2.5"}),
        (FieldKind.DATE, "2026-12-12", {"type": "datepicker", "initial_date": "2026-12-12"}),
        (FieldKind.DATE, "", {"type": "datepicker"}),
        (FieldKind.PHOTOS, "f1\nf2", {"type": "file_input", "max_files": 3}),
    ],
)
def test_each_kind_of_question_has_its_input(kind: FieldKind, value: str, element: dict[str, object]) -> None:
    assert input_of(kind, value=value) == element


@pytest.mark.parametrize(
    ("kind", "options", "element"),
    [
        (FieldKind.CHOICE, FEW, "radio_buttons"),
        (FieldKind.YES_NO, FEW[:2], "radio_buttons"),
        (FieldKind.CHOICE, MANY, "static_select"),
    ],
)
def test_one_choice_is_radio_buttons_or_a_list_where_there_are_many(
    kind: FieldKind, options: tuple[CardOption, ...], element: str
) -> None:
    assert input_of(kind, options=options) == {"type": element, "options": shown(*options)}
    assert input_of(kind, options=options, value="1")["initial_option"] == shown(options[1])[0]


@pytest.mark.parametrize(("options", "element"), [(FEW, "checkboxes"), (MANY, "multi_static_select")])
def test_several_choices_are_checkboxes_or_a_list_where_there_are_many(
    options: tuple[CardOption, ...], element: str
) -> None:
    assert input_of(FieldKind.CHOICES, options=options) == {"type": element, "options": shown(*options)}
    ticked = input_of(FieldKind.CHOICES, options=options, value="3\n1")
    assert ticked["initial_options"] == shown(options[1], options[3])


def test_a_choice_has_so_many_options_and_no_more() -> None:
    options = tuple(CardOption(f"{number}", "x" * 80) for number in range(SELECT_LIMIT + 1))
    first = cast("Any", input_of(FieldKind.CHOICE, options=options[:-1])["options"])[0]
    assert first["text"]["text"] == "x" * (OPTION_LIMIT - 1) + "…"
    for wrong in (options, (), (CardOption("x" * (OPTION_VALUE_LIMIT + 1), "x"),)):
        with pytest.raises(ValueError, match="option"):
            input_of(FieldKind.CHOICE, options=wrong)


def test_a_long_text_from_a_messenger_with_more_room_is_not_shown_cut() -> None:
    assert "initial_value" not in input_of(FieldKind.TEXT, value="x" * (INPUT_LIMIT + 1))
