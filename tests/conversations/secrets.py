"""What a transcript's people confide, as the bot hands it on: checked, and never the secret itself.

photographer confides: the test key 4242
photographer confides: the live key 7777 of the same account
photographer confides: a key that is wrong
photographer confides: the test key 4242, and it stays in the chat
"""

import re

from conversations.inbound import CheckedKey, Confided, FlawedKey, KeyFlaw, KeyNeed, LockedHook, SecretKind
from core.payments.till_key import LockedKey

_KEY = re.compile(r"the (secret )?(test|live) key (\w{4})( of the same account)?")
_STAYS = ", and it stays in the chat"


def secret_named(text: str, till: str) -> Confided:
    """`till`: the studio's present one. Raises ValueError where the words name none."""
    named = text.removesuffix(_STAYS)
    kind, outcome = _outcome(named, till)
    return Confided(kind, deleted=named == text, outcome=outcome)


def _outcome(named: str, till: str) -> tuple[SecretKind, CheckedKey | LockedHook | FlawedKey]:
    if match := _KEY.fullmatch(named):
        key = LockedKey(locked=f"locked {match[3]}", ending=match[3], is_live=match[2] == "live")
        return SecretKind.KEY, CheckedKey(key, is_restricted=not match[1], till=till if match[4] else None)
    match named.partition(" that "):
        case "a webhook's secret", "", "":
            return SecretKind.HOOK, LockedHook("locked hook")
        case "a webhook's secret", _, flaw:
            return SecretKind.HOOK, FlawedKey(_flaw(flaw))
        case "a key", _, flaw if flaw.startswith("may not "):
            lacks = tuple(
                KeyNeed(one) for one in flaw.removeprefix("may not write ").removeprefix("may not read ").split(" and ")
            )
            return SecretKind.KEY, FlawedKey(KeyFlaw.FORBIDDEN, lacks)
        case "a key", _, flaw:
            return SecretKind.KEY, FlawedKey(_flaw(flaw))
        case _:
            raise ValueError(f"nobody knows the secret “{named}”")


def _flaw(said: str) -> KeyFlaw:
    return KeyFlaw(said.removeprefix("is ").replace(" ", "-"))
