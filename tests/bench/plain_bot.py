"""The baseline: a bot as one writes it by hand with aiogram, its state in memory.

Each update goes through the dispatcher to a handler that keeps what was said, answers a tap, and brings a card as large
as ours, by 1.8 calls an update (ours: 2.0). Nothing of that survives a restart, and an update that comes twice counts
twice.

`--table FILE`: presses take a spot of a table in SQLite, and each card shows what is free. It is correct, and no slower
than it must be: one statement decides who has the spot, in a durable commit of its own; who is late writes nothing;
everybody reads the list anew. The driver is the standard library's on one connection, which blocks the loop for a
moment; the asynchronous wrapper that many use costs more than that. It keeps no more than who has which spot: no
booking with its prices, no limits, no history, no messages to come.
"""

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime, timedelta

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.loopback import TOKEN

TEXT = "<b>Fall Minis</b>\n20-minute portraits among the autumn trees of Riverside Park.\nFrom <b>$150</b>\n\nWhich?"
CHOICES = {"1": "Choice 1", "2": "Choice 2", "3": "Choice 3"}
FIRST = datetime(2031, 10, 4, 9, tzinfo=UTC)
EVERY = timedelta(minutes=5)
router = Router()


class Booking(StatesGroup):
    under_way = State()


def keyboard(choices: dict[str, str]) -> InlineKeyboardMarkup:
    """A button for each choice: what it stands for, and its label."""
    rows = [[InlineKeyboardButton(text=label, callback_data=f"1:{one}")] for one, label in choices.items()]
    ways_out = [
        InlineKeyboardButton(text="‹ Back", callback_data="back:"),
        InlineKeyboardButton(text="Cancel", callback_data="cancel:"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, ways_out])


@router.message(CommandStart())
async def start(message: Message, state: FSMContext, table: "Table | None") -> None:
    await state.set_state(Booking.under_way)
    await state.set_data({"answers": {}})
    await message.answer(TEXT, reply_markup=keyboard(table.free() if table else CHOICES))


@router.callback_query(Booking.under_way, F.data.startswith("1:"))
async def press(query: CallbackQuery, state: FSMContext, table: "Table | None") -> None:
    choice = (query.data or "").partition(":")[2]
    data = await state.get_data()
    data["answers"][len(data["answers"])] = choice
    await state.set_data(data)
    took = table.take(choice, query.from_user.id) if table else True
    await query.answer("" if took else "Somebody was faster.")
    if isinstance(query.message, Message):
        text = f"{TEXT} {len(data['answers'])}" if took else f"{TEXT} Taken."
        await query.message.edit_text(text, reply_markup=keyboard(table.free() if table else CHOICES))


@router.message(Booking.under_way)
async def answer(message: Message, state: FSMContext) -> None:
    data = await state.get_data()
    data["answers"][len(data["answers"])] = message.text
    await state.set_data(data)
    await message.answer(TEXT, reply_markup=keyboard(CHOICES))


class Table:
    """One table of spots; a press takes a free one and is durable."""

    def __init__(self, path: str, spots: int = 20) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=wal")
        self._connection.execute("PRAGMA synchronous=full")
        self._connection.execute("CREATE TABLE spots (id TEXT PRIMARY KEY, starts TEXT, client INTEGER)")
        every = [(f"{number}", (FIRST + number * EVERY).isoformat()) for number in range(spots)]
        self._connection.executemany("INSERT INTO spots VALUES (?, ?, NULL)", every)

    def free(self) -> dict[str, str]:
        """The spots that nobody has, with their times."""
        rows = self._connection.execute("SELECT id, starts FROM spots WHERE client IS NULL ORDER BY starts")
        return {spot: f"{datetime.fromisoformat(starts):%I:%M %p}" for spot, starts in rows}

    def take(self, spot: str, client: int) -> bool:
        update = "UPDATE spots SET client = ? WHERE id = ? AND client IS NULL"
        return self._connection.execute(update, (client, spot)).rowcount == 1


async def main(address: str, table: Table | None) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address), limit=100)
    bot = Bot(TOKEN, session=session)
    bot.default.parse_mode = ParseMode.HTML
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot, table=table, tasks_concurrency_limit=32)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Table(sys.argv[3]) if "--table" in sys.argv else None))
