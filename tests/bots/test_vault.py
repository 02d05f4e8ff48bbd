"""The vault: what is locked is bound to its studio and purpose, and says which secret locked it."""

import base64
from collections.abc import Callable

import pytest

from bots.vault import LockedOut, OtherSecret, Vault

SECRET = "rk_test_51LunaPhoto4242"
VAULT = Vault(b"the installation's own secret")


def locked(vault: Vault = VAULT, studio_id: str = "luna", purpose: str = "stripe key") -> str:
    return vault.lock(SECRET, studio_id=studio_id, purpose=purpose)


def test_what_was_locked_opens_again_and_can_be_read_by_nobody():
    one, other = locked(), locked()

    assert VAULT.unlock(one, studio_id="luna", purpose="stripe key") == SECRET
    assert one != other
    assert SECRET not in one
    assert SECRET.encode() not in base64.urlsafe_b64decode(one)


@pytest.mark.rule("A3", "A6")
@pytest.mark.parametrize(
    ("studio_id", "purpose"),
    [("otto", "stripe key"), ("luna", "stripe webhook"), ("luna stripe", "key"), ("", "luna stripe key")],
)
def test_moved_to_another_studio_or_purpose_it_does_not_open(studio_id: str, purpose: str):
    with pytest.raises(LockedOut, match="belongs elsewhere") as out:
        VAULT.unlock(locked(), studio_id=studio_id, purpose=purpose)

    assert not isinstance(out.value, OtherSecret)


@pytest.mark.rule("A3")
def test_another_secret_is_told_from_a_change():
    with pytest.raises(OtherSecret):
        Vault(b"another").unlock(locked(), studio_id="luna", purpose="stripe key")


def _flipped(at: int) -> Callable[[bytes], bytes]:
    return lambda raw: raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


@pytest.mark.parametrize(
    "change",
    [_flipped(0), _flipped(5), _flipped(20), lambda raw: raw[:-1], lambda raw: raw[:9], lambda raw: b""],
    ids=["way", "nonce", "text", "cut", "no nonce", "nothing"],
)
def test_what_was_changed_does_not_open(change: Callable[[bytes], bytes]):
    changed = base64.urlsafe_b64encode(change(base64.urlsafe_b64decode(locked()))).decode()

    with pytest.raises(LockedOut):
        VAULT.unlock(changed, studio_id="luna", purpose="stripe key")


def test_what_is_no_locked_text_does_not_open():
    with pytest.raises(LockedOut):
        VAULT.unlock("*** not base64 ***", studio_id="luna", purpose="stripe key")
