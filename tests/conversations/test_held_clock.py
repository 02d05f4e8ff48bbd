"""The clock of a scene: it goes on by a millisecond with each unit of work, whatever the machine's does."""

from datetime import timedelta
from itertools import pairwise

from tests.conversations.scene import Scene


def test_a_millisecond_passes_with_each_unit_that_may_write(database_url: str):
    scene = Scene(database_url)
    try:
        read = [scene.store.do(lambda records: records.now) for _ in range(20)]
        looked = scene.store.look(lambda records: records.now)
    finally:
        scene.close()

    assert [after - before for before, after in pairwise(read)] == [timedelta(milliseconds=1)] * 19
    assert looked - read[-1] in {timedelta(0), timedelta(milliseconds=1)}
