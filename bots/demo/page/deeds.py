"""What can be done on a page, each as the message it sends."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bots.demo.page.parcels import NotOfThisPage, Parcel
from bots.demo.phones import Phone, Phones
from bots.demo.scene import Beginning, Scene

PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")  # core.telegram.org/bots/features#deep-linking
LEAPS: Final[Mapping[str, Callable[[Scene], timedelta]]] = {
    "+1": lambda _scene: timedelta(minutes=1),
    "+5": lambda _scene: timedelta(minutes=5),
    "hold_end": Scene.until_hold_end,
    "morning": lambda scene: scene.inside.until_morning(),
}
BEGINNINGS: Final = frozenset(Beginning)
EVENTS: Final[Mapping[str, Callable[[Scene], None]]] = {
    "down": Scene.take_down,
    "stripe_down": Scene.take_stripe_down,
    "declined": lambda scene: scene.till.decline(),
    "hook_lost": lambda scene: scene.till.lose_hook(),
    "answer_lost": lambda scene: scene.till.lose_answer(),
}


async def do(scene: Scene, deed: object) -> str | None:
    """Do what was done on a page. Where nothing can come of it, gives the words for that. Raises NotOfThisPage."""
    match deed:
        case {"do": "add_phone"}:
            scene.add_phone()
        case {"do": "start_over", "begins": str(begins)} if begins in BEGINNINGS:
            scene.start_over(Beginning(begins))
        case {"do": "clock", "by": str(by)} if by in LEAPS:
            await scene.move_clock(LEAPS[by](scene))
        case {"do": "event", "event": str(event)} if event in EVENTS:
            EVENTS[event](scene)
            scene.changed()
        case {"do": "event", "event": "take", "phone": int(phone_id)}:
            return scene.somebody_takes(_phone(scene, phone_id))
        case {"do": str(), "phone": int(phone_id)}:
            _do_on_phone(scene.phones, _phone(scene, phone_id), deed)
            scene.changed()  # not every deed reaches a messenger, which would tell it
        case _:
            raise NotOfThisPage
    return None


def hand_over(scene: Scene, sent: Parcel) -> str | None:
    """Send files from a phone. Where an app would not send them, gives the words for that. Raises NotOfThisPage."""
    phone = _phone(scene, sent.phone)
    try:
        scene.phones.send_files(phone, sent.uploads, as_files=sent.as_files)
    except ValueError as refused:
        return f"This cannot be sent: {refused}."
    scene.changed()
    return None


def _phone(scene: Scene, phone_id: int) -> Phone:
    phone = scene.phones.one(phone_id)
    if phone is None:
        raise NotOfThisPage
    return phone


def _do_on_phone(phones: Phones, phone: Phone, deed: object) -> None:
    match deed:
        case {"do": "start", "payload": str(payload)} if PAYLOAD.fullmatch(payload):
            phones.start(phone, payload)
        case {"do": "press", "message": int(message), "row": int(row), "column": int(column)}:
            phones.press(phone, message, row, column)
        case {"do": "text", "text": str(text), "reply_to": int(message)} if text.strip():
            phones.type_text(phone, text, reply_to=message)
        case {"do": "text", "text": str(text)} if text.strip():
            phones.type_text(phone, text)
        case {"do": "contact"}:
            phones.share_contact(phone)
        case {"do": "open_file", "message": int(message)}:
            phones.open_file(phone, message)
        case {"do": "open_page"}:
            phones.open_page(phone)
        case {"do": "leave_page"}:
            phones.leave_page(phone)
        case _:
            raise NotOfThisPage
