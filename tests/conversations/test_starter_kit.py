"""The starter kit: whole, and good enough to be saved as it is (B12). Where it is offered, it is called an example."""

import pytest

from conversations.starter_kit import KITS, ContractDraft, starter_kit
from core.paperwork.contract import Contract, check
from core.paperwork.fields import Field
from core.paperwork.questionnaire import as_lines, read_questions
from core.paperwork.wording import read_subject, read_text
from core.studio.wording import Occasion

LANGUAGES = [path.stem for path in KITS.glob("*.toml")]


def contracts(language: str) -> list[ContractDraft]:
    kit = starter_kit(language)
    return [kit.contract, kit.release]


@pytest.mark.rule("B12", "B5")
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_contracts_can_be_saved(language: str):
    for draft in contracts(language):
        saved = Contract(
            id="c", studio_id="s", title=draft.title, text=draft.text, summary=draft.summary, consents=draft.consents
        )
        check(saved)

        assert Field.CLIENT_NAME in saved.fields


@pytest.mark.rule("B12")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contract_that_names_what_is_paid_names_when_and_what_for(language: str):
    """What a client signs has to say who, what, when, where, how much and until when it can be called off."""
    draft = starter_kit(language).contract
    named = Contract(id="c", studio_id="s", title=draft.title, text=draft.text).fields

    assert named >= {Field.STUDIO, Field.PACKAGE, Field.SPOT_DATE, Field.SPOT_TIME, Field.PLACE, Field.FEE}
    assert named >= {Field.DUE_NOW, Field.BALANCE, Field.BALANCE_DATE, Field.CANCEL_UNTIL}


@pytest.mark.rule("B12", "B6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_questions_read_the_same_once_they_were_written_back(language: str):
    kit = starter_kit(language)
    for asked in (kit.questionnaire, kit.after):
        assert read_questions(as_lines(asked.questions)) == asked.questions


@pytest.mark.rule("B12", "B7")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_message_for_each_occasion_that_could_be_the_studios_own(language: str):
    messages = starter_kit(language).messages

    assert list(messages) == list(Occasion)
    for occasion, wording in messages.items():
        assert read_text(occasion, wording.text) == wording.text
        assert read_subject(occasion, wording.subject) == wording.subject


@pytest.mark.rule("B12")
def test_a_language_without_a_kit_has_the_english_one():
    assert starter_kit("xx-Latn") == starter_kit("en")
