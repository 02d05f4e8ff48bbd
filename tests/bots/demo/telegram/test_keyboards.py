"""Which keyboards go through; and what a person then sees of them."""

import pytest

from bots.demo.telegram.keyboards import checked_markup
from bots.demo.telegram.refusals import ApiError
from bots.demo.telegram.standin import TelegramStandIn
from bots.demo.telegram.views import ButtonView
from tests.bots.demo.telegram.api import BOT, Api, Refused


def inline(*buttons: object) -> dict[str, object]:
    return {"inline_keyboard": [[button] for button in buttons]}


def button(**fields: object) -> dict[str, object]:
    return {"text": "A", **fields}


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("text", "object expected as reply markup"),
        ({}, "object expected as reply markup"),
        ({"remove_keyboard": False}, "object expected as reply markup"),
        ({"inline_keyboard": "A"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["A"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [], "colour": 1}, 'the stand-in refuses the unknown field "colour" of the reply markup'),
        (inline("A"), "can't parse inline keyboard button: Can't find field \"text\""),
        (inline({"text": " ", "url": "a.com"}), "can't parse inline keyboard button: Button text must be non-empty"),
        (
            inline(button()),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(button(url="example.com", callback_data="a")),
            "can't parse inline keyboard button: only one kind of button is allowed",
        ),
        (
            inline(button(pay=True)),
            'can\'t parse inline keyboard button: the stand-in does not play the field "pay"',
        ),
        (inline(button(callback_data="")), "BUTTON_DATA_INVALID"),
        (inline(button(callback_data="a" * 65)), "BUTTON_DATA_INVALID"),
        (inline(button(callback_data="🏟" * 17)), "BUTTON_DATA_INVALID"),
        (
            inline(button(url="http://localhost:8787/pay")),
            "inline keyboard button URL 'http://localhost:8787/pay' is invalid: Wrong HTTP URL",
        ),
        (inline(button(copy_text={"text": ""})), "BUTTON_COPY_TEXT_INVALID"),
        (inline(button(copy_text={"text": "a" * 257})), "BUTTON_COPY_TEXT_INVALID"),
        (
            inline(button(callback_data="a", style="blue")),
            "can't parse inline keyboard button: Invalid button style specified",
        ),
        (inline(*[button(callback_data="a")] * 101), "reply markup is too long"),
        ({"keyboard": []}, "reply keyboard must contain at least one button"),
        ({"keyboard": [["A"]], "resize_keyboard": "yes"}, 'field "resize_keyboard" must be of type Boolean'),
        ({"keyboard": [["A"]], "input_field_placeholder": "a" * 65}, "INPUT_FIELD_PLACEHOLDER_INVALID"),
        (
            {"keyboard": [[button(callback_data="a")]]},
            'can\'t parse keyboard button: the stand-in does not play the field "callback_data"',
        ),
        (
            {"keyboard": [[button(request_contact=1)]]},
            'can\'t parse keyboard button: Field "request_contact" must be of type Boolean',
        ),
    ],
)
def test_a_wrong_keyboard_is_refused(markup: object, description: str) -> None:
    with pytest.raises(ApiError) as refused:
        checked_markup(markup)

    assert refused.value.description == f"Bad Request: {description}"


@pytest.mark.parametrize(
    "markup",
    [
        inline(button(callback_data="🏟" * 16)),
        inline(button(url="http://127.0.0.1:8787/pay")),
        inline(button(url="tg://user?id=7")),
        inline(*[button(callback_data="a", style="danger")] * 100),
        {"keyboard": [["A"], [button(request_contact=True)]], "one_time_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "Name"},
    ],
)
def test_a_right_keyboard_goes_through(markup: object) -> None:
    assert checked_markup(markup)


async def test_an_edit_takes_inline_keyboards_only(api: Api, ann: int) -> None:
    sent = await api("sendMessage", chat_id=ann, text="a")

    with pytest.raises(Refused, match="inline keyboard expected"):
        await api(
            "editMessageText",
            chat_id=ann,
            message_id=sent["message_id"],
            text="b",
            reply_markup={"keyboard": [["A"]]},
        )


async def test_buttons_are_seen_by_their_kinds(standin: TelegramStandIn, api: Api, ann: int) -> None:
    markup = inline(
        button(callback_data="1:a", style="primary"),
        button(url="https://example.com/"),
        button(copy_text={"text": "LUNA10"}),
    )
    await api("sendMessage", chat_id=ann, text="a", reply_markup=markup)

    assert standin.chat(ann, BOT).messages[-1].buttons == (
        (ButtonView("A", "callback", "1:a", "primary"),),
        (ButtonView("A", "url", "https://example.com/", ""),),
        (ButtonView("A", "copy", "LUNA10", ""),),
    )


async def test_a_reply_keyboard_stays_until_it_is_removed(standin: TelegramStandIn, api: Api, ann: int) -> None:
    markup = {
        "keyboard": [[{"text": "Share my number", "request_contact": True}], ["Back"]],
        "input_field_placeholder": "+1 312…",
    }
    await api("sendMessage", chat_id=ann, text="Your number?", reply_markup=markup)
    await api("sendMessage", chat_id=ann, text="Or type it", reply_markup=inline(button(callback_data="a")))
    await api("sendMessage", chat_id=ann, text="Well?", reply_markup={"inline_keyboard": []})

    keyboard = standin.chat(ann, BOT).reply_keyboard
    assert keyboard is not None
    assert keyboard.placeholder == "+1 312…"
    assert [[(b.text, b.kind) for b in row] for row in keyboard.rows] == [
        [("Share my number", "contact")],
        [("Back", "text")],
    ]

    await api("sendMessage", chat_id=ann, text="Thanks", reply_markup={"remove_keyboard": True})
    assert standin.chat(ann, BOT).reply_keyboard is None


async def test_a_keyboard_for_one_time_goes_with_the_answer(standin: TelegramStandIn, api: Api, ann: int) -> None:
    markup = {"keyboard": [["Yes"]], "one_time_keyboard": True}
    await api("sendMessage", chat_id=ann, text="Sure?", reply_markup=markup)

    standin.type_text(ann, BOT, "Yes")

    assert standin.chat(ann, BOT).reply_keyboard is None
