import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bots.logs import redacted, set_up_logs

SECRETS = [
    ("bot7000001:AAHdemoDemoDemoDemoDemoDemoDemoDemo_00/getMe", "AAHdemo"),
    ("sk_live_51H8xyzABCDEF", "51H8xyz"),
    ("MINIS_sk_live_51H8xyzABCDEF", "51H8xyz"),
    ("rk_test_51H8xyzABCDEF", "51H8xyz"),
    ("whsec_abc123DEF456", "abc123"),
    ("xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", "pdFZK"),
    ("xapp-1-A0123-456-abcdef", "abcdef"),
    ("postgresql://luna:hunter2@db/minis", "hunter2"),
    ("ana.torres+minis@mail.example.com", "torres"),
    ("+1 312 555 0188", "555"),
    ("(312) 555-0188", "555"),
    ("https://t.me/LunaPhotoBot?start=r_Bf7xDhP6BGq2lizgmRhYoA", "Bf7xDh"),
    ("4242 4242 4242 4242", "4242"),
]
HARMLESS = [
    "2026-11-24T15:22:40.916941Z [info] Minis is up studio=Luna Photo",
    "chat 1234567890, update 100000001, message 42",
    "http://127.0.0.1:8080/health",
    "took 0.123456789 s",
]


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_what_could_harm_somebody_is_redacted(line: str, secret: str):
    said = redacted(f"before {line} after")

    assert secret not in said
    assert said.startswith("before ")
    assert said.endswith(" after")


@pytest.mark.parametrize("line", HARMLESS)
def test_what_helps_to_find_a_fault_stays(line: str):
    assert redacted(line) == line


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program would write to standard error."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_no_way_into_the_log_goes_past_the_redaction(line: str, secret: str, log: io.StringIO):
    structlog.stdlib.get_logger("ours").info("event", value=line, nested={"deep": [line]})
    logging.getLogger("theirs").warning("a library says %s", line)
    try:
        int(line)
    except ValueError:
        structlog.stdlib.get_logger("ours").exception("it failed")
        logging.getLogger("theirs").exception("it failed")

    assert secret not in log.getvalue()
    assert log.getvalue().count("ValueError") >= 2


def test_requests_of_libraries_are_not_logged(log: io.StringIO):
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:A/getMe")
    logging.getLogger("aiogram.event").info("Update id=1 is handled")

    assert log.getvalue() == ""
