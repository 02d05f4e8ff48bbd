"""The baseline: a bot as one writes it by hand with aiogram, its state in memory.

Each update goes through the dispatcher to a handler that keeps what was said and answers with a card as large as ours.
`--table FILE`: presses take a spot of a table in SQLite, and each card shows what is free.
"""

import asyncio
import sqlite3
import sys

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
router = Router()


class Booking(StatesGroup):
    under_way = State()


def keyboard(choices: list[str]) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=f"Choice {one}", callback_data=f"1:{one}")] for one in choices]
    ways_out = [
        InlineKeyboardButton(text="‹ Back", callback_data="back:"),
        InlineKeyboardButton(text="Cancel", callback_data="cancel:"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, ways_out])


@router.message(CommandStart())
async def start(message: Message, state: FSMContext, table: "Table | None") -> None:
    await state.set_state(Booking.under_way)
    await state.set_data({"answers": {}})
    await message.answer(TEXT, reply_markup=keyboard(table.free() if table else ["1", "2", "3"]))


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
        await query.message.edit_text(text, reply_markup=keyboard(table.free() if table else ["1", "2", "3"]))


@router.message(Booking.under_way)
async def answer(message: Message, state: FSMContext) -> None:
    data = await state.get_data()
    data["answers"][len(data["answers"])] = message.text
    await state.set_data(data)
    await message.answer(TEXT, reply_markup=keyboard(["1", "2", "3"]))


class Table:
    """One table of spots; a press takes a free one and is durable."""

    def __init__(self, path: str, spots: int = 20) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=wal")
        self._connection.execute("PRAGMA synchronous=full")
        self._connection.execute("CREATE TABLE spots (id TEXT PRIMARY KEY, client INTEGER)")
        self._connection.executemany("INSERT INTO spots VALUES (?, NULL)", [(f"{number}",) for number in range(spots)])

    def free(self) -> list[str]:
        return [row[0] for row in self._connection.execute("SELECT id FROM spots WHERE client IS NULL ORDER BY id")]

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
