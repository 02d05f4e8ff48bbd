"""`spots.*`: planning a long day, and the list of spots that a client chooses from."""

import sqlite3
from contextlib import closing
from datetime import date, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from core.booking.contact import Contact
from core.booking.hold import Wish
from core.client_desk import ClientDesk
from core.minis.plan import MOST_SPOTS, Break, DayPlan, spots_of
from core.ports import Records
from storage.columns import micros
from tests.bench.houses import MINI, PACKAGE, STUDIO, SqliteHouse, client_of, folder, open_store, spot_name
from tests.bench.rows import Row, at_least, below, interleaved

SPOTS = 40
HOLDS = 10
BOOKINGS = 15
LISTED = 200  # lists a round
ROUNDS = 9

#: The same question by somebody who knows the tables: which spots are ahead, and how many seats of each are free.
RAW_LIST = """
    SELECT s.id, s.starts, s.ends, s.premium_minor,
        s.seats - (SELECT count(*) FROM claims c
                   WHERE c.studio_id = s.studio_id AND c.spot_id = s.id AND c.released_at IS NULL) AS free,
        EXISTS (SELECT 1 FROM claims o
                WHERE o.studio_id = s.studio_id AND o.ends > s.starts AND o.ends < s.ends + 43200000000
                AND o.starts < s.ends AND o.spot_id <> s.id AND o.released_at IS NULL AND o.exclusive) AS shut_out
    FROM spots s
    WHERE s.studio_id = ? AND s.mini_id = ? AND s.starts > ? AND NOT s.closed
    ORDER BY s.starts
"""

#: 24 October 2026: the clocks of London go back in the following night, and the day goes on into it.
LONG_DAY = DayPlan(
    date=date(2026, 10, 24),
    start=time(9),
    spots=MOST_SPOTS,
    duration=timedelta(minutes=5),
    gap=timedelta(minutes=1),
    breaks=tuple(Break(time(hour), timedelta(minutes=20)) for hour in (11, 13, 16, 19)),
)
LONDON = ZoneInfo("Europe/London")


def generate() -> Row:
    def milliseconds() -> float:
        began = perf_counter()
        if len(spots_of(LONG_DAY, LONDON)) != MOST_SPOTS:
            raise AssertionError("not all spots were planned")
        return (perf_counter() - began) * 1000

    milliseconds()
    return below(2, "spots.generate", "ms", [milliseconds() for _ in range(101)])


def listing() -> Row:
    with folder() as home, SqliteHouse(home, spots=SPOTS).copy() as url, closing(open_store(url)) as store:
        store.do(_fill)
        now = micros(store.look(lambda records: records.now))
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:

            def baseline() -> float:
                began = perf_counter()
                for _ in range(LISTED):
                    rows = connection.execute(RAW_LIST, (STUDIO.id, MINI.id, now)).fetchall()
                    _check(sum(free > 0 and not shut_out for *_, free, shut_out in rows))
                return LISTED / (perf_counter() - began)

            pairs = interleaved(lambda: store.look(_lists_a_second), baseline, rounds=ROUNDS)
    return at_least(0.2, "spots.list", "lists/s", pairs)


def _lists_a_second(records: Records) -> float:
    desk = ClientDesk(records, STUDIO, client_of(SPOTS))
    began = perf_counter()
    for _ in range(LISTED):
        _check(sum(row.taken < row.spot.seats and not row.shut_out for row in desk.spots(MINI.id)))
    return LISTED / (perf_counter() - began)


def _check(free: int) -> None:
    if free != SPOTS - HOLDS - BOOKINGS:
        raise AssertionError(f"{free} spots are listed as free")


def _fill(records: Records) -> None:
    """Some spots are held and some booked."""
    for number in range(HOLDS + BOOKINGS):
        desk = ClientDesk(records, STUDIO, client_of(number))
        wish = Wish(mini_id=MINI.id, spot_id=spot_name(number), package_id=PACKAGE.id)
        booking = desk.hold(wish)
        if number >= HOLDS:
            desk.keep_contact(booking.id, Contact(name="Ana Torres", email="ana@example.com"))
            desk.confirm(booking.id)


ROWS = {"spots.list": listing, "spots.generate": generate}
