"""Names that cannot be guessed."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from core.values.tokens import LINK_LENGTH, digest, link_token, new_id, new_ids, new_secret

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = b"a key of thirty-two bytes or so.."


def test_ids_sort_by_the_time_they_were_made():
    falling = iter(range(5, 0, -1))
    ids = [new_id(NOW + timedelta(milliseconds=number), lambda _bits: next(falling)) for number in range(5)]

    assert ids == sorted(ids)
    assert {len(one) for one in ids} == {18}


def test_ids_of_one_instant_sort_as_they_were_made():
    ids = list(islice(new_ids(NOW), 1000))

    assert ids == sorted(set(ids))


def test_ids_of_one_instant_differ_by_chance():
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


def test_an_id_has_no_letter_that_is_misheard():
    assert not set("ilou") & set("".join(new_id(NOW) for _ in range(200)))


def test_ids_are_unlike_for_two_thousand_years():
    assert len(new_id(datetime(3000, 1, 1, tzinfo=UTC))) == 18


def test_a_secret_has_128_bits_and_only_its_digest_is_stored():
    secret = new_secret()

    assert len(secret) == 22
    assert secret != new_secret()
    assert digest(secret) == digest(secret) != digest(new_secret())
    assert len(digest(secret)) == 64


@pytest.mark.rule("D2")
def test_a_link_can_be_made_again_and_not_be_guessed():
    token = link_token(KEY, "reservation", "r1")

    assert token == link_token(KEY, "reservation", "r1")
    others = [
        link_token(b"another key", "reservation", "r1"),
        link_token(KEY, "mini", "r1"),
        link_token(KEY, "reservation", "r2"),
        link_token(KEY, "reservation", "r1", generation=2),
    ]
    assert len({token, *others}) == 5


def test_a_link_fits_into_a_telegram_payload():
    token = link_token(KEY, "mini", "m1")

    assert len(token) == LINK_LENGTH
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
