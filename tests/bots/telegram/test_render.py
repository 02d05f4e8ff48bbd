"""Telegram's renderer: what stands in the calls, each limit and one beyond, texts that would like to be markup."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.demo.telegram.entities import units
from bots.telegram.render import (
    BUTTONS_LIMIT,
    CALLBACK_LIMIT,
    CAPTION_LIMIT,
    CELEBRATION,
    COPY_LIMIT,
    PLACEHOLDER_LIMIT,
    ROW_LIMIT,
    TEXT_LIMIT,
    Call,
    as_document,
    as_edit,
    as_send,
    render,
    without_buttons,
    without_keyboard,
)
from conversations.cards import Card, CardButton, CardLine, Drawing, Enclosure, Span
from conversations.screens import Choose, Copy, Do, Look, Open, ShareContact
from tests.bots.cards import BOOKED, CONTRACT, DEADLINE, HELD, HOSTILE, LISTING, PHONE, STORYBOARD, a_card, a_line
from tests.bots.render_checks import check_telegram, parsed

CHAT = 77
OURS = {"bold", "blockquote", "expandable_blockquote", "date_time"}  # entities that a card may ask for
# What Telegram finds in any text by itself, and no bot can forbid.
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email"}


def sent(card: Card) -> list[Call]:
    return list(as_send(render(card), CHAT))


# -- documents --


def a_document(caption: str) -> Call:
    spans = (Span("Contract v3", bold=True), Span(caption)) if caption else ()
    return as_document(Enclosure(paper="signed:1", name="Fall-Minis-contract-v3.pdf", caption=spans), CHAT, "upload")


def test_a_document_comes_silently_with_its_caption() -> None:
    call = a_document(", 2 pages & no more")

    assert call == Call(
        "sendDocument",
        {
            "chat_id": CHAT,
            "document": "upload",
            "caption": "<b>Contract v3</b>, 2 pages &amp; no more",
            "parse_mode": "HTML",
            "disable_notification": True,
        },
    )


def test_a_document_needs_no_caption() -> None:
    assert a_document("").params == {"chat_id": CHAT, "document": "upload", "disable_notification": True}


@pytest.mark.parametrize("char", ["x", "😀"])
def test_a_documents_caption_is_cut_where_telegram_has_no_room(char: str) -> None:
    shown = parsed(a_document(char * CAPTION_LIMIT)).text

    assert shown.endswith(f"{char}…")
    assert CAPTION_LIMIT - 1 <= units(shown) <= CAPTION_LIMIT


@pytest.mark.parametrize("text", HOSTILE)
def test_a_documents_caption_is_never_markup(text: str) -> None:
    assert parsed(a_document(text)).text == f"Contract v3{text}"


# -- the storyboard's cards --


@pytest.mark.parametrize("card", STORYBOARD)
def test_the_storyboards_cards_are_taken_by_telegram_and_by_both_libraries(card: Card) -> None:
    assert check_telegram(card)


def test_a_card_is_html_with_inline_buttons_and_no_link_preview() -> None:
    (call,) = sent(HELD)

    assert call == Call(
        "sendMessage",
        {
            "chat_id": CHAT,
            "text": "<b>Sat 28 Nov, 10:15 AM (Chicago) is held for you</b>\n"
            f'until <tg-time unix="{DEADLINE}" format="t">6:32 PM</tg-time>, '
            f'<b><tg-time unix="{DEADLINE}" format="r">in 15 minutes</tg-time></b>\n'
            "\n"
            "<b>Step 3 of 6 · Your details (1 of 3)</b>\n"
            "What's your full name?",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {
                "inline_keyboard": [
                    [{"text": 'Use "Ana Torres"', "callback_data": "12:known"}],
                    [
                        {"text": "‹ Back", "callback_data": "12:back"},
                        {"text": "Cancel", "callback_data": "12:cancel"},
                    ],
                ]
            },
        },
    )


def test_a_deadline_can_be_seen_in_the_readers_own_zone_and_counted_down() -> None:
    (call,) = sent(HELD)

    times = [(e.unix_time, e.date_time_format) for e in parsed(call).entities if e.type == "date_time"]
    assert times == [(DEADLINE, "t"), (DEADLINE, "r")]


def test_a_picture_card_is_a_photo_with_a_caption() -> None:
    (call,) = as_send(render(LISTING), CHAT, photo="AgACAgIAAxkBAAI")

    assert call.method == "sendPhoto"
    assert call.params["photo"] == "AgACAgIAAxkBAAI"
    assert parsed(call).text.endswith("From $150, with 10 edited photos")
    assert "text" not in call.params


def test_a_drawing_is_a_photo_by_its_name() -> None:
    (call,) = sent(replace(LISTING, picture=Drawing("day/fall/saturday/1", "en")))

    assert (call.method, call.params["photo"]) == ("sendPhoto", "day/fall/saturday/1")


def test_quoted_lines_that_follow_each_other_are_one_folded_quote() -> None:
    (call,) = sent(CONTRACT)

    assert call.params["text"] == (
        "In short (the full text is what counts):\n"
        "1. You get 10 edited photos within 14 days.\n"
        "\n"
        "<blockquote expandable>Article 1\n"
        "The photographer &amp; the client agree.\n"
        "\n"
        "Article 2</blockquote>\n"
        "\n"
        "May Luna Photo show your photos?"
    )


def test_a_typed_answers_buttons_stand_beside_the_keyboard_with_its_example() -> None:
    (call,) = sent(PHONE)

    assert call.params["reply_markup"] == {
        "keyboard": [
            [{"text": "Share my number", "style": "primary", "request_contact": True}],
            [{"text": "Skip"}],
            [{"text": "‹ Back"}, {"text": "Cancel"}],
        ],
        "resize_keyboard": True,
        "is_persistent": True,
        "input_field_placeholder": "+1 312 555 0188",
    }


def test_an_example_without_any_button_needs_no_keyboard() -> None:
    (call,) = sent(a_card(placeholder="Your full name"))

    assert "reply_markup" not in call.params


def test_buttons_open_copy_and_do_and_good_news_has_an_effect() -> None:
    (call,) = sent(BOOKED)

    assert call.params["message_effect_id"] == CELEBRATION
    assert call.params["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Map", "url": "https://maps.example/?q=Riverside+Park"},
                {"text": "Copy number", "copy_text": {"text": "LP-4821"}},
            ],
            [{"text": "Cancel booking", "style": "danger", "callback_data": "cancel_booking:bk_4821"}],
        ]
    }


# -- editing --


def test_a_text_card_is_edited_in_its_place_without_effect_or_sound() -> None:
    call = as_edit(render(BOOKED), CHAT, 5)

    assert call is not None
    assert call.method == "editMessageText"
    assert call.params.keys() == {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"}


def test_a_picture_card_takes_an_older_messages_place() -> None:
    call = as_edit(render(LISTING), CHAT, 5, photo="AgACAgIAAxkBAAI")

    assert call is not None
    assert call.method == "editMessageMedia"
    assert call.params["media"] == {
        "type": "photo",
        "media": "AgACAgIAAxkBAAI",
        "caption": sent(LISTING)[0].params["caption"],
        "parse_mode": "HTML",
    }


@pytest.mark.parametrize("card", [PHONE, a_card("word " * 1000)])
def test_no_edit_brings_a_reply_keyboard_or_a_second_message(card: Card) -> None:
    assert as_edit(render(card), CHAT, 5) is None


def test_an_older_message_loses_its_buttons_and_the_chat_its_keyboard() -> None:
    assert without_buttons(CHAT, 5) == Call("editMessageReplyMarkup", {"chat_id": CHAT, "message_id": 5})
    call = without_keyboard(CHAT, "Thanks & noted")
    assert parsed(call).text == "Thanks & noted"
    assert call.params["reply_markup"] == {"remove_keyboard": True}


# -- long texts --


@pytest.mark.parametrize("char", ["x", "é", "🎉"])
def test_a_text_at_the_limit_is_one_message_and_one_more_is_two(char: str) -> None:
    most = TEXT_LIMIT // units(char)

    assert len(sent(a_card(char * most))) == 1
    assert [units(parsed(call).text) for call in sent(a_card(char * (most + 1)))] == [TEXT_LIMIT, units(char)]


def test_line_ends_count_too() -> None:
    at_limit = replace(a_card(), lines=(a_line("x" * 4000), a_line("y" * (TEXT_LIMIT - 4002), gap=True)))
    beyond = replace(a_card(), lines=(a_line("x" * 4000), a_line("y" * (TEXT_LIMIT - 4001), gap=True)))

    assert len(sent(at_limit)) == 1
    assert len(sent(beyond)) == 2


def test_markup_does_not_count() -> None:
    card = Card(lines=(CardLine((Span("&" * TEXT_LIMIT),), Look.TITLE),))

    assert len(sent(card)) == 1


def test_a_long_text_is_cut_at_line_ends_and_the_buttons_stand_under_the_last_message() -> None:
    paragraph = "A clause of the contract. " * 40
    card = replace(CONTRACT, lines=(a_line("Contract"), a_line("\n".join([paragraph] * 10), Look.QUOTE)))

    calls = sent(card)

    assert len(calls) == 4
    assert all(parsed(call).text.endswith("A clause of the contract.") for call in calls)
    assert [("reply_markup" in call.params, "disable_notification" in call.params) for call in calls] == [
        (False, True),
        (False, True),
        (False, True),
        (True, False),
    ]
    check_telegram(card)


def test_what_can_wait_makes_no_sound() -> None:
    (call,) = sent(replace(CONTRACT, quiet=True))

    assert call.params["disable_notification"] is True


def test_a_cut_line_keeps_how_its_words_look() -> None:
    bold, quiet = Span("b" * 3000, bold=True), Span("q" * 3000)

    first, second = sent(Card(lines=(CardLine((bold, quiet)),)))

    assert str(first.params["text"]).startswith("<b>bbb")
    assert "<b>" not in str(second.params["text"])


def test_a_caption_at_the_limit_stays_under_the_picture_and_what_is_more_follows() -> None:
    at_limit = a_card("x" * CAPTION_LIMIT, picture="collage.jpg")
    beyond = a_card("x" * (CAPTION_LIMIT + 1), CardButton("Book", Choose("book")), picture="collage.jpg")

    assert [call.method for call in sent(at_limit)] == ["sendPhoto"]
    photo, text = sent(beyond)
    assert (photo.method, text.method) == ("sendPhoto", "sendMessage")
    assert "caption" not in photo.params
    assert "reply_markup" in text.params


def test_after_a_caption_a_message_has_its_full_room() -> None:
    card = replace(LISTING, lines=(a_line("c" * CAPTION_LIMIT), a_line("x" * 4000), a_line("y" * 95)))

    assert [units(parsed(call).text) for call in sent(card)] == [CAPTION_LIMIT, TEXT_LIMIT]


@pytest.mark.parametrize("blank", [" ", "\n", "\u200b", "\u2066"])
def test_no_message_is_blank(blank: str) -> None:
    assert len(sent(a_card("x" + blank * (2 * TEXT_LIMIT)))) == 1
    with pytest.raises(ValueError, match="says nothing"):
        render(a_card(blank))


def test_a_picture_needs_no_words_but_a_message_does() -> None:
    picture = Card(lines=(), picture="collage.jpg")

    assert [call.method for call in sent(picture)] == ["sendPhoto"]
    with pytest.raises(ValueError, match="says nothing"):
        render(replace(picture, picture=None))


@settings(max_examples=30)  # the stand-in reads HTML one character after the other
@given(
    st.lists(st.text(st.sampled_from("ab \n🎉<&\u200bé"), max_size=12), max_size=3),
    st.integers(1, 400),
    st.booleans(),
)
def test_however_long_no_message_is_refused_and_no_word_is_lost(texts: list[str], times: int, pictured: bool) -> None:
    lines = tuple(a_line(text * times, gap=True) for text in texts)

    check_telegram(Card(lines=(*lines, a_line("End.")), picture="collage.jpg" if pictured else None))


# -- hostile texts --


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("look", Look)
def test_what_somebody_typed_is_shown_and_is_never_markup(text: str, look: Look) -> None:
    card = Card(lines=(CardLine((Span("Thanks, "), Span(text), Span("!")), look),))

    (call,) = sent(card)

    shown = parsed(call)
    assert shown.text == f"Thanks, {text}!"
    asked_for = {Look.PLAIN: [], Look.TITLE: ["bold"], Look.QUOTE: ["expandable_blockquote"]}[look]
    assert [e.type for e in shown.entities if e.type not in FOUND] == asked_for


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_at_all_is_markup(text: str) -> None:
    (call,) = sent(a_card(f"({text})"))

    shown = parsed(call)
    assert shown.text == f"({text})"
    assert {e.type for e in shown.entities} <= FOUND


# -- buttons at their limits --


def test_a_button_carries_64_bytes_and_not_one_more() -> None:
    choice = "é" * ((CALLBACK_LIMIT - 2) // 2)  # "3:" stands before it

    check_telegram(a_card("Go", CardButton("Go", Choose(choice))))
    with pytest.raises(ValueError, match="not to be carried"):
        render(a_card("Go", CardButton("Go", Choose(choice + "x"))))


@pytest.mark.parametrize("deed", ["", "12", "a:b", "Keep it"])
def test_a_deed_that_could_be_taken_for_a_step_is_refused(deed: str) -> None:
    with pytest.raises(ValueError, match="no name of a deed"):
        render(a_card("Go", CardButton("Go", Do(deed, "bk_1"))))


def test_rows_and_keyboards_have_an_end() -> None:
    row = tuple(CardButton("1", Choose(f"{n}")) for n in range(ROW_LIMIT))
    rows = (row,) * (BUTTONS_LIMIT // ROW_LIMIT)
    last = row[: BUTTONS_LIMIT % ROW_LIMIT]

    check_telegram(replace(a_card(), rows=(*rows, last)))
    with pytest.raises(ValueError, match="too many buttons"):
        render(replace(a_card(), rows=(*rows, last, row[:1])))
    with pytest.raises(ValueError, match="too many buttons"):
        render(replace(a_card(), rows=((*row, row[0]),)))


def test_a_copying_button_and_an_example_have_an_end() -> None:
    check_telegram(a_card("Go", CardButton("Copy", Copy("x" * COPY_LIMIT))))
    with pytest.raises(ValueError, match="not to be copied"):
        render(a_card("Go", CardButton("Copy", Copy("x" * (COPY_LIMIT + 1)))))
    check_telegram(a_card("Go", CardButton("Skip", Choose("skip")), placeholder="x" * PLACEHOLDER_LIMIT))
    with pytest.raises(ValueError, match="placeholder is too long"):
        render(a_card("Go", CardButton("Skip", Choose("skip")), placeholder="x" * (PLACEHOLDER_LIMIT + 1)))


@pytest.mark.parametrize("press", [Open("https://maps.example"), Copy("LP-4821")])
def test_beside_the_keyboard_nothing_is_opened_or_copied(press: Open | Copy) -> None:
    with pytest.raises(ValueError, match="beside the keyboard"):
        render(a_card("Go", CardButton("Go", press), CardButton("Share", ShareContact())))


def test_a_button_has_a_label() -> None:
    with pytest.raises(ValueError, match="without a label"):
        render(a_card("Go", CardButton(" ", Choose("go"))))


# -- the official specification --


@pytest.mark.parametrize("card", STORYBOARD)
def test_the_specification_knows_every_method_parameter_and_field(card: Card, specs: Path) -> None:
    api = json.loads((specs / "telegram-bot-api.json").read_text())
    calls = sent(card)
    edit = as_edit(render(card), CHAT, 5)

    for call in (*calls, *([edit] if edit else [])):
        known = {field["name"] for field in api["methods"][call.method]["fields"]}
        required = {field["name"] for field in api["methods"][call.method]["fields"] if field["required"]}
        assert required <= call.params.keys() <= known
        markup = call.params.get("reply_markup")
        if isinstance(markup, dict):
            is_inline = "inline_keyboard" in markup
            button = api["types"]["InlineKeyboardButton" if is_inline else "KeyboardButton"]
            fields = {field["name"] for field in button["fields"]}
            rows = markup["inline_keyboard" if is_inline else "keyboard"]
            assert all(b.keys() <= fields for row in rows for b in row)
