"""Killed at any moment: what was answered is there, and nothing is there by half."""

import os
import signal
import subprocess
import sys

import pytest

from storage.store import Store
from tests.outside import ROOT

#: Writes a booking's two halves in each unit and says its number when it was answered.
PROGRAM = """
import sys
from core.values.news import News, What
from storage.store import Store

def work(number):
    def write(records):
        records.inbox.take("test", str(number))
        records.history.add("luna", None, [News(what=What.MINI_CHANGED, subject_id=str(number))])
    return write

store = Store.open(sys.argv[1])
number = 0
while True:
    store.do(work(number))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("answers", [1, 20, 137])
def test_what_was_answered_before_a_kill_is_there(store: Store, database_url: str, answers: int):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, database_url], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as child:
        assert child.stdout is not None
        heard = [int(child.stdout.readline()) for _ in range(answers)]
        os.kill(child.pid, signal.SIGKILL)
        heard += [int(line) for line in child.stdout if line.endswith("\n")]

    kept = [int(row.subject_id or -1) for row in store.look(lambda records: records.history.since(0, 100_000))]

    assert kept[: len(heard)] == heard
    assert len(kept) <= len(heard) + 1
    for number in kept:
        assert store.do(lambda records, number=number: records.inbox.take("test", str(number))) is False
    assert store.do(lambda records: records.inbox.take("test", str(len(kept)))) is True
