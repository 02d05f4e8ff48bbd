"""Stripe's keys in what people type: found wherever they stand, and left in nothing that is kept."""

import pytest

from bots.keys import secret_in, without_secrets
from bots.telegram.read import CLIENTS, STUDIO, Secret, read
from bots.texts import said_in
from conversations.inbound import Confided, Inbound, SecretKind, SentText, Typed

# Made up here; Stripe never gave them out.
KEY = "rk_" + "live_51LunaPhotoAbCdEf4242"
HOOK = "whsec_" + "Luna/Photo+AbC=dEf4242"
PUBLIC = "pk_" + "live_51LunaPhotoAbCdEf4242"
LUNA = {"id": 101, "is_bot": False, "first_name": "Luna", "language_code": "en"}
TEXT = f"my key: {KEY}."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (KEY, (SecretKind.KEY, KEY)),
        (f"here: “{KEY}”, ok?", (SecretKind.KEY, KEY)),
        (f"/payments {KEY}", (SecretKind.KEY, KEY)),
        (f"key={KEY}\n", (SecretKind.KEY, KEY)),
        (f"{PUBLIC} and {KEY}", (SecretKind.KEY, KEY)),
        (HOOK, (SecretKind.HOOK, HOOK)),
        (PUBLIC, (SecretKind.PUBLIC, PUBLIC)),
        ("sk_" + "org_live_51Luna", (SecretKind.KEY, "sk_" + "org_live_51Luna")),
        ("a risk_test_ of sk_ and rk_live, and task_test_1", None),
    ],
)
def test_a_key_is_found_by_how_it_begins(text: str, found: tuple[SecretKind, str] | None):
    assert secret_in(text) == found


def test_a_text_is_kept_without_secrets():
    assert without_secrets(f"{KEY} {HOOK} {PUBLIC}") == f"rk_••••4242 whsec_••••4242 {PUBLIC}"
    said = said_in(f"# Contract\n{KEY}".encode(), "contract.md")
    assert isinstance(said, SentText)
    assert said.text == "# Contract\nrk_••••4242"


def update(**message: object) -> dict[str, object]:
    return {
        "update_id": 1,
        "message": {"message_id": 7, "from": LUNA, "chat": {"id": 101, "type": "private"}} | message,
    }


def edited(**message: object) -> dict[str, object]:
    return {"update_id": 1, "edited_message": update(**message)["message"]}


def heard(body: dict[str, object], channel: str = STUDIO) -> object:
    return read(body, channel=channel, bot_id=1, username="LunaStudioBot")


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    ("body", "is_meant"),
    [
        (update(text=KEY), True),
        (update(text=f"/newmini {KEY}", entities=[{"type": "bot_command", "offset": 0, "length": 8}]), True),
        (update(text=KEY, reply_to_message={"message_id": 3}), True),
        (update(caption=KEY, photo=[{"file_id": "f", "width": 1, "height": 1}]), False),
        (update(text=KEY, forward_origin={"type": "user"}), False),
        (edited(text=KEY), False),
    ],
    ids=["said", "with a command", "in a reply", "under a photo", "forwarded", "edited"],
)
def test_to_the_studios_bot_a_key_is_a_secret_however_it_comes(body: dict[str, object], is_meant: bool):
    secret = heard(body)

    assert isinstance(secret, Secret)
    assert (secret.kind, secret.secret, secret.message_id, secret.is_meant) == (SecretKind.KEY, KEY, 7, is_meant)
    assert secret.inbound.said == Confided(SecretKind.KEY, deleted=False)
    assert secret.inbound.reply_to is None
    assert KEY not in repr(secret)


def test_in_a_group_nothing_is_heard():
    group = update(text=KEY, chat={"id": -5, "type": "group"})
    assert heard(group) is None


def test_to_the_clients_bot_it_is_a_text_without_the_key():
    inbound = heard(update(text=TEXT), CLIENTS)

    assert isinstance(inbound, Inbound)
    assert inbound.said == Typed("my key: rk_••••4242.")
