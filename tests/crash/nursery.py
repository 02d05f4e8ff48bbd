"""The nursery: a process with everything imported and a single thread, from which the programs are forked that die.

It is started once for many of them, because importing takes longer than any lives (`python -m tests.crash.nursery`). It
reads an order a line and answers with the child's process id.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypedDict

_ROOT: Final = Path(__file__).parent.parent.parent
_OF_TESTS: Final = ("tests.crash.broken", "tests.crash.seams")


class Order(TypedDict):
    """What a child is to be."""

    settings: dict[str, Any]
    #: The loopback port on which somebody listens to the points that the child reaches, and to its end.
    port: int
    log: str
    #: Where to die: the point, and which hit.
    death: tuple[str, int] | None
    #: Points count only from a word on (see `Watch`).
    waits: bool
    #: The guard to leave out (see `broken`).
    without: str | None


class Nursery:
    """The nursery as its user sees it, in another process."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def bear(self, order: Order) -> int:
        """Start a child; gives its process id."""
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(order).encode() + b"\n")
        self._program.stdin.flush()
        return int(self._program.stdout.readline())

    def close(self) -> None:
        assert self._program.stdout
        self._program.communicate()


# -- within the nursery --


def _serve() -> None:
    _import_everything()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by themselves
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    assert threading.active_count() == 1, "a fork would leave the other threads' locks locked for ever"
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _live(json.loads(line))
        print(child, flush=True)


def _import_everything() -> None:
    """All that a child needs; what the first use of a library imports or compiles, too."""
    from conversations.words import Words

    for module in ("bots.compose", "bots.logs", "bots.stripe.listener", "bots.stripe.till", *_OF_TESTS):
        importlib.import_module(module)
    Words.load()


def _live(order: Order) -> None:
    """Be the program until killed; never returns."""
    from bots.logs import set_up_logs
    from bots.settings import Settings
    from tests.crash.broken import GUARDS_OFF
    from tests.crash.seams import Death, Watch

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        set_up_logs()
        line = socket.create_connection(("127.0.0.1", order["port"]))
        watch = Watch(line, Death(*order["death"]) if order["death"] else None, waits=order["waits"])
        watch.install()
        if order["without"]:
            GUARDS_OFF[order["without"]]()
        asyncio.run(_run(Settings.model_validate(order["settings"]), watch.awake))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


async def _run(settings: Any, awake: Callable[[str], None]) -> None:
    from bots.compose import Limits, running

    # One person in a hurry: Telegram's pace is for other tests.
    async with running(settings, limits=Limits(per_second=None, chat_every=0.0)) as parts:
        awake(parts.web)
        await parts.clients


if __name__ == "__main__":
    _serve()
