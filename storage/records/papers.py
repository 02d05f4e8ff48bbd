"""Contracts and questionnaires by version, what was signed, and what was answered."""

from dataclasses import replace

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.paperwork.contract import Agreement, Contract, Edition, Signing
from core.paperwork.questionnaire import Answers, Questionnaire
from core.values.refusals import Overtaken
from storage.documents import AGREEMENT, ANSWERS, CONTRACT, QUESTIONNAIRE, SIGNING
from storage.execution import AnyRow, Execution
from storage.paper_tables import agreements, answers, contracts, questionnaires
from storage.records.area import Area
from storage.records.sealing import Seals
from storage.statement import Statement, Value


def _edition(table: Table) -> Statement:
    return Statement(
        select(table.c.body).where(
            table.c.studio_id == bindparam("studio_id"),
            table.c.id == bindparam("paper_id"),
            table.c.version == bindparam("version"),
        )
    )


def _newest(table: Table) -> Statement:
    """The newest version of each of the studio's, by title."""
    newer = table.alias("newer")
    latest = (
        select(func.max(newer.c.version))
        .where(newer.c.studio_id == table.c.studio_id, newer.c.id == table.c.id)
        .scalar_subquery()
    )
    return Statement(
        select(table.c.body)
        .where(table.c.studio_id == bindparam("studio_id"), table.c.version == latest)
        .order_by(table.c.title, table.c.id)
    )


_ADD_CONTRACT = Statement(insert(contracts).on_conflict_do_nothing())
_CONTRACT = _edition(contracts)
_CONTRACTS = _newest(contracts)
_ADD_QUESTIONNAIRE = Statement(insert(questionnaires).on_conflict_do_nothing())
_QUESTIONNAIRE = _edition(questionnaires)
_QUESTIONNAIRES = _newest(questionnaires)

_ADD_AGREEMENT = Statement(insert(agreements))
_AGREEMENTS_OF = select(agreements.c.body, agreements.c.signing).where(agreements.c.studio_id == bindparam("studio_id"))
_AGREEMENT = Statement(_AGREEMENTS_OF.where(agreements.c.id == bindparam("agreement_id")))
_AGREEMENTS = Statement(
    _AGREEMENTS_OF.where(agreements.c.booking_id == bindparam("booking_id")).order_by(agreements.c.id)
)
_SIGN = Statement(
    update(agreements)
    .where(
        agreements.c.studio_id == bindparam("in_studio"),
        agreements.c.id == bindparam("agreement_id"),
        agreements.c.signing.is_(None),
    )
    .values(signing=bindparam("signing"), seal=bindparam("seal"))
)

_adding = insert(answers)
_KEEP = Statement(
    _adding.on_conflict_do_update(
        index_elements=["studio_id", "booking_id", "questionnaire_id"],
        set_={name: _adding.excluded[name] for name in ("id", "body", "seal")},
    )
)
_ANSWERS = Statement(
    select(answers.c.body)
    .where(answers.c.studio_id == bindparam("studio_id"), answers.c.booking_id == bindparam("booking_id"))
    .order_by(answers.c.id)
)


class PaperTable(Area):
    """core.paperwork.records.PaperRecords."""

    __slots__ = ("_seals",)

    def __init__(self, execution: Execution, seals: Seals) -> None:
        super().__init__(execution)
        self._seals = seals

    def add_contract(self, contract: Contract) -> None:
        self._add(_ADD_CONTRACT, contracts, _versioned(contract, CONTRACT.write(contract)))

    def _add(self, statement: Statement, table: Table, row: dict[str, Value]) -> None:
        if not self._execution.write(statement, **row, seal=self._seals.of(table, row)):
            raise Overtaken

    def contract(self, studio_id: str, edition: Edition) -> Contract | None:
        row = self._execution.first(_CONTRACT, studio_id=studio_id, paper_id=edition.id, version=edition.version)
        return CONTRACT.read(row.body) if row else None

    def contracts(self, studio_id: str) -> list[Contract]:
        return [CONTRACT.read(row.body) for row in self._execution.all(_CONTRACTS, studio_id=studio_id)]

    def add_questionnaire(self, questionnaire: Questionnaire) -> None:
        row = _versioned(questionnaire, QUESTIONNAIRE.write(questionnaire))
        self._add(_ADD_QUESTIONNAIRE, questionnaires, row)

    def questionnaire(self, studio_id: str, edition: Edition) -> Questionnaire | None:
        row = self._execution.first(_QUESTIONNAIRE, studio_id=studio_id, paper_id=edition.id, version=edition.version)
        return QUESTIONNAIRE.read(row.body) if row else None

    def questionnaires(self, studio_id: str) -> list[Questionnaire]:
        return [QUESTIONNAIRE.read(row.body) for row in self._execution.all(_QUESTIONNAIRES, studio_id=studio_id)]

    def add_agreement(self, agreement: Agreement) -> None:
        row = _agreement_row(agreement)
        self._execution.write(_ADD_AGREEMENT, **row, seal=self._seals.of(agreements, row))

    def agreement(self, studio_id: str, agreement_id: str) -> Agreement | None:
        row = self._execution.first(_AGREEMENT, studio_id=studio_id, agreement_id=agreement_id)
        return _agreement_of(row) if row else None

    def agreements(self, studio_id: str, booking_id: str) -> list[Agreement]:
        rows = self._execution.all(_AGREEMENTS, studio_id=studio_id, booking_id=booking_id)
        return [_agreement_of(row) for row in rows]

    def sign(self, agreement: Agreement, signing: Signing) -> bool:
        row = _agreement_row(replace(agreement, signing=signing))
        return bool(
            self._execution.write(
                _SIGN,
                in_studio=agreement.studio_id,
                agreement_id=agreement.id,
                signing=row["signing"],
                seal=self._seals.of(agreements, row),
            )
        )

    def keep_answers(self, given: Answers) -> None:
        row: dict[str, Value] = {
            "studio_id": given.studio_id,
            "id": f"{given.booking_id}.{given.questionnaire.id}",
            "booking_id": given.booking_id,
            "questionnaire_id": given.questionnaire.id,
            "body": ANSWERS.write(given),
        }
        self._execution.write(_KEEP, **row, seal=self._seals.of(answers, row))

    def answers(self, studio_id: str, booking_id: str) -> list[Answers]:
        rows = self._execution.all(_ANSWERS, studio_id=studio_id, booking_id=booking_id)
        return [ANSWERS.read(row.body) for row in rows]


def _versioned(paper: Contract | Questionnaire, body: str) -> dict[str, Value]:
    return {
        "studio_id": paper.studio_id,
        "id": paper.id,
        "version": paper.version,
        "title": paper.title,
        "body": body,
    }


def _agreement_row(agreement: Agreement) -> dict[str, Value]:
    return {
        "studio_id": agreement.studio_id,
        "id": agreement.id,
        "booking_id": agreement.booking_id,
        "body": AGREEMENT.write(replace(agreement, signing=None)),
        "signing": SIGNING.maybe_write(agreement.signing),
    }


def _agreement_of(row: AnyRow) -> Agreement:
    return replace(AGREEMENT.read(row.body), signing=SIGNING.maybe_read(row.signing))
