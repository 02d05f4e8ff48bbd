"""Which contracts and questionnaires a mini has, and what a new version of one means for the minis that use it."""

from collections.abc import Sequence
from dataclasses import replace

from core.minis.describe import TitleOutOfRange
from core.minis.mini import OVER, Mini
from core.minis.publish import change_mini
from core.paperwork import contract
from core.paperwork.contract import LONGEST_TITLE, MOST_OF_A_MINI, Contract, ContractGone, Edition, TooManyContracts
from core.paperwork.questionnaire import MOST_QUESTIONS, Questionnaire, TooManyQuestions
from core.ports import Records
from core.values.refusals import Refusal
from core.values.texts import clean, shows_something


class SameQuestions(Refusal):
    """What is asked while booking is not asked once more after it (B6)."""


def save_contract(records: Records, wanted: Contract, *, is_new: bool) -> Contract:
    """Write a contract, or the next version of it. Raises what `contract.check` raises, and ContractGone."""
    wanted = contract.tidied(wanted)
    contract.check(wanted)
    if not is_new:
        newest = _newest(records.papers.contracts(wanted.studio_id), wanted.id)
        wanted = replace(wanted, version=newest.version + 1)
    records.papers.add_contract(wanted)
    _use(records, wanted.studio_id, wanted.edition)
    return wanted


def save_questionnaire(records: Records, wanted: Questionnaire, *, is_new: bool) -> Questionnaire:
    """Write a questionnaire, or the next version of it. Raises TitleOutOfRange, TooManyQuestions and ContractGone."""
    wanted = replace(wanted, title=" ".join(clean(wanted.title).split()))
    if not shows_something(wanted.title) or len(wanted.title) > LONGEST_TITLE:
        raise TitleOutOfRange(least=1, most=LONGEST_TITLE)
    if not 1 <= len(wanted.questions) <= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    if not is_new:
        newest = _newest(records.papers.questionnaires(wanted.studio_id), wanted.id)
        wanted = replace(wanted, version=newest.version + 1)
    records.papers.add_questionnaire(wanted)
    _use(records, wanted.studio_id, wanted.edition)
    return wanted


def set_papers(
    records: Records, mini: Mini, contracts: Sequence[str], questionnaire: str | None, questionnaire_after: str | None
) -> Mini:
    """Have clients of the mini sign and answer these, each in its newest version."""
    if len(set(contracts)) > MOST_OF_A_MINI:
        raise TooManyContracts(most=MOST_OF_A_MINI)
    if questionnaire and questionnaire == questionnaire_after:
        raise SameQuestions
    known = records.papers.contracts(mini.studio_id)
    asked = records.papers.questionnaires(mini.studio_id)
    return change_mini(
        records,
        mini,
        replace(
            mini,
            contracts=tuple(_newest(known, one).edition for one in dict.fromkeys(contracts)),
            questionnaire=_newest(asked, questionnaire).edition if questionnaire else None,
            questionnaire_after=_newest(asked, questionnaire_after).edition if questionnaire_after else None,
        ),
    )


def with_newest_papers(records: Records, mini: Mini) -> Mini:
    """The mini with the newest versions of its papers: a copy of a finished mini has old ones."""
    during, after = mini.questionnaire, mini.questionnaire_after
    if not (mini.contracts or during or after):
        return mini
    return set_papers(records, mini, [one.id for one in mini.contracts], during and during.id, after and after.id)


def _newest(known: Sequence[Contract] | Sequence[Questionnaire], wanted: str) -> Contract | Questionnaire:
    found = next((one for one in known if one.id == wanted), None)
    if found is None:
        raise ContractGone
    return found


def _use(records: Records, studio_id: str, newest: Edition) -> None:
    """Have every mini that uses an older version use this one; finished minis keep what they had."""
    for mini in records.minis.all(studio_id):
        anew = replace(
            mini,
            contracts=tuple(_newer(one, newest) for one in mini.contracts),
            questionnaire=mini.questionnaire and _newer(mini.questionnaire, newest),
            questionnaire_after=mini.questionnaire_after and _newer(mini.questionnaire_after, newest),
        )
        if anew != mini and mini.state not in OVER:
            change_mini(records, mini, anew)


def _newer(used: Edition, newest: Edition) -> Edition:
    return newest if used.id == newest.id else used
