"""No test talks to anybody beyond this machine."""

import ipaddress
import sys


class BeyondLoopbackError(RuntimeError):
    """A test tried to reach another machine. No OSError, so that no retry swallows it."""


def stay_on_loopback() -> None:
    """From here on every connection of this process to another machine, and every look-up of one, is refused.

    Child processes and C libraries that open sockets of their own (libpq) are not seen.
    """
    sys.addaudithook(_refuse_others)


def _refuse_others(event: str, arguments: tuple[object, ...]) -> None:
    match event, arguments:
        case (("socket.connect" | "socket.sendto" | "socket.sendmsg"), (_, (host, *_))):
            pass
        case "socket.getaddrinfo", (host, *_):
            pass
        case _:
            return
    if not _is_here(host):
        raise BeyondLoopbackError(f"a test wanted to reach {host!r}")


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "0.0.0.0", "::"}:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
