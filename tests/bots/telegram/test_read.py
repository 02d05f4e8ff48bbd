"""Telegram's reader: what each kind of update says, who is not listened to, and that nothing makes it raise."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.read import CLIENTS, NAME_LIMIT, STUDIO, TEXT_LIMIT, Elsewhere, Offer, Reachable, query_id, read
from conversations.inbound import (
    Commanded,
    FileKind,
    Inbound,
    Pressed,
    Said,
    SharedPhone,
    SharedPlace,
    Typed,
    Unreadable,
)
from core.ports import Identity

BOT_ID = 7_000_000_001
BOT = "LunaPhotoBot"
ANA_ID = 500_000_001
ANA = {
    "id": ANA_ID,
    "is_bot": False,
    "first_name": "Ana",
    "last_name": "Torres",
    "username": "ana",
    "language_code": "pt-br",
}
PRIVATE = {"id": ANA_ID, "type": "private", "first_name": "Ana", "last_name": "Torres", "username": "ana"}
GROUP_ID = -1_001_000_000_001
GROUP = {"id": GROUP_ID, "type": "supergroup", "title": "Family"}
CHANNEL = {"id": -1_002_000_000_001, "type": "channel", "title": "News"}
FILE = {"file_id": "AgAC", "file_unique_id": "AQAD"}
PIXELS = {"width": 90, "height": 90}
BOT_USER = {"id": BOT_ID, "is_bot": True, "first_name": "Luna Photo", "username": BOT}
ID = Identity("telegram", f"{ANA_ID}")

Json = dict[str, Any]


def a_message(**content: Any) -> Json:
    return {"message_id": 31, "date": 1_795_390_000, "chat": PRIVATE, "from": ANA, **content}


def a_text(text: str, **changes: Any) -> Json:
    """As Telegram delivers it: a command at the beginning is marked."""
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else None
    return a_message(text=text, **({"entities": entities} if entities else {}), **changes)


def a_press(data: str | None = "12:book", **changes: Any) -> Json:
    query = {"id": "9911", "from": ANA, "chat_instance": "1", "message": a_message(text="Which day?"), **changes}
    return query | ({"data": data} if data is not None else {})


def an_update(**kind: Any) -> Json:
    return {"update_id": 100_000_007, **kind}


def read_as_delivered(update: Json, channel: str = CLIENTS) -> Any:
    """What the reader makes of a sample that Telegram's library reads too, so that the sample is a true one."""
    Update.model_validate(update)
    return read(update, channel=channel, bot_id=BOT_ID, username=BOT)


def said_in(**message: Any) -> Said:
    inbound = read_as_delivered(an_update(message=a_message(**message)))
    assert isinstance(inbound, Inbound)
    return inbound.said


def offered_in(**message: Any) -> Offer:
    offer = read_as_delivered(an_update(message=a_message(**message)))
    assert isinstance(offer, Offer)
    return offer


# -- what is said --


def test_a_text_is_typed_by_a_person_in_their_chat() -> None:
    assert read_as_delivered(an_update(message=a_text("10:15"))) == Inbound(
        source=f"telegram:{BOT_ID}",
        key="100000007",
        identity=ID,
        chat=f"{ANA_ID}",
        said=Typed("10:15"),
        name="Ana Torres",
        language="pt-br",
        message="31",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start m_7Q2K", Commanded("start", "m_7Q2K")),
        ("/start", Commanded("start")),
        ("/Help", Commanded("help")),
        ("/cancel@lunaphotobot", Commanded("cancel")),
        ("/reserve@LunaPhotoBot 10:40  for Liu ", Commanded("reserve", "10:40  for Liu")),
        ("/addday\n9am", Commanded("addday", "9am")),
        ("/cancel@OtherBot", Typed("/cancel@OtherBot")),
    ],
)
def test_a_command_has_a_name_and_an_argument(text: str, said: Said) -> None:
    inbound = read_as_delivered(an_update(message=a_text(text)))

    assert inbound.said == said


@pytest.mark.parametrize(
    "entities",
    [
        [],
        [{"type": "bot_command", "offset": 1, "length": 6}],
        [{"type": "bot_command", "offset": 0, "length": 3}],
        [{"type": "bold", "offset": 0, "length": 6}],
    ],
)
def test_what_telegram_does_not_see_as_a_command_is_a_text(entities: list[Json]) -> None:
    assert said_in(text="/start", entities=entities) == Typed("/start")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"phone_number": "+13125550188", "user_id": ANA_ID}, SharedPhone("+13125550188", own=True)),
        ({"phone_number": "13125550188", "user_id": ANA_ID}, SharedPhone("+13125550188", own=True)),
        ({"phone_number": "+13125550199", "user_id": ANA_ID + 1}, SharedPhone("+13125550199", own=False)),
        ({"phone_number": "312 555 0199"}, SharedPhone("312 555 0199", own=False)),
    ],
)
def test_a_shared_number_says_whether_it_is_ones_own(contact: Json, said: Said) -> None:
    assert said_in(contact={"first_name": "Ana", **contact}) == said


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("voice", {"voice": FILE | {"duration": 3}}),
        ("document", {"document": FILE}),
        ("animation", {"animation": FILE | PIXELS | {"duration": 3}, "document": FILE}),
        ("location", {"location": {"latitude": 41.8, "longitude": -87.6}}),
        (
            "venue",
            {
                "venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "Park", "address": "North gate"},
                "location": {"latitude": 1.0, "longitude": 1.0},
            },
        ),
        ("video_note", {"video_note": FILE | {"length": 9, "duration": 3}}),
        ("dice", {"dice": {"emoji": "🎲", "value": 4}}),
        (
            "sticker",
            {"sticker": FILE | PIXELS | {"type": "regular", "is_animated": False, "is_video": False}},
        ),
    ],
)
def test_what_no_step_reads_says_what_it_is(what: str, content: Json) -> None:
    assert said_in(**content) == Unreadable(what)


def test_a_photo_is_offered_in_its_largest_size() -> None:
    sizes = [
        FILE | {"file_id": f"s{side}", "width": side, "height": side, "file_size": side} for side in (90, 800, 320)
    ]

    offer = offered_in(photo=sizes, caption="Like this?")

    assert (offer.kind, offer.file_id, offer.size) == (FileKind.PICTURE, "s800", 800)
    assert (offer.inbound.said, offer.inbound.message) == (Unreadable("photo"), "31")


def test_a_document_that_is_a_picture_is_offered_and_another_is_not() -> None:
    picture = FILE | {"mime_type": "image/png", "file_size": 70_000_000}

    offer = offered_in(document=picture)

    assert (offer.file_id, offer.size, offer.inbound.said) == ("AgAC", 70_000_000, Unreadable("document"))
    assert said_in(document=FILE | {"mime_type": "application/pdf"}) == Unreadable("document")
    assert said_in(animation=FILE | PIXELS | {"duration": 3}, document=picture) == Unreadable("animation")


@pytest.mark.parametrize("photo", [[], ["x"], [{}], [{"file_id": 7}], [{"file_id": "../../getMe"}], "AgAC", {"a": 1}])
def test_a_photo_that_cannot_be_asked_for_is_not_offered(photo: Any) -> None:
    update = an_update(message=a_message(photo=photo))

    inbound = read(update, channel=CLIENTS, bot_id=BOT_ID, username=BOT)

    assert isinstance(inbound, Inbound)
    assert inbound.said == Unreadable("photo")


def test_a_press_names_its_card_and_waits_for_an_answer() -> None:
    update = an_update(callback_query=a_press())

    inbound = read_as_delivered(update)

    assert (inbound.said, inbound.card, inbound.message) == (Pressed("12:book"), "31", "31")
    assert inbound.identity == ID
    assert query_id(update) == "9911"


def test_a_press_under_a_message_that_telegram_shows_no_more_is_read() -> None:
    gone = {"chat": PRIVATE, "message_id": 31, "date": 0}

    inbound = read_as_delivered(an_update(callback_query=a_press(message=gone)))

    assert (inbound.said, inbound.card) == (Pressed("12:book"), "31")


@pytest.mark.parametrize(("status", "is_reachable"), [("kicked", False), ("member", True)])
def test_blocking_and_unblocking_are_noticed(status: str, is_reachable: bool) -> None:
    member = {"status": status, "user": BOT_USER, "until_date": 0}
    change = {
        "chat": PRIVATE,
        "from": ANA,
        "date": 1_795_390_000,
        "old_chat_member": member,
        "new_chat_member": member,
    }

    assert read_as_delivered(an_update(my_chat_member=change)) == Reachable(ID, is_reachable)


def test_a_reply_keeps_which_message_it_answers() -> None:
    question = a_message(text="May we bring the dog?") | {"message_id": 29, "from": BOT_USER}

    inbound = read_as_delivered(an_update(message=a_text("Of course", reply_to_message=question)))

    assert (inbound.said, inbound.reply_to, inbound.message) == (Typed("Of course"), "29", "31")


def test_a_press_under_a_reply_is_no_reply() -> None:
    card = a_message(text="Sent.", reply_to_message=a_message(text="Of course"))

    assert read_as_delivered(an_update(callback_query=a_press(message=card))).reply_to is None


# -- the studio's bot --

PARK = {"latitude": 41.8, "longitude": -87}
ORIGIN = {"type": "user", "sender_user": ANA, "date": 1_795_390_000}
HIDDEN = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_795_390_000}


def heard_at_studio(**message: Any) -> Any:
    return read_as_delivered(an_update(message=a_message(**message)), STUDIO)


def test_the_studios_bot_has_a_channel_of_its_own() -> None:
    inbound = heard_at_studio(text="hello")

    assert (inbound.source, inbound.identity) == (f"telegram-studio:{BOT_ID}", Identity("telegram-studio", f"{ANA_ID}"))


@pytest.mark.parametrize("origin", [ORIGIN, HIDDEN])
def test_what_was_forwarded_gets_nothing_of_the_studios_bot(origin: Json) -> None:
    forwarded = a_message(text="/cancel_booking LP-4821", forward_origin=origin)

    assert heard_at_studio(**forwarded) is None
    assert heard_at_studio(document=FILE | {"file_name": "a.md"}, forward_origin=origin) is None
    assert read_as_delivered(an_update(callback_query=a_press(message=forwarded)), STUDIO) is None
    assert read_as_delivered(an_update(message=forwarded)).said == Typed("/cancel_booking LP-4821")


@pytest.mark.parametrize("channel", [CLIENTS, STUDIO])
def test_what_was_edited_gets_nothing(channel: str) -> None:
    edited = an_update(edited_message=a_text("/publish", edit_date=1_795_390_001))

    assert read_as_delivered(edited, channel) is None


@pytest.mark.parametrize(
    "update",
    [
        an_update(message=a_message(chat=GROUP, sender_chat=GROUP, text="/today") | {"from": ANA | {"is_bot": True}}),
        an_update(message=a_message(chat=GROUP, text="/today")),
        an_update(channel_post={"message_id": 1, "date": 1, "chat": CHANNEL, "text": "/today"}),
        an_update(callback_query=a_press(message=a_message(text="x", chat=GROUP))),
    ],
)
def test_outside_private_chats_nobody_is_heard(update: Json) -> None:
    assert read_as_delivered(update, STUDIO) is None


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"location": PARK}, SharedPlace(41.8, -87.0)),
        (
            {"location": PARK, "venue": {"location": PARK, "title": "Riverside\u202e Park", "address": "North gate"}},
            SharedPlace(41.8, -87.0, "Riverside Park"),
        ),
        (
            {"location": PARK, "venue": {"location": PARK, "title": "x" * 999, "address": "North gate"}},
            SharedPlace(41.8, -87.0, "x" * NAME_LIMIT),
        ),
    ],
)
def test_a_place_is_shared_with_the_studios_bot_alone(content: Json, place: SharedPlace) -> None:
    assert heard_at_studio(**content).said == place
    assert isinstance(said_in(**content), Unreadable)


@pytest.mark.parametrize(
    "location",
    [{}, {"latitude": 91, "longitude": 0}, {"latitude": 0.0, "longitude": float("nan")}, {"latitude": True}, "here"],
)
def test_a_place_that_is_nowhere_is_none(location: object) -> None:
    inbound = read(an_update(message=a_message(location=location)), channel=STUDIO, bot_id=BOT_ID, username=BOT)

    assert isinstance(inbound, Inbound)
    assert inbound.said == Unreadable("location")


@pytest.mark.parametrize(
    "file",
    [
        {"file_name": "contract.md"},
        {"file_name": "Contract.TXT", "mime_type": "application/octet-stream"},
        {"mime_type": "text/plain"},
        {"file_name": "contract", "mime_type": "text/markdown"},
        {"file_name": "x" * 999 + ".md"},
    ],
)
def test_a_text_is_offered_to_the_studios_bot_alone(file: Json) -> None:
    document = FILE | file | {"file_size": 900}

    offer = heard_at_studio(document=document)

    assert (offer.kind, offer.file_id, offer.size) == (FileKind.TEXT, "AgAC", 900)
    assert offer.name == file.get("file_name", "")[-NAME_LIMIT:]
    assert said_in(document=document) == Unreadable("document")


def test_other_formats_are_offered_to_nobody() -> None:
    word = FILE | {"file_name": "contract.docx", "mime_type": "application/msword"}

    assert heard_at_studio(document=word).said == Unreadable("document")
    assert heard_at_studio(document=FILE | {"file_name": "a.txt", "mime_type": "image/png"}).kind is FileKind.PICTURE


# -- groups --


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/start@LunaPhotoBot"},
        {"text": "/book@lunaphotobot now"},
        {"new_chat_members": [ANA, BOT_USER]},
    ],
)
def test_a_bot_called_in_a_group_answers_there_with_its_link(content: Json) -> None:
    update = an_update(message=a_message(chat=GROUP, **content))

    assert read_as_delivered(update) == Elsewhere(GROUP_ID, 31)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "See you on Saturday"},
        {"text": "/start"},
        {"text": "/start@OtherBot"},
        {"photo": [FILE | PIXELS]},
        {"new_chat_members": [ANA]},
        {"left_chat_member": BOT_USER},
    ],
)
def test_in_a_group_nothing_else_is_heard(content: Json) -> None:
    assert read_as_delivered(an_update(message=a_message(chat=GROUP, **content))) is None


# -- who is not listened to --


@pytest.mark.parametrize(
    "update",
    [
        an_update(edited_message=a_text("10:40", edit_date=1_795_390_001)),
        an_update(channel_post={"message_id": 1, "date": 1, "chat": CHANNEL, "text": "/start"}),
        an_update(business_message=a_text("hello", business_connection_id="b1")),
        an_update(message=a_text("hello") | {"from": ANA | {"is_bot": True}}),
        an_update(message={"message_id": 1, "date": 1, "chat": PRIVATE, "text": "from nobody"}),
        an_update(message=a_message(pinned_message=a_text("pinned"))),
        an_update(message=a_text("hello") | {"chat": PRIVATE | {"id": ANA_ID + 1}}),
        an_update(callback_query=a_press(data=None, game_short_name="chess")),
        an_update(callback_query=a_press(message=a_message(text="x", chat=GROUP))),
        an_update(callback_query={"id": "1", "from": ANA, "chat_instance": "1", "data": "1:x"}),
        an_update(poll_answer={"poll_id": "1", "user": ANA, "option_ids": [0], "option_persistent_ids": ["a"]}),
        an_update(),
    ],
)
def test_other_updates_are_left_alone(update: Json) -> None:
    assert read_as_delivered(update) is None


# -- what is stored of it --


def test_a_card_number_in_a_text_is_masked() -> None:
    assert said_in(text="my card: 4242 4242 4242 4242, ok?") == Typed("my card: •••• 4242, ok?")


def test_a_card_number_after_a_command_is_masked_too() -> None:
    inbound = read_as_delivered(an_update(message=a_text("/note 4242 4242 4242 4242")))

    assert inbound.said == Commanded("note", "•••• 4242")


def test_a_text_is_stored_up_to_telegrams_limit() -> None:
    update = an_update(message=a_text("x" * (TEXT_LIMIT + 1)))

    assert read_as_delivered(update).said == Typed("x" * TEXT_LIMIT)


def test_characters_that_databases_refuse_or_that_turn_words_around_are_taken_out() -> None:
    update = an_update(message=a_text("a\0b\ud83dc\u202ed\u2066e\u2069 🎉"))

    inbound = read(update, channel=CLIENTS, bot_id=BOT_ID, username=BOT)

    assert isinstance(inbound, Inbound)
    assert inbound.said == Typed("abcde 🎉")


@pytest.mark.parametrize(("code", "language"), [("es", "es"), (None, "en"), ("", "en"), ("../../etc", "en"), (7, "en")])
def test_a_language_is_a_tag_or_english(code: object, language: str) -> None:
    update = an_update(message=a_text("hola") | {"from": ANA | {"language_code": code}})

    inbound = read(update, channel=CLIENTS, bot_id=BOT_ID, username=BOT)

    assert isinstance(inbound, Inbound)
    assert inbound.language == language


# -- hostile updates --

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
ODD = (None, True, -1, 10**5000, 0.5, float("nan"), "", "\ud800", "\0" * 5000, [], [None], [[{}]], {}, {"id": {}})
SAMPLES = (
    an_update(message=a_text("/start m_7Q2K")),
    an_update(message=a_message(contact={"phone_number": "1", "first_name": "A", "user_id": ANA_ID})),
    an_update(message=a_message(chat=GROUP, new_chat_members=[BOT_USER])),
    an_update(message=a_message(location=PARK, venue={"title": "Park"}, reply_to_message={"message_id": 1})),
    an_update(message=a_message(document=FILE | {"file_name": "a.md", "mime_type": "text/plain", "file_size": 1})),
    an_update(callback_query=a_press()),
    an_update(my_chat_member={"chat": PRIVATE, "from": ANA, "new_chat_member": {"status": "kicked"}}),
)


def places_in(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children: list[Any] = list(node.items()) if isinstance(node, dict) else []
    children += enumerate(node) if isinstance(node, list) else []
    return [path, *(place for name, child in children for place in places_in(child, (*path, name)))]


def put_in(node: Any, path: tuple[Any, ...], value: object) -> Any:
    if not path:
        return value
    copied = dict(node) if isinstance(node, dict) else list(node)
    copied[path[0]] = put_in(node[path[0]], path[1:], value)
    return copied


@given(JSON, st.sampled_from([CLIENTS, STUDIO]))
def test_any_json_is_read_without_an_error(update: object, channel: str) -> None:
    assert read(update, channel=channel, bot_id=BOT_ID, username=BOT) is None or isinstance(update, dict)
    query_id(update)


@pytest.mark.parametrize("channel", [CLIENTS, STUDIO])
@pytest.mark.parametrize("sample", SAMPLES)
def test_an_update_with_something_odd_in_any_one_place_is_read_without_an_error(sample: Json, channel: str) -> None:
    assert read(sample, channel=channel, bot_id=BOT_ID, username=BOT) is not None
    for place in places_in(sample):
        for odd in ODD:
            update = put_in(sample, place, odd)

            outcome = read(update, channel=channel, bot_id=BOT_ID, username=BOT)

            written = json.dumps([outcome and asdict(outcome), query_id(update)], ensure_ascii=False)
            assert b"\\u0000" not in written.encode()  # which itself refuses half characters
