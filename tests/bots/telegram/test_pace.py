import asyncio

import pytest

from bots.telegram.pace import Lanes, Pace


async def test_no_second_sees_more_than_thirty():
    pace, loop = Pace(), asyncio.get_running_loop()
    sent: list[float] = []

    async def send() -> None:
        await pace.turn(urgent=False)
        sent.append(loop.time())

    async with asyncio.TaskGroup() as group:
        for _ in range(50):
            group.create_task(send())

    assert [at for at, later in zip(sent, sent[30:], strict=False) if later - at < 1] == []


async def test_who_is_waited_for_goes_first():
    pace = Pace(200)
    order: list[str] = []

    async def send(name: str, *, urgent: bool) -> None:
        await pace.turn(urgent=urgent)
        order.append(name)

    pace.pause(0.02)
    async with asyncio.TaskGroup() as group:
        for name, urgent in (("notice 1", False), ("notice 2", False), ("screen 1", True), ("screen 2", True)):
            group.create_task(send(name, urgent=urgent))

    assert order == ["screen 1", "screen 2", "notice 1", "notice 2"]


async def test_whoever_gives_up_leaves_the_slot_to_the_next():
    pace = Pace(200)
    pace.pause(0.02)
    first, second = (asyncio.create_task(pace.turn(urgent=False)) for _ in range(2))
    await asyncio.sleep(0)

    first.cancel()

    await asyncio.wait_for(second, 1)
    assert first.cancelled()


@pytest.mark.parametrize("per_second", [None, 30])
async def test_a_pause_is_for_everybody(per_second: float | None):
    pace, loop = Pace(per_second), asyncio.get_running_loop()
    until = loop.time() + 0.1
    pace.pause(0.1)
    pace.pause(0.01)  # a shorter one changes nothing

    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(pace.turn(urgent=True)) for _ in range(3)]

    assert all(task.done() for task in waiting)
    assert loop.time() >= until - 0.002  # the loop's clock has its grain


async def test_a_chat_is_served_in_the_order_of_arrival_and_others_beside_it():
    lanes = Lanes()
    order: list[str] = []
    open_door = asyncio.Event()

    async def use(chat: int, name: str) -> None:
        async with lanes.turn(chat):
            if name == "ana 1":
                await open_door.wait()
            order.append(name)

    async with asyncio.TaskGroup() as group:
        for chat, name in ((1, "ana 1"), (1, "ana 2"), (1, "ana 3"), (2, "ben 1")):
            group.create_task(use(chat, name))
        while order != ["ben 1"]:
            await asyncio.sleep(0)
        open_door.set()

    assert order == ["ben 1", "ana 1", "ana 2", "ana 3"]


async def test_a_chat_may_have_a_burst_and_then_its_steady_share():
    lanes, loop = Lanes(every=0.05, burst=3), asyncio.get_running_loop()
    began = loop.time()

    async with lanes.turn(1):
        for _ in range(3):
            await lanes.room(1)
        burst = loop.time() - began
        for _ in range(2):
            await lanes.room(1)

    assert burst < 0.05
    assert loop.time() - began >= 0.1 - 0.002


async def test_quiet_chats_are_forgotten():
    lanes = Lanes(every=0.001, burst=1)
    for chat in range(1000):
        async with lanes.turn(chat):
            await lanes.room(chat)
    await asyncio.sleep(0.01)

    async with lanes.turn(0):
        pass

    assert len(lanes) < 10
