"""F3: contact details are checked as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.booking.contact import (
    LONGEST_NAME,
    EmailCutOff,
    EmailUnreadable,
    NameIsLink,
    NameTooLong,
    NameTooShort,
    NameUnreadable,
    PhoneUnreadable,
    read_email,
    read_name,
    read_phone,
)
from core.values.refusals import Refusal


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ana Torres", "Ana Torres"),
        ("  Ana\n\t Torres ", "Ana Torres"),
        ("An\u200ba\u2060 Torres\ufeff", "Ana Torres"),  # characters of no width
        ("Ana \u200b Torres", "Ana Torres"),
        ("Jose\u200b\u0301", "José"),
        ("\u200eAna Torres\u200f", "Ana Torres"),  # direction marks that come with copied text
        ("Ａｎａ", "Ana"),  # full width
        ("Jose\u0301", "José"),
        ("O'Neil-García y Vega", "O'Neil-García y Vega"),
        ("J.R. Smith", "J.R. Smith"),
        ("Ma.de Lourdes", "Ma.de Lourdes"),
        ("St.John", "St.John"),
        ("李明", "李明"),
        ("محمد علی", "محمد علی"),
        ("Нина 2", "Нина 2"),
        ("<b>Ana</b> & {name}", "<b>Ana</b> & {name}"),  # markup is text here; whoever shows it escapes it
        ("Bo", "Bo"),
        ("x" * 80, "x" * 80),
    ],
)
def test_a_name_is_read(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", NameTooShort),
        (" \n ", NameTooShort),
        ("A", NameTooShort),
        ("\u200bA\u200b", NameTooShort),
        ("x" * 81, NameTooLong),
        ("x" * 5_000, NameTooLong),
        ("ﷺ" * 10, NameTooLong),  # NFKC makes 18 characters of each
        ("12", NameUnreadable),
        ("\u3164\u3164", NameUnreadable),  # letters to Unicode, and blank
        ("...", NameUnreadable),
        ("👍👍", NameUnreadable),
        ("Ana\x00Torres", NameUnreadable),
        ("Ana \x1b[31m", NameUnreadable),
        ("Ana \u202eserroT", NameUnreadable),  # turns what follows around
        ("Ana \u2066Torres\u2069", NameUnreadable),
        ("Ana \ud800", NameUnreadable),  # half a character
        ("Ana \ue000", NameUnreadable),
        ("https://evil.example", NameIsLink),
        ("Ana www.evil", NameIsLink),
        ("t.me/evil", NameIsLink),
        ("Win at evil.com", NameIsLink),
        ("ana@mail.com", NameIsLink),
        ("@ana_torres", NameIsLink),
    ],
)
def test_a_name_that_is_none_is_refused(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_name(typed)


def test_the_limits_of_a_name_are_told() -> None:
    with pytest.raises(NameTooShort) as short:
        read_name("A")
    with pytest.raises(NameTooLong) as long:
        read_name("A" * 100)

    assert (short.value.facts, long.value.facts) == ({"least": 2}, {"most": 80})


@pytest.mark.rule("F3")
@given(text=st.text(max_size=120))
def test_any_text_is_a_name_or_refused_and_a_name_is_read_again_as_itself(text: str) -> None:
    try:
        name = read_name(text)
    except Refusal:
        return

    assert read_name(name) == name
    assert 2 <= len(name) <= LONGEST_NAME
    assert "\n" not in name


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ana@mail.com", "ana@mail.com"),
        (" Ana.Torres+minis@Mail.COM\n", "Ana.Torres+minis@mail.com"),
        ("ana\u200b@mail.com", "ana@mail.com"),
        ("ａｎａ@mail.com", "ana@mail.com"),
        ("ana@sub.mail.co.uk", "ana@sub.mail.co.uk"),
        ("ana@xn--mnchen-3ya.de", "ana@münchen.de"),
        ("ана@почта.рф", "ана@почта.рф"),
        ("o'neil@mail.ie", "o'neil@mail.ie"),
    ],
)
def test_an_address_is_read(typed: str, address: str) -> None:
    assert read_email(typed) == address


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "after", "example"),
    [
        ("ana@mail", "mail", "ana@mail.com"),  # the storyboard's T6
        ("ana@mail.", "mail", "ana@mail.com"),
        ("ana@", "@", "ana@mail.com"),
        ("ana@Gmail", "Gmail", "ana@gmail.com"),
    ],
)
def test_an_address_that_looks_cut_off_is_answered_with_where_and_an_example(
    typed: str, after: str, example: str
) -> None:
    with pytest.raises(EmailCutOff) as refused:
        read_email(typed)

    assert refused.value.facts == {"after": after, "example": example}
    assert read_email(example) == example


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "no-at"),
        ("ana", "no-at"),
        ("ana.mail.com", "no-at"),
        ("ana@@mail.com", "two-ats"),
        ("ana@mail@com", "two-ats"),
        ("ana torres@mail.com", "space"),
        ("Ana <ana@mail.com>", "space"),
        ("ana@ mail.com", "space"),
        ("@mail.com", "before-at"),
        ("ana.@mail.com", "before-at"),
        ("a..b@mail.com", "before-at"),
        ("ana,@mail.com", "before-at"),
        ("a\u202eb@mail.com", "before-at"),
        ("\ud800@mail.com", "before-at"),
        ("x" * 65 + "@mail.com", "before-at"),
        ("ana@mail,com", "after-at"),
        ("ana@mail..com", "after-at"),
        ("ana@-mail.com", "after-at"),
        ("ana@1.2.3.4", "after-at"),
        ("ana@[127.0.0.1]", "after-at"),
        ("ana@ma\x00il.com", "after-at"),
        ("ana@" + "b." * 130 + "com", "too-long"),
        ("x" * 5_000, "too-long"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_is_wrong(typed: str, hint: str) -> None:
    with pytest.raises(EmailUnreadable) as refused:
        read_email(typed)

    assert refused.value.facts == {"hint": hint}


@pytest.mark.rule("F3")
@given(text=st.one_of(st.text(max_size=60), st.emails(), st.from_regex(r"\w{1,5}@\w{0,5}\.?\w{0,3}", fullmatch=True)))
def test_any_text_is_an_address_or_refused_and_an_address_is_read_again_as_itself(text: str) -> None:
    try:
        address = read_email(text)
    except (EmailCutOff, EmailUnreadable):
        return

    assert read_email(address) == address


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("312 555 0188", "US", "+13125550188"),
        ("(312) 555-0188", "US", "+13125550188"),
        ("+1 312 555 0188", "DE", "+13125550188"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("0034 612 34 56 78", "DE", "+34612345678"),
        ("+34612345678", "US", "+34612345678"),
        ("٣١٢ ٥٥٥ ٠١٨٨", "US", "+13125550188"),
    ],
)
def test_a_number_of_the_country_or_with_its_code_is_read(typed: str, country: str, number: str) -> None:
    assert read_phone(typed, country) == number


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "later",
        "555-1234",
        "123",
        "+1 312 555",
        "+999 312 555 0188",
        "612 34 56 78",  # a number, but of Spain
        "312 555 0188 ext. 12",  # somebody else would answer
        "312 555 0188" + " " * 40,
        "3" * 5_000,
        "\ud800\x00",
    ],
)
def test_a_number_that_nobody_has_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(PhoneUnreadable) as refused:
        read_phone(typed, "US")

    assert refused.value.facts == {"example": "+1 201-555-0123"}


@pytest.mark.rule("F3")
@pytest.mark.parametrize(
    ("country", "example"),
    [("ES", "+34 612 34 56 78"), ("DE", "+49 1512 3456789"), ("AQ", "+1 201-555-0123"), ("XX", "+1 201-555-0123")],
)
def test_the_example_is_of_the_studios_country_where_it_has_numbers(country: str, example: str) -> None:
    with pytest.raises(PhoneUnreadable) as refused:
        read_phone("later", country)

    assert refused.value.facts == {"example": example}


@pytest.mark.rule("F3")
@given(text=st.text(max_size=60), country=st.sampled_from(["US", "DE", "ES", "GB", "JP", "AQ"]))
def test_any_text_is_a_number_or_refused_and_a_number_is_read_again_as_itself(text: str, country: str) -> None:
    try:
        number = read_phone(text, country)
    except PhoneUnreadable:
        return

    assert read_phone(number, "US") == number
