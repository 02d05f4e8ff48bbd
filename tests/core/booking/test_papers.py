"""What a booking's client signs and answers: what was shown, in time, and only as long as it fits."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.back_office import BackOffice
from core.booking.booking import Booking, State
from core.booking.papers import Term, to_sign
from core.booking.refusals import (
    BookingChanged,
    ContractChanged,
    ContractUnsigned,
    HoldOver,
    NameDiffers,
)
from core.client_desk import ClientDesk
from core.minis.mini import Mini
from core.minis.papers import SameQuestions
from core.paperwork.contract import Agreement, Contract, ContractGone, Edition, Origin, TooManyContracts
from core.paperwork.fields import Field, FieldUnknown
from core.paperwork.questionnaire import (
    AnswersMissing,
    AnswerUnreadable,
    TooManyPhotos,
    TooManyQuestions,
    read_questions,
)
from core.ports import Records
from core.values.news import What
from storage.store import Store
from tests.builders import SUNDAY, a_contract, a_day, a_package
from tests.core.house import ANA, QUARTER, House, at_once, present

HERE = Origin(channel="telegram", chat="7", person="7", message="42")
AGREED = "Sending your name means you agree to version 1."


def words_for(terms: Mapping[Field, Term]) -> dict[Field, str]:
    """Plain words: what the conversation makes better ones of."""
    return {field: f"<{field}:{term}>" for field, term in terms.items()}


def contract_in(house: House, **facts: Any) -> Contract:
    return house.by_owner(lambda desk: a_contract(desk, **facts))


def with_contract(house: House, *contracts: Contract, **facts: Any) -> Mini:
    return house.mini(contracts=contracts or [contract_in(house)], **facts)


def held(house: House, mini: Mini, name: str = "ana", **wish: Any) -> Booking:
    free = next(row.spot for row in house.rows(mini.id) if not row.taken)
    booking = house.hold(name, free, **wish)
    return house.by(name, lambda desk: desk.keep_contact(booking.id, ANA))


def shown(house: House, booking: Booking, edition: Edition | None = None, name: str = "ana") -> Agreement:
    """Show the contract; gives it as it stands before the client."""
    which = edition or booking.snapshot.contracts[0]

    def deed(desk: ClientDesk) -> Agreement:
        own = present(desk.booking(booking.id))
        desk.present(own.id, which, words_for(desk.terms(own)))
        return present(next(one.agreement for one in desk.papers(own) if one.contract.edition == which))

    return house.by(name, deed)


def sign(
    house: House,
    booking: Booking,
    agreement: Agreement,
    typed: str = ANA.name,
    name: str = "ana",
    chosen: str | None = None,
) -> Booking:
    return house.by(
        name,
        lambda desk: desk.sign(
            booking.id,
            agreement.id,
            typed_name=typed,
            name=chosen or typed,
            consent_words=AGREED,
            consents=[("website", True), ("forged", True)],
            origin=HERE,
        ),
    )


def signed(house: House, booking: Booking) -> Agreement:
    agreement = shown(house, booking)
    sign(house, booking, agreement)
    return agreement


def now_before(house: House, booking: Booking, edition: Edition | None = None) -> Agreement | None:
    """The contract that fits the booking as it is now."""
    which = edition or booking.snapshot.contracts[0]
    papers = house.by("ana", lambda desk: desk.papers(present(desk.booking(booking.id))))
    return next(one.agreement for one in papers if one.contract.edition == which)


def open_in(records: Records, booking: Booking) -> list[Edition]:
    return [one.contract.edition for one in to_sign(records, booking)]


# -- signing --


@pytest.mark.rule("I1", "F4")
def test_what_is_signed_is_kept_with_its_evidence(house: House):
    booking = held(house, with_contract(house))
    before = house.look(lambda records: records.now)
    agreement = shown(house, booking)
    house.wait(timedelta(minutes=2))

    sign(house, booking, agreement, "ana ruiz")

    kept = house.by_owner(lambda desk: desk.agreements(booking.id))
    assert [one.id for one in kept] == [agreement.id]
    signing = present(kept[0].signing)
    assert kept[0].text == agreement.text
    assert hashlib.sha256(kept[0].text.encode()).hexdigest() == kept[0].sha256
    assert kept[0].contract == booking.snapshot.contracts[0]
    assert signing.typed_name == "ana ruiz"
    assert signing.contact_name == ANA.name
    assert signing.consent_words == AGREED
    assert signing.consents == (("website", True),)
    assert signing.origin == HERE
    assert before <= kept[0].shown_at < signing.signed_at
    assert signing.signed_at - kept[0].shown_at >= timedelta(minutes=2)


@pytest.mark.rule("B5")
def test_the_fields_are_filled_with_what_the_booking_says(house: House):
    booking = held(house, with_contract(house))

    text = shown(house, booking).text

    assert "<client\\_" not in text
    assert "{" not in text
    for said in (
        "<client_name:Ana Ruiz>",
        "<fee:Money(minor=15000, currency='USD')>",
        "<package:Mini>",
        "<place:Riverside Park, north gate>",
    ):
        assert said in text


@pytest.mark.rule("F4")
def test_nothing_is_booked_before_every_contract_is_signed(house: House):
    first, second = contract_in(house), contract_in(house, title="Model release", text="Photos may be shown.")
    booking = held(house, with_contract(house, first, second))

    with pytest.raises(ContractUnsigned) as refused:
        house.by("ana", lambda desk: desk.confirm(booking.id))
    assert refused.value.facts == {"title": "Session contract"}
    sign(house, booking, shown(house, booking, first.edition))
    with pytest.raises(ContractUnsigned) as refused:
        house.by("ana", lambda desk: desk.confirm(booking.id))
    assert refused.value.facts == {"title": "Model release"}
    sign(house, booking, shown(house, booking, second.edition))

    assert house.by("ana", lambda desk: desk.confirm(booking.id)).state is State.CONFIRMED


@pytest.mark.rule("I1")
def test_showing_and_signing_again_change_nothing(house: House):
    booking = held(house, with_contract(house))
    agreement = signed(house, booking)
    house.wait(timedelta(minutes=1))

    again = shown(house, booking)
    sign(house, booking, again, "Ana R")

    assert again.id == agreement.id
    assert present(again.signing).typed_name == ANA.name
    assert [what for what, _ in house.notes()].count("contract_signed") == 1


@pytest.mark.rule("I3")
def test_a_name_that_cannot_be_the_clients_is_asked_again(house: House):
    booking = held(house, with_contract(house))
    agreement = shown(house, booking)

    with pytest.raises(NameDiffers) as refused:
        sign(house, booking, agreement, "Ben Carter")

    assert refused.value.facts == {"typed": "Ben Carter", "known": "Ana Ruiz"}
    assert present(now_before(house, booking)).signing is None


def a_new_time(house: House, booking: Booking) -> None:
    house.by(
        "ana",
        lambda desk: desk.swap(
            booking.id,
            house.spots(present(house.look(lambda records: records.minis.one(house.studio.id, booking.mini_id))))[1].id,
        ),
    )


def a_new_package(house: House, booking: Booking) -> None:
    house.by("ana", lambda desk: desk.choose(booking.id, "plus", ()))


def a_new_name(house: House, booking: Booking) -> None:
    house.by("ana", lambda desk: desk.keep_contact(booking.id, replace(ANA, name="Ana Maria Ruiz")))


CHANGES = {"spot_time": a_new_time, "package": a_new_package, "client_name": a_new_name}


@pytest.mark.rule("B10", "I1")
@pytest.mark.parametrize("changed", CHANGES)
@pytest.mark.parametrize("named", [*CHANGES, "mini"])
def test_a_signature_is_void_once_its_text_would_read_otherwise(house: House, changed: str, named: str):
    contract = contract_in(house, text=f"This is about {{{named}}}.", summary=(), consents=())
    packages = [a_package(), a_package("Plus", 210)]
    booking = held(house, with_contract(house, contract, packages=packages))
    agreement = signed(house, booking)

    CHANGES[changed](house, booking)

    anew = house.booking(booking)
    open_ones = house.look(lambda records: open_in(records, anew))
    assert open_ones == ([contract.edition] if changed == named else [])
    if changed == named:
        with pytest.raises(ContractChanged):
            sign(house, booking, agreement)
        with pytest.raises(ContractUnsigned):
            house.by("ana", lambda desk: desk.confirm(booking.id))
        assert shown(house, anew).id != agreement.id
    # What was signed stays as it was.
    assert house.by_owner(lambda desk: desk.agreements(booking.id))[0].text == agreement.text


@pytest.mark.rule("I3")
def test_nobodys_signature_stands_for_somebody_else(house: House):
    """Even where the contract names no client."""
    booking = held(house, with_contract(house, contract_in(house, text="About {mini}.", summary=())))
    signed(house, booking)

    house.by("ana", lambda desk: desk.keep_contact(booking.id, replace(ANA, name="Boris Karloff")))

    with pytest.raises(ContractUnsigned):
        house.by("ana", lambda desk: desk.confirm(booking.id))


@pytest.mark.rule("B10")
def test_whoever_goes_back_to_the_time_that_they_signed_for_has_signed(house: House):
    mini = with_contract(house, contract_in(house, text="On {spot_time}.", summary=()))
    booking = held(house, mini)
    first = signed(house, booking)
    spots = [row.spot for row in house.rows(mini.id)]

    house.by("ana", lambda desk: desk.swap(booking.id, spots[1].id))
    shown(house, house.booking(booking))
    house.by("ana", lambda desk: desk.swap(booking.id, spots[0].id))

    assert house.look(lambda records: open_in(records, house.booking(booking))) == []
    assert present(now_before(house, house.booking(booking))).id == first.id


def agreed(house: House, booking: Booking) -> list[str]:
    """What the client agreed on, by ids; the same to both sides."""
    now = house.booking(booking)
    by_client = house.by("ana", lambda desk: [one.id for one in desk.agreed(now)])
    assert house.by_owner(lambda desk: [one.id for one in desk.agreed(now)]) == by_client
    return by_client


@pytest.mark.rule("B10", "I2")
def test_what_was_agreed_on_is_what_was_signed_for_the_time_that_is_booked(house: House):
    """Not what was signed last: that may be about a time that the client left again."""
    mini = with_contract(house, contract_in(house, text="On {spot_time}.", summary=()))
    booking = held(house, mini)
    spots = [row.spot for row in house.rows(mini.id)]
    assert agreed(house, booking) == []
    first = signed(house, booking)
    assert agreed(house, booking) == [first.id]

    house.by("ana", lambda desk: desk.swap(booking.id, spots[1].id))
    assert agreed(house, booking) == []
    second = signed(house, house.booking(booking))
    assert agreed(house, booking) == [second.id]
    house.by("ana", lambda desk: desk.swap(booking.id, spots[0].id))
    assert agreed(house, booking) == [first.id]

    house.by("ana", lambda desk: desk.confirm(booking.id))
    assert agreed(house, booking) == [first.id]


@pytest.mark.rule("I2")
def test_what_a_booking_was_made_on_stays_whatever_is_called_otherwise_since(house: House):
    mini = with_contract(house, contract_in(house, text="With {studio}.", summary=()))
    booking = held(house, mini)
    agreement = signed(house, booking)
    house.by("ana", lambda desk: desk.confirm(booking.id))

    def rename(records: Records) -> bool:
        studio = present(records.studios.one(booking.studio_id))
        return records.studios.change(studio, replace(studio, name="Moonlight Portraits"))

    assert house.store.do(rename)

    assert agreed(house, booking) == [agreement.id]


def test_nothing_was_agreed_on_in_a_hold_that_came_to_nothing(house: House):
    booking = held(house, with_contract(house))
    agreement = signed(house, booking)
    assert agreed(house, booking) == [agreement.id]

    house.by("ana", lambda desk: desk.give_up(booking.id))

    assert house.booking(booking).state is State.EXPIRED
    assert agreed(house, booking) == []


@pytest.mark.rule("F6")
def test_who_asks_to_sign_once_more_has_not_signed_until_they_did(house: House):
    booking = held(house, with_contract(house))
    first = signed(house, booking)

    house.by(
        "ana",
        lambda desk: desk.present(
            booking.id, first.contract, words_for(desk.terms(present(desk.booking(booking.id)))), anew=True
        ),
    )
    with pytest.raises(ContractUnsigned):
        house.by("ana", lambda desk: desk.confirm(booking.id))
    again = present(now_before(house, booking))
    sign(house, booking, again)

    assert again.id != first.id
    assert house.by("ana", lambda desk: desk.confirm(booking.id)).state is State.CONFIRMED


@pytest.mark.rule("I3")
def test_a_name_that_nobody_typed_and_nobody_has_is_not_signed_with(house: House):
    booking = held(house, with_contract(house))
    agreement = shown(house, booking)

    for name, outcome in (("Queen Ana", NameDiffers), (ANA.name, Booking)):
        try:
            done = sign(house, booking, agreement, "Ana Ruis", chosen=name)
        except NameDiffers as refused:
            done = refused
        assert isinstance(done, outcome)

    kept = present(present(now_before(house, booking)).signing)
    assert (kept.typed_name, kept.name) == ("Ana Ruis", ANA.name)


@pytest.mark.rule("B6")
def test_the_same_questions_are_not_asked_twice(house: House):
    mini = house.mini(questions="Who comes?")
    (asked,) = house.by_owner(lambda desk: desk.questionnaires())

    with pytest.raises(SameQuestions):
        house.by_owner(lambda desk: desk.set_papers(mini.id, questionnaire=asked.id, questionnaire_after=asked.id))


@pytest.mark.rule("B5")
def test_two_who_edit_one_contract_make_two_versions(house: House):
    contract = contract_in(house)

    done = at_once(
        *(
            lambda text=text: house.by_owner(
                lambda desk: desk.save_contract(contract.title, text, contract_id=contract.id)
            )
            for text in ("One.", "Another.")
        )
    )

    assert sorted(one.version for one in done if isinstance(one, Contract)) == [2, 3]


@pytest.mark.rule("B5", "B10")
def test_a_new_version_touches_new_bookings_only(house: House):
    contract = contract_in(house)
    mini = with_contract(house, contract)
    booking = held(house, mini)
    agreement = signed(house, booking)

    second = house.by_owner(lambda desk: desk.save_contract(contract.title, "All is other.", contract_id=contract.id))
    later = house.hold("ben", house.spots(mini)[1])

    assert second.edition == Edition(contract.id, 2)
    assert later.snapshot.contracts == (second.edition,)
    assert house.look(lambda records: open_in(records, house.booking(booking))) == []
    assert house.by_owner(lambda desk: desk.agreements(booking.id)) == [
        replace(agreement, signing=present(now_before(house, booking)).signing)
    ]
    assert house.by("ana", lambda desk: desk.confirm(booking.id)).state is State.CONFIRMED


@pytest.mark.rule("B10", "F9")
def test_taken_up_again_it_is_signed_anew_only_if_the_contract_changed(house: House):
    contract = contract_in(house, text="About {mini}.", summary=())
    mini = with_contract(house, contract)
    booking = held(house, mini)
    signed(house, booking)
    house.let_lapse(booking)
    house.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))
    assert house.look(lambda records: open_in(records, house.booking(booking))) == []

    house.let_lapse(booking)
    house.by_owner(lambda desk: desk.save_contract(contract.title, "Other.", contract_id=contract.id))
    house.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id))

    assert house.look(lambda records: open_in(records, house.booking(booking))) == [Edition(contract.id, 2)]


@pytest.mark.rule("G4", "F4")
def test_after_the_hold_nothing_is_signed_or_answered(house: House):
    booking = held(house, with_contract(house, questions="Who comes? *"))
    agreement = shown(house, booking)
    edition = present(booking.snapshot.questionnaire)
    house.wait(QUARTER)

    for deed in (
        lambda: sign(house, booking, agreement),
        lambda: shown(house, booking),
        lambda: house.by("ana", lambda desk: desk.answer(booking.id, edition, {"q1": "we"})),
    ):
        with pytest.raises(HoldOver):
            deed()


def test_nobody_signs_for_another(house: House):
    booking = held(house, with_contract(house))
    agreement = shown(house, booking)
    theirs = held(house, with_contract(house, days=[a_day(SUNDAY)]), "ben")

    with pytest.raises(BookingChanged):
        sign(house, booking, agreement, name="ben")
    with pytest.raises(ContractChanged):
        sign(house, theirs, agreement, name="ben")
    with pytest.raises(ContractGone):
        house.by("ben", lambda desk: desk.present(theirs.id, booking.snapshot.contracts[0], {}))


def test_of_two_devices_one_signs(house: House):
    booking = held(house, with_contract(house))
    agreement = shown(house, booking)

    done = at_once(*(lambda: sign(house, booking, agreement) for _ in range(4)))

    assert all(isinstance(one, Booking) for one in done)
    assert [what for what, _ in house.notes()].count("contract_signed") == 1


# -- answering --

QUESTIONS = "Who comes? [[adults | children]] *\nHow many? (number)\nPictures (photo)"


def answer(house: House, booking: Booking, edition: Edition | None, **values: str) -> Booking:
    return house.by("ana", lambda desk: desk.answer(booking.id, present(edition), values))


@pytest.mark.rule("B6", "F5")
def test_answers_are_kept_and_may_be_changed_until_it_is_booked(house: House):
    booking = held(house, house.mini(questions=QUESTIONS))
    edition = booking.snapshot.questionnaire

    answer(house, booking, edition, q1="adults", q2=" ")
    answer(house, booking, edition, q1="adults\nchildren", q2="4")
    house.by("ana", lambda desk: desk.confirm(booking.id))

    (kept,) = house.by_owner(lambda desk: desk.answers(booking.id))
    assert dict(kept.values) == {"q1": "adults\nchildren", "q2": "4"}
    with pytest.raises(BookingChanged):
        answer(house, booking, edition, q1="adults")


@pytest.mark.rule("B6")
def test_required_questions_come_before_booking_and_optional_ones_need_not(house: House):
    booking = held(house, house.mini(questions=QUESTIONS))
    with pytest.raises(AnswersMissing):
        house.by("ana", lambda desk: desk.confirm(booking.id))
    with pytest.raises(AnswersMissing):
        answer(house, booking, booking.snapshot.questionnaire, q2="4")

    free = held(house, house.mini(title="Other Minis", days=[a_day(SUNDAY)], questions="Anything else? (long)"))

    assert house.by("ana", lambda desk: desk.confirm(free.id)).state is State.CONFIRMED


@pytest.mark.rule("B6")
def test_what_is_asked_after_booking_is_answered_after_it(house: House):
    booking = held(house, house.mini(questions_after="What do you wear?"))
    edition = booking.snapshot.questionnaire_after
    with pytest.raises(BookingChanged):
        answer(house, booking, edition, q1="green")
    house.by("ana", lambda desk: desk.confirm(booking.id))

    answer(house, booking, edition, q1="green")

    assert [dict(one.values) for one in house.by_owner(lambda desk: desk.answers(booking.id))] == [{"q1": "green"}]


@pytest.mark.rule("F5")
def test_photos_are_kept_for_their_question_and_only_as_many(house: House):
    booking = held(house, house.mini(questions=QUESTIONS))
    edition = present(booking.snapshot.questionnaire)
    photos: list[str] = []
    for _ in range(3):
        photos.append(keep(house, booking, edition, "q3", beside=photos))

    with pytest.raises(TooManyPhotos):
        keep(house, booking, edition, "q3", beside=photos)
    with pytest.raises(AnswerUnreadable):
        keep(house, booking, edition, "q1")
    with pytest.raises(AnswerUnreadable):
        answer(house, booking, edition, q1="adults", q3="somebody else's")
    house.by("ana", lambda desk: desk.drop_photo(booking.id, photos[1]))
    photos[1:2] = [keep(house, booking, edition, "q3", beside=[photos[0], photos[2]])]
    answer(house, booking, edition, q1="adults", q3="\n".join(photos))

    assert are_there(house, *photos) == [True, True, True]


@pytest.mark.rule("F5")
def test_photos_of_one_question_are_no_answer_to_another(house: House):
    booking = held(house, house.mini(questions="Pictures (photo)\nYour dog (photo)"))
    edition = booking.snapshot.questionnaire
    photo = keep(house, booking, edition, "q1")

    with pytest.raises(AnswerUnreadable):
        answer(house, booking, edition, q2=photo)


@pytest.mark.rule("B6", "F5")
def test_the_questions_after_booking_take_as_many_photos_as_those_before(house: House):
    booking = held(house, house.mini(questions="Pictures (photo)", questions_after="Your outfits (photo) *"))
    before, after = booking.snapshot.questionnaire, booking.snapshot.questionnaire_after
    shown = [keep(house, booking, before) for _ in range(3)]
    answer(house, booking, before, q1="\n".join(shown))
    house.by("ana", lambda desk: desk.confirm(booking.id))

    worn = [keep(house, booking, after) for _ in range(3)]
    answer(house, booking, after, q1="\n".join(worn))

    assert are_there(house, *shown, *worn) == [True] * 6


@pytest.mark.rule("F5")
def test_photos_that_no_answer_and_no_form_names_are_forgotten(house: House):
    booking = held(house, house.mini(questions="Pictures (photo)"))
    edition = booking.snapshot.questionnaire
    answered, left, sent = (keep(house, booking, edition) for _ in range(3))
    house.by("ana", lambda desk: desk.answer(booking.id, present(edition), {"q1": answered}, held=[left, sent]))
    assert are_there(house, answered, left, sent) == [True, True, True]

    for _ in range(2):
        house.by("ana", lambda desk: desk.clear_photos(booking.id, [sent]))

    assert are_there(house, answered, left, sent) == [True, False, True]


@pytest.mark.rule("F5")
def test_a_photo_of_an_answer_stays_until_there_is_another_answer(house: House):
    booking = held(house, house.mini(questions="Pictures (photo)"))
    edition = booking.snapshot.questionnaire
    first = keep(house, booking, edition)
    answer(house, booking, edition, q1=first)

    house.by("ana", lambda desk: desk.drop_photo(booking.id, first))
    second = keep(house, booking, edition)
    assert are_there(house, first, second) == [True, True]
    for _ in range(2):
        answer(house, booking, edition, q1=second)

    assert are_there(house, first, second) == [False, True]


@pytest.mark.rule("B6", "F9")
def test_another_edition_has_room_for_its_own_photos_and_its_answer_takes_the_place_of_the_old_one(house: House):
    mini = house.mini(questions="Pictures (photo) *")
    booking = held(house, mini)
    old = [keep(house, booking, booking.snapshot.questionnaire) for _ in range(3)]
    answer(house, booking, booking.snapshot.questionnaire, q1="\n".join(old))
    house.let_lapse(booking)
    (asked,) = house.by_owner(lambda desk: desk.questionnaires())
    house.by_owner(
        lambda desk: desk.save_questionnaire(
            "Again", read_questions("Other pictures (photo) *"), questionnaire_id=asked.id
        )
    )
    edition = house.by("ana", lambda desk: desk.take_up(booking.id, booking.spot_id)).snapshot.questionnaire

    new = [keep(house, booking, edition) for _ in range(3)]
    with pytest.raises(AnswerUnreadable):
        answer(house, booking, edition, q1=old[0])
    assert are_there(house, *old) == [True] * 3
    answer(house, booking, edition, q1="\n".join(new))

    assert edition == Edition(asked.id, 2)
    assert are_there(house, *old, *new) == [False] * 3 + [True] * 3


@pytest.mark.rule("F5")
def test_forgotten_photos_are_no_part_of_what_is_known(house: House):
    booking = held(house, house.mini(questions="Who? *\nPictures (photo)\nYour dog (photo)"))
    edition = present(booking.snapshot.questionnaire)
    gone, stays = keep(house, booking, edition, "q2"), keep(house, booking, edition, "q2")
    dog = keep(house, booking, edition, "q3")
    answer(house, booking, edition, q1="we", q2=f"{gone}\n{stays}", q3=dog)
    for one in (gone, dog):
        house.store.do(lambda records, one=one: records.files.remove(house.studio.id, one))

    known = house.by("ana", lambda desk: present(desk.answers(present(desk.booking(booking.id)), edition)))

    assert known.values == {"q1": "we", "q2": stays}
    answer(house, booking, edition, **known.values)


def keep(
    house: House,
    booking: Booking,
    edition: Edition | None,
    question: str = "q1",
    name: str = "ana",
    beside: Sequence[str] = (),
) -> str:
    return house.by(name, lambda desk: desk.keep_photo(booking.id, present(edition), question, b"jpeg", beside))


def forget(house: House) -> None:
    while house.store.do(lambda records: BackOffice(records).forget_files()):
        pass


def are_there(house: House, *photos: str) -> list[bool]:
    return [house.by_owner(lambda desk, one=one: desk.photo(one)) is not None for one in photos]


@pytest.mark.rule("F5")
def test_photos_of_a_booking_that_came_to_nothing_go_after_a_week_and_others_stay(shared: tuple[Store, str]):
    house = House(*shared, {"photos_kept": timedelta(days=30)})
    mini = house.mini(questions="Pictures (photo)", days=[a_day(SUNDAY + timedelta(days=14))])
    made, cancelled, given_up = held(house, mini), held(house, mini, "cleo"), held(house, mini, "ben")
    edition = made.snapshot.questionnaire
    photos = [
        keep(house, one, edition, name=name) for name, one in (("ana", made), ("cleo", cancelled), ("ben", given_up))
    ]
    house.by("ana", lambda desk: desk.confirm(made.id))
    house.by("cleo", lambda desk: desk.confirm(cancelled.id))
    house.by("cleo", lambda desk: desk.cancel(cancelled.id))
    house.by("ben", lambda desk: desk.give_up(given_up.id))

    forget(house)
    assert are_there(house, *photos) == [True, True, True]
    house.wait(timedelta(days=7))
    forget(house)

    assert are_there(house, *photos) == [True, True, False]
    told = house.look(lambda records: records.history.of_booking(house.studio.id, given_up.id))
    assert [row.what for row in told].count(What.PHOTOS_FORGOTTEN) == 1


@pytest.mark.rule("F5")
def test_the_photos_of_a_shoot_are_kept_as_long_as_the_studio_says(shared: tuple[Store, str]):
    house = House(*shared, {"photos_kept": timedelta(days=30)})
    booking = held(house, house.mini(questions="Pictures (photo)"))
    photo = keep(house, booking, booking.snapshot.questionnaire)
    house.by("ana", lambda desk: desk.confirm(booking.id))

    wait_until(house, booking.snapshot.ends + timedelta(days=30) - timedelta(minutes=1))
    forget(house)
    assert are_there(house, photo) == [True]
    house.wait(timedelta(minutes=1))
    forget(house)

    assert are_there(house, photo) == [False]


@pytest.mark.rule("F5")
def test_the_photos_of_a_booking_that_was_moved_are_kept_until_after_its_new_day(shared: tuple[Store, str]):
    house = House(*shared, {"photos_kept": timedelta(days=1)})
    mini = house.mini(questions="Pictures (photo)", days=[a_day(), a_day(SUNDAY + timedelta(days=7))])
    booking = held(house, mini)
    photo = keep(house, booking, booking.snapshot.questionnaire)
    house.by("ana", lambda desk: desk.confirm(booking.id))
    moved = house.by_owner(lambda desk: desk.move(booking.id, house.spots(mini)[-1].id))

    wait_until(house, booking.snapshot.ends + timedelta(days=1))
    forget(house)
    assert are_there(house, photo) == [True]
    wait_until(house, moved.snapshot.ends + timedelta(days=1))
    forget(house)

    assert are_there(house, photo) == [False]


@pytest.mark.rule("F5")
@pytest.mark.parametrize(("days", "is_there"), [(2, False), (60, True)])
def test_what_a_studio_keeps_now_counts_for_older_photos_too(shared: tuple[Store, str], days: int, is_there: bool):
    house = House(*shared, {"photos_kept": timedelta(days=30)})
    booking = held(house, house.mini(questions="Pictures (photo)"))
    photo = keep(house, booking, booking.snapshot.questionnaire)
    house.by("ana", lambda desk: desk.confirm(booking.id))
    old = present(house.look(lambda records: records.studios.one(house.studio.id)))
    house.store.do(lambda records: records.studios.change(old, replace(old, photos_kept=timedelta(days=days))))

    wait_until(house, booking.snapshot.ends + timedelta(days=2 if days == 2 else 31))
    forget(house)

    assert are_there(house, photo) == [is_there]


def wait_until(house: House, moment: datetime) -> None:
    house.wait(moment - house.look(lambda records: records.now))


# -- what the studio makes --


@pytest.mark.rule("B5")
def test_an_unknown_field_is_refused_when_a_contract_is_saved(house: House):
    with pytest.raises(FieldUnknown):
        contract_in(house, text="For {clint_name}.")

    assert house.by_owner(lambda desk: desk.contracts()) == []


@pytest.mark.rule("I1")
def test_what_is_hashed_and_signed_turns_no_words_around(house: House):
    contract = contract_in(house, title="Session\ncontract", text="The fee is \u202e051$\u202c, {client_name}.")

    agreement = shown(house, held(house, with_contract(house, contract)))

    assert agreement.title == "Session contract"
    assert agreement.text.startswith("The fee is 051$, ")
    assert agreement.sha256 == hashlib.sha256(agreement.text.encode()).hexdigest()


@pytest.mark.rule("B5")
def test_a_mini_has_up_to_two_contracts_of_its_own_studio(house: House, shared: tuple[Store, str]):
    three = [contract_in(house, title=f"Contract {number}") for number in range(3)]
    mini = house.mini()
    foreign = contract_in(House(*shared))

    with pytest.raises(TooManyContracts):
        house.by_owner(lambda desk: desk.set_papers(mini.id, contracts=[one.id for one in three]))
    with pytest.raises(ContractGone):
        house.by_owner(lambda desk: desk.set_papers(mini.id, contracts=[foreign.id]))
    with pytest.raises(ContractGone):
        house.by_owner(lambda desk: desk.save_contract("Theirs", "Text.", contract_id=foreign.id))


@pytest.mark.rule("B5", "B6")
def test_papers_are_listed_in_their_newest_version(house: House):
    contract = contract_in(house)
    house.by_owner(lambda desk: desk.save_contract("A new title", "Text.", contract_id=contract.id))
    mini = house.mini(questions="Who comes?")
    (asked,) = house.by_owner(lambda desk: desk.questionnaires())
    house.by_owner(lambda desk: desk.save_questionnaire("Again", asked.questions, questionnaire_id=asked.id))

    assert [(one.title, one.version) for one in house.by_owner(lambda desk: desk.contracts())] == [("A new title", 2)]
    assert [one.version for one in house.by_owner(lambda desk: desk.questionnaires())] == [2]
    now = present(house.look(lambda records: records.minis.one(house.studio.id, mini.id)))
    assert now.questionnaire == Edition(asked.id, 2)
    with pytest.raises(TooManyQuestions):
        house.by_owner(lambda desk: desk.save_questionnaire("Empty", ()))


@pytest.mark.rule("B10")
def test_a_second_day_is_no_other_contract(house: House):
    contract = contract_in(house, text="About {mini}.", summary=())
    mini = with_contract(house, contract, days=[a_day(), a_day(SUNDAY)])
    booking = held(house, mini)
    signed(house, booking)

    house.by("ana", lambda desk: desk.swap(booking.id, house.spots(mini)[-1].id))

    assert house.look(lambda records: open_in(records, house.booking(booking))) == []


@pytest.mark.rule("D5", "I3")
def test_whoever_signs_with_the_name_that_was_filled_in_made_it_theirs(house: House):
    mini = with_contract(house)
    booking = house.hold_reserved("ana", house.reserve(house.spots(mini)[0], contact=ANA))
    sign(house, booking, shown(house, booking))

    assert house.let_lapse(booking).contact == ANA
