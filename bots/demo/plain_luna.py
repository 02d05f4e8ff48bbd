"""What Luna sees, in a terminal: the bookings as lines; signed copies and photos are saved to be opened."""

from collections.abc import Iterator
from typing import Final

import click

from bots.demo.cards import Card, Paper, Reply
from bots.demo.plain_files import PlainFiles
from bots.demo.scene import Scene

WORD: Final = "luna"
HELP: Final = "What the photographer sees: luna."


class PlainLuna:
    """Her bookings, as they are when somebody asks."""

    def __init__(self, scene: Scene, files: PlainFiles) -> None:
        self._scene = scene
        self._files = files

    async def show(self) -> None:
        await self._scene.inside.look()
        cards = self._scene.inside.cards
        if not cards:
            click.echo("No bookings yet.")
        for card in cards:
            click.echo("\n".join(["", *_head(card)]))
            for paper in card.papers:
                click.echo(f"  {paper.title}: {_signed(paper)}{await self._copy(card, paper)}")
            for asked in card.asked:
                click.echo(f"  {asked.title}")
                for reply in asked.replies:
                    click.echo(f"    {reply.question} — {await self._said(reply)}")

    async def _copy(self, card: Card, paper: Paper) -> str:
        content = await self._scene.inside.signed_copy(paper.copy) if paper.copy else None
        return f"\n    its copy: {self._files.save(f'{card.code}-signed.pdf', content)}" if content else ""

    async def _said(self, reply: Reply) -> str:
        photos = [await self._scene.inside.photo(one) for one in reply.photos]
        saved = [str(self._files.save("photo.jpg", content)) for content in photos if content]
        return ", ".join(saved) or reply.words or "skipped"


def _head(card: Card) -> Iterator[str]:
    yield f"{card.code}  {card.client or 'A new client'}  [{card.state.words}] [{card.money.words}]"
    yield f"  {card.what}, {card.when}"
    if card.reach:
        yield f"  {card.reach}"


def _signed(paper: Paper) -> str:
    consents = "".join(f"; {one.label}: {'yes' if one.allowed else 'no'}" for one in paper.consents)
    return f"{paper.state.words}{f' {paper.signed}' if paper.signed else ''}{consents}"
