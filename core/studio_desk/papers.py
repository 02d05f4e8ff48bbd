"""The desk's deeds with contracts and questionnaires, and with what clients signed and answered."""

from collections.abc import Sequence

from core.booking.booking import Booking
from core.booking.papers import agreed_of
from core.minis.mini import Mini
from core.minis.papers import save_contract, save_questionnaire, set_papers
from core.paperwork.contract import Agreement, Consent, Contract, Edition
from core.paperwork.files import FileKind, StoredFile
from core.paperwork.questionnaire import Answers, Question, Questionnaire
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers
from core.values.news import News, What


class PaperDeeds(Desk):
    @photographers
    def contracts(self) -> list[Contract]:
        """The newest version of each."""
        return self._records.papers.contracts(self.studio.id)

    @photographers
    def save_contract(
        self,
        title: str,
        text: str,
        *,
        summary: Sequence[str] = (),
        consents: Sequence[Consent] = (),
        contract_id: str | None = None,
    ) -> Contract:
        """A new contract, or this one anew, for new bookings only (B10). Raises what `save_contract` raises."""
        wanted = Contract(
            id=contract_id or self._records.new_id(),
            studio_id=self.studio.id,
            title=title,
            text=text,
            summary=tuple(summary),
            consents=tuple(consents),
        )
        saved = save_contract(self._records, wanted, is_new=contract_id is None)
        self._note(News(what=What.CONTRACT_SAVED, subject_id=saved.id, facts={"version": saved.version}))
        return saved

    @photographers
    def questionnaires(self) -> list[Questionnaire]:
        """The newest version of each."""
        return self._records.papers.questionnaires(self.studio.id)

    @photographers
    def save_questionnaire(
        self, title: str, questions: Sequence[Question], *, questionnaire_id: str | None = None
    ) -> Questionnaire:
        """A new questionnaire, or the next version of it (B10). Raises what `save_questionnaire` raises."""
        wanted = Questionnaire(
            id=questionnaire_id or self._records.new_id(),
            studio_id=self.studio.id,
            title=title,
            questions=tuple(questions),
        )
        saved = save_questionnaire(self._records, wanted, is_new=questionnaire_id is None)
        self._note(News(what=What.QUESTIONNAIRE_SAVED, subject_id=saved.id, facts={"version": saved.version}))
        return saved

    @photographers
    def set_papers(
        self,
        mini_id: str,
        *,
        contracts: Sequence[str] = (),
        questionnaire: str | None = None,
        questionnaire_after: str | None = None,
    ) -> Mini:
        """What clients of the mini sign and answer, by ids. Raises TooManyContracts and ContractGone (B5, B6)."""
        mini = self._mini(mini_id)
        return self._changed(set_papers(self._records, mini, contracts, questionnaire, questionnaire_after))

    @photographers
    def agreements(self, booking_id: str) -> list[Agreement]:
        """Every contract that was put before the booking's client; what was signed has its `signing`."""
        return self._records.papers.agreements(self.studio.id, booking_id)

    @photographers
    def agreed(self, booking: Booking) -> list[Agreement]:
        """What the booking's client agreed on, signed: one a contract."""
        return agreed_of(self._records, booking)

    @photographers
    def signed_copy(self, agreement_id: str) -> StoredFile | None:
        """The printed copy that the client was given."""
        return self._records.files.of_subject(self.studio.id, FileKind.SIGNED_COPY, agreement_id)

    @photographers
    def answers(self, booking_id: str) -> list[Answers]:
        return self._records.papers.answers(self.studio.id, booking_id)

    @photographers
    def asked(self, edition: Edition) -> Questionnaire | None:
        """The questions of this version, as its clients read them."""
        return self._records.papers.questionnaire(self.studio.id, edition)

    @photographers
    def photo(self, file_id: str) -> StoredFile | None:
        """A photo that a client sent; None where its time is over."""
        file = self._records.files.one(self.studio.id, file_id)
        return file if file and file.kind is FileKind.PHOTO else None
