"""The starter kit: papers and messages that a studio begins with, so that a first mini needs no writing (B12)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from conversations.words import FALLBACK
from core.paperwork.contract import Consent
from core.paperwork.questionnaire import Question, read_questions
from core.studio.wording import Occasion, Wording

KITS = Path(__file__).parent / "starter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDraft:
    title: str
    text: str
    summary: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireDraft:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterKit:
    """Examples in one language; no legal advice, and each text says so."""

    contract: ContractDraft
    release: ContractDraft
    #: Asked while booking, and once booked.
    questionnaire: QuestionnaireDraft
    after: QuestionnaireDraft
    #: What is said on each occasion until the studio says it otherwise.
    messages: Mapping[Occasion, Wording]


@lru_cache
def starter_kit(language: str) -> StarterKit:
    """The kit in the language that ships for the BCP 47 tag, or in English."""
    wanted = KITS / f"{language.partition('-')[0].lower()}.toml"
    path = wanted if wanted.is_file() else KITS / f"{FALLBACK}.toml"
    kit = tomllib.loads(path.read_text(encoding="utf-8"))
    return StarterKit(
        contract=_contract(kit["contract"]),
        release=_contract(kit["release"]),
        questionnaire=_questionnaire(kit["questionnaire"]),
        after=_questionnaire(kit["after"]),
        messages={occasion: _wording(kit["messages"][occasion]) for occasion in Occasion},
    )


def _contract(draft: dict[str, Any]) -> ContractDraft:
    return ContractDraft(
        title=draft["title"],
        text=draft["text"].strip(),
        summary=tuple(draft.get("summary", ())),
        consents=tuple(Consent(**consent) for consent in draft.get("consents", ())),
    )


def _questionnaire(draft: dict[str, Any]) -> QuestionnaireDraft:
    return QuestionnaireDraft(title=draft["title"], questions=read_questions(draft["questions"].strip()))


def _wording(draft: dict[str, str]) -> Wording:
    return Wording(subject=draft["subject"], text=draft["text"].strip())
