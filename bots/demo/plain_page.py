"""The payment page in a terminal: its buttons are words."""

from collections.abc import Mapping
from typing import Final

import click

from bots.demo.phones import Phone, Phones
from bots.demo.stripe import Card, Outcome
from bots.demo.till import Till

CLOSE: Final = "close"
CARDS: Final[Mapping[str, Card]] = {"pay": Card.WORKS, "decline": Card.DECLINED, "bank": Card.ASKS_BANK}
HELP: Final = "  The payment page is open: pay, decline, bank (3-D Secure: the bank asks first), close."
SAID: Final[Mapping[Outcome, str]] = {
    Outcome.PAID: "Paid. Back in the chat:",
    Outcome.GONE: "This page has expired. You were not charged.",
}


class PlainPage:
    """A phone's browser, with the payment page or nothing in it."""

    def __init__(self, till: Till, phones: Phones, phone: Phone) -> None:
        self._till = till
        self._phones = phones
        self._phone = phone
        self._url = ""

    def open(self, url: str) -> None:
        self._phones.open_page(self._phone)
        self._url = url
        click.echo(HELP)

    def takes(self, word: str) -> bool:
        """Whether the word is one of the page's, and there is a page."""
        return bool(self._url) and (word == CLOSE or word in CARDS)

    def do(self, word: str) -> bool:
        """Press what the word says; True where the chat has something to say about it."""
        if word == CLOSE:
            self._phones.leave_page(self._phone)
            self._url = ""
            click.echo("The tab is closed; the page itself stays open.")
            return False
        attempt = self._till.pay(self._url, CARDS[word])
        if attempt.outcome is Outcome.ASKED:
            click.echo("The bank asks whether it is you. Yes, it is.")
            attempt = self._till.say_yes(self._url)
        if attempt.outcome is Outcome.DECLINED:
            click.echo(f"{attempt.message} Nothing was charged, and the page is still open.")
            return False
        self._url = ""
        click.echo(SAID[attempt.outcome])
        return attempt.outcome is Outcome.PAID
