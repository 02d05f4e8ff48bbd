import pytest

from bots.demo.telegram.links import LinkRefused, checked_link, date_time_format, mentioned_user


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("example.com", "http://example.com/"),
        ("HTTPS://Example.com/A?b=C#d", "https://example.com/A?b=C#d"),
        ("http://127.0.0.1:8787/pay", "http://127.0.0.1:8787/pay"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("t.me/LunaPhotoBot?start=m_1", "http://t.me/LunaPhotoBot?start=m_1"),
        ("https://a:b@example.com/x y", "https://a:b@example.com/x%20y"),
        ("tg:resolve?domain=LunaPhotoBot", "tg://resolve?domain=LunaPhotoBot"),
    ],
)
def test_an_address_is_written_as_telegram_writes_it(link: str, written: str) -> None:
    assert checked_link(link) == written


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://localhost", "Wrong HTTP URL"),
        ("http://localhost:8080/pay", "Wrong HTTP URL"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("http://", "URL host is empty"),
        ("http://.", "Host is invalid"),
        ("http://example.com:0/", "Wrong port number specified in the URL"),
        ("http://example.com:65536/", "Wrong port number specified in the URL"),
        ("tel:+13125550188", "Wrong port number specified in the URL"),
        ("http://[::z]/", "Wrong IPv6 address specified in the URL"),
        ("http://exa mple.com", "Wrong URL host"),
        ("tg://user:1@x", "Wrong tg URL"),
        ("tg://a.b", "Unallowed characters in URL host"),
    ],
)
def test_an_address_is_refused_with_telegrams_reason(link: str, reason: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        checked_link(link)

    assert str(refused.value) == reason


def test_a_mention_names_its_user() -> None:
    assert mentioned_user("tg://user?id=123") == 123
    assert mentioned_user("tg://user?id=0123") == 0
    assert mentioned_user("https://example.com/?id=123") == 0


def test_a_format_of_time_is_written_in_one_order() -> None:
    assert [date_time_format(given) for given in ("", "R", "tDw", "ttTdD")] == ["", "r", "wDt", "DT"]
    with pytest.raises(LinkRefused):
        date_time_format("rt")
