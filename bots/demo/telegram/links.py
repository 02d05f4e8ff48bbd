"""Which addresses Telegram takes in a link or a button, and how it writes them."""

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import parse_qsl

# What td counts as space.
SPACE = " \t\r\n\0\v"

_PARTS = re.compile(r"(?:(?P<protocol>[^:/?#@\[\]]*)://)?(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_PORT = re.compile(r"(?P<host>.+):(?P<port>[^:\]@]*)", re.DOTALL)
_HOST = re.compile(r"(?:[a-z0-9.\-_!$,~*'();&+=]|%[0-9a-f]{2}|[^\x00-\x7f])+")
_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_DATE_TIME_FORMAT = re.compile(r"[tTdDwW]*")
_TG_LINK = re.compile(r"tg:(?://)?(?P<host>[^/?#]*)/?(?:\?(?P<query>[^#]*))?", re.IGNORECASE | re.DOTALL)


class LinkRefused(ValueError):
    """Telegram takes no such address; the words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Url:
    protocol: str
    userinfo: str
    host: str
    #: Zero: none was given.
    port: int
    query: str
    is_ipv6: bool


def checked_link(link: str) -> str:
    """The address as Telegram writes it. Raises LinkRefused."""
    scheme = _SCHEME.match(link)
    url = _parsed(link[scheme.end() :] if scheme else link)
    if scheme:
        return _checked_app_link(scheme.group(1).lower(), url)
    if "." not in url.host and not url.is_ipv6:
        raise LinkRefused("Wrong HTTP URL")
    userinfo = f"{url.userinfo}@" if url.userinfo else ""
    port = f":{url.port}" if url.port else ""
    return f"{url.protocol}://{userinfo}{url.host}{port}{url.query}"


def mentioned_user(link: str) -> int:
    """The user of `tg://user?id=…`, or 0."""
    return _number_in(link, host="user", key="id")


def custom_emoji(link: str) -> int:
    """The emoji of `tg://emoji?id=…`, or 0."""
    return _number_in(link, host="emoji", key="id")


def shown_time(link: str) -> tuple[int, str]:
    """The Unix time of `tg://time?unix=…` and its canonical format; the time is 0 if there is none.

    Raises LinkRefused for an unknown format.
    """
    return _number_in(link, host="time", key="unix"), date_time_format(_query_of(link, host="time").get("format", ""))


def date_time_format(given: str) -> str:
    """The format of a shown time as the Bot API writes it: `r`, or `w`, `d`/`D`, `t`/`T` in this order.

    Raises LinkRefused for anything else.
    """
    if given in {"r", "R"}:
        return "r"
    if not _DATE_TIME_FORMAT.fullmatch(given):
        raise LinkRefused("Invalid date format used")
    chosen = (
        "w" if "w" in given.lower() else "",
        "D" if "D" in given else "d" if "d" in given else "",
        "T" if "T" in given else "t" if "t" in given else "",
    )
    return "".join(chosen)


def positive_number(text: str) -> int:
    """A number as td takes it: no sign, no leading zero; 0 for anything else."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,18}", text) else 0


def _checked_app_link(scheme: str, url: _Url) -> str:
    if url.protocol == "https" or url.userinfo or url.port or url.is_ipv6:
        raise LinkRefused("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if not re.fullmatch(r"[A-Za-z0-9\-_.]+" if scheme == "tonsite" else r"[A-Za-z0-9\-_]+", url.host):
        raise LinkRefused("Unallowed characters in URL host")
    return f"{scheme}://{url.host}{url.query.removeprefix('/') if url.query.startswith('/?') else url.query}"


def _parsed(text: str) -> _Url:
    match = _PARTS.fullmatch(text)
    if match is None:  # cannot be: every part may be empty
        raise LinkRefused("Wrong URL host")
    protocol = match["protocol"].lower() if match["protocol"] is not None else "http"
    if protocol not in {"http", "https"}:
        raise LinkRefused("Unsupported URL protocol")
    authority, port = match["authority"], 0
    if with_port := _PORT.fullmatch(authority):
        authority, port = with_port["host"], _port(with_port["port"])
    userinfo, _, host = authority.rpartition("@")
    is_ipv6 = host.startswith("[") and host.endswith("]")
    _check_host(host, is_ipv6=is_ipv6)
    return _Url(
        protocol=protocol, userinfo=userinfo, host=host.lower(), port=port, query=_query(match["rest"]), is_ipv6=is_ipv6
    )


def _port(text: str) -> int:
    port = positive_number(text.lstrip("0"))
    if not 0 < port <= 65535:
        raise LinkRefused("Wrong port number specified in the URL")
    return port


def _check_host(host: str, *, is_ipv6: bool) -> None:
    if not host:
        raise LinkRefused("URL host is empty")
    if host == ".":
        raise LinkRefused("Host is invalid")
    if is_ipv6:
        with suppress(ValueError):
            IPv6Address(host[1:-1])
            return
        raise LinkRefused("Wrong IPv6 address specified in the URL")
    if not _HOST.fullmatch(host.lower()):
        raise LinkRefused("Wrong URL host")


def _query(rest: str) -> str:
    rest = rest.rstrip(SPACE) or "/"
    rest = rest if rest.startswith("/") else f"/{rest}"
    return "".join(f"%{ord(char):02X}" if char <= " " else char for char in rest)


def _query_of(link: str, *, host: str) -> dict[str, str]:
    match = _TG_LINK.match(link)
    if match is None or match["host"].lower() != host:
        return {}
    return dict(reversed(parse_qsl(match["query"] or "", keep_blank_values=True)))  # the first of a name counts


def _number_in(link: str, *, host: str, key: str) -> int:
    return positive_number(_query_of(link, host=host).get(key, ""))
