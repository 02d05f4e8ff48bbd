"""The real program as the demo's child."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from bots.demo.program import ProgramEnded
from bots.demo.scene import Waking
from bots.demo.surroundings import child_environment, somebody_can_see
from tests.bots.demo.stages import DYING, FAILING, program, scene_with


def test_the_child_never_sees_the_persons_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIS_CLIENTS_BOT_TOKEN", "1:of-a-real-bot")
    monkeypatch.setenv("MINIS_SMTP_URL", "smtp://in-earnest")
    monkeypatch.setenv("LANG", "C.UTF-8")

    environment = child_environment({"MINIS_CLIENTS_BOT_TOKEN": "2:of-the-stand-in"})

    assert {name: value for name, value in environment.items() if name.startswith("MINIS_")} == {
        "MINIS_CLIENTS_BOT_TOKEN": "2:of-the-stand-in"
    }
    assert environment["LANG"] == "C.UTF-8"


def test_no_browser_is_opened_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("CI", raising=False)
    assert somebody_can_see()

    monkeypatch.setenv("CI", "true")

    assert not somebody_can_see()


async def test_an_example_that_fails_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(ProgramEnded, match=re.compile(r"example could not be made.*no such table: minis", re.DOTALL)):
        await program(tmp_path, FAILING).example()


async def test_a_program_that_ends_by_itself_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(ProgramEnded, match=re.compile(r"has stopped \(exit code 1\).*the disk is full", re.DOTALL)):
        await program(tmp_path, DYING).up()


async def test_the_child_ends_with_the_demo(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    code = f"import os, pathlib, time; pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid())); time.sleep(600)"
    running = asyncio.ensure_future(program(tmp_path, code).up())
    async with asyncio.timeout(20):
        while not (pid_file.exists() and pid_file.read_text()):
            await asyncio.sleep(0.02)
    child = int(pid_file.read_text())
    os.kill(child, 0)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


async def test_whoever_waits_for_a_dead_program_is_told(tmp_path: Path) -> None:
    async with scene_with(tmp_path, DYING) as scene, asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(scene.play())
        with pytest.raises(ProgramEnded, match="the disk is full"):
            await scene.until(lambda: scene.waking is Waking.AWAKE)

        assert not playing.done()  # the page stays, and says so
        playing.cancel()
