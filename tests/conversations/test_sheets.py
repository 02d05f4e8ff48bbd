"""What a contract says is said alike in the chat, on its page and in its file's name."""

from datetime import timedelta
from typing import Any

import pytest

from conversations.cards import file_name as safe
from conversations.sheets import contract_sheet, file_name
from core.paperwork.contract import LONGEST_TITLE, Agreement, Consent, Edition, Origin, Signing
from tests.builders import TODAY, a_contract, a_mini, a_studio
from tests.conversations.languages import LONG, english, every_language
from tests.conversations.scene import Scene

TITLE = "Kids * Dogs Minis"
ASKED = "May we show photos of Kids * Dogs Minis?"
WORDS = english()


def an_agreement(**facts: Any) -> Agreement:
    known: dict[str, Any] = {
        "id": "a",
        "studio_id": "luna",
        "booking_id": "b",
        "contract": Edition("c", 1),
        "title": "Session contract",
        "text": "We agree.",
        "summary": (),
        "consents": (),
        "facts": (),
        "booking_code": "LP-4821",
        "sha256": "0" * 64,
        "shown_at": TODAY,
        "signing": Signing(
            typed_name="Ana Torres",
            name="Ana Torres",
            contact_name="Ana Torres",
            consent_words="I agree.",
            consents=(("photos", True),),
            signed_at=TODAY + timedelta(minutes=2),
            origin=Origin(channel="telegram", chat="7", person="7"),
        ),
    }
    return Agreement(**(known | facts))


@pytest.mark.rule("I1")
def test_a_consent_is_asked_in_the_chat_without_the_backslashes_of_what_it_names(migrated_sqlite_url: str):
    scene = Scene(migrated_sqlite_url)
    consent = Consent(id="photos", question="May we show photos of {mini}?", label="Photos")
    scene.backstage(
        lambda stage: stage.known.minis.update(
            {TITLE: a_mini(stage.desk, TITLE, contracts=[a_contract(stage.desk, consents=(consent,))]).id}
        )
    )
    phone = scene.phones["client"]
    scene.hear(phone, phone.says(f"/start {scene.backstage(lambda stage: stage.link(TITLE))}"))

    for said in ("[Book a spot]", "[10:15 AM]", "Ana Torres", "ana@mail.com", "[Skip]"):
        scene.hear(phone, phone.says(said))

    assert ASKED in phone.heard[-1].lines
    scene.close()


@pytest.mark.rule("I2")
def test_a_consent_is_certified_without_the_backslashes_of_what_it_names():
    consent = Consent(id="photos", question=r"May we show photos of Kids \* Dogs Minis?", label="Photos")

    sheet = contract_sheet(WORDS, a_studio(), an_agreement(consents=(consent,)), "LP-1234")

    assert sheet.certificate
    assert (ASKED, "Yes") in sheet.certificate.facts


@pytest.mark.rule("I2")
@pytest.mark.parametrize("language", ["en", LONG])
@pytest.mark.parametrize("title", ["x" * LONGEST_TITLE, "A word or two. " * 5 + "Title"])
def test_however_long_the_title_a_files_name_has_its_version_and_whether_it_is_signed(title: str, language: str):
    words = every_language()

    def name(version: int, *, signed: bool) -> str:
        return safe(words.phrase(file_name(title, version, signed=signed), language))

    names = [name(version, signed=signed) for version in (1, 2, 11, 10_001) for signed in (False, True)]

    assert len(set(names)) == len(names)
    assert language == LONG or names[:2] == [f"{names[0][:-7]}-v1.pdf", f"{names[0][:-7]}-v1-signed.pdf"]
