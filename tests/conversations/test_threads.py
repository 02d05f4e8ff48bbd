"""What clients and photographers write to each other is text and nothing else, however it looks and however it comes.

Every screen of a scene is held against both messengers' own rules and readers, so that here only what is kept counts.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from conversations.inbound import Inbound, Typed
from core.messages.thread import LONGEST
from core.values.texts import shows_something
from tests.conversations.backstage import Backstage
from tests.conversations.phone import Phone
from tests.conversations.scene import Scene
from tests.conversations.test_nasty_papers import SMALL, said_to, taken_of

pytestmark = pytest.mark.rule("F13")


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    scene = Scene(database_url)
    scene.backstage(lambda stage: stage.open_mini("Fall Minis"))
    for who in ("photographer", "photographer 2"):
        scene.backstage(lambda stage, who=who: stage.let_in(who))
    yield scene
    scene.close()


def thread(scene: Scene) -> list[str]:
    """What was said at last, the newest last."""

    def read(stage: Backstage) -> list[str]:
        return [one.text for one in stage.desk.thread(stage.client("1001").id).remarks]

    return scene.backstage(read)


def hear(scene: Scene, phone: Phone, inbound: Inbound) -> str:
    """Gives all that came back to that phone."""
    phone.heard.clear()
    scene.hear(phone, inbound)
    return said_to(phone)


def reply(phone: Phone, text: str) -> Inbound:
    """A reply to the newest question or answer."""
    return phone.replies("writes" if phone.name == "Luna" else "Luna Photo:", Typed(text))


def test_whatever_is_written_arrives_as_it_was_typed(scene: Scene) -> None:
    client, luna = scene.phones["client"], scene.phones["photographer"]
    scene.hear(client, client.says("Hello?"))
    scene.hear(client, client.says("[Yes, pass it on]"))
    scene.hear(luna, luna.replies("asks", Typed("Hello!")))
    scene.hear(client, reply(client, "writes"))
    read = [taken_of(text) or "" for text in SMALL[::2]]
    texts = [text for text in read if shows_something(text) and len(text) <= LONGEST]
    assert len(texts) > 10

    for text in texts:
        scene.hear(client, reply(client, text))
        scene.hear(luna, reply(luna, text))

        assert thread(scene)[-2:] == [text.strip(), text.strip()]


@pytest.mark.parametrize(
    "text", ["😀" * LONGEST, "\n".join("x" * (LONGEST // 2)), "Д" * LONGEST], ids=["emoji", "lines", "letters"]
)
def test_the_longest_words_fit_into_every_screen_that_shows_them(scene: Scene, text: str) -> None:
    client, luna = scene.phones["client"], scene.phones["photographer"]

    for _ in range(4):
        scene.hear(client, client.update(Typed(text)))
        scene.hear(client, client.says("[Yes, pass it on]"))
        scene.hear(luna, luna.says("[Answer]"))
        scene.hear(luna, luna.update(Typed(text)))

    assert [len(one) for one in thread(scene)] == [len(text)] * 6


@pytest.mark.parametrize(
    ("text", "why"), [("x" * (LONGEST + 1), "shorten it by one"), ("\u200b \u200b", "nothing to read")]
)
def test_what_is_too_long_or_cannot_be_seen_is_not_passed_on(scene: Scene, text: str, why: str) -> None:
    client, luna = scene.phones["client"], scene.phones["photographer"]
    scene.hear(client, client.update(Typed(text)))

    assert why in hear(scene, client, client.says("[Yes, pass it on]"))

    scene.hear(client, client.says("Hello?"))
    scene.hear(client, client.says("[Yes, pass it on]"))
    scene.hear(luna, luna.says("/newmini"))
    again = hear(scene, luna, luna.replies("asks", Typed(text)))
    assert why in again
    assert "What's it called?" in again, "the wizard waits for its own answer"
    assert len(thread(scene)) == 1


def test_the_others_of_the_studio_are_told_without_a_sound(scene: Scene) -> None:
    client, luna, sol = (scene.phones[who] for who in ("client", "photographer", "photographer 2"))
    scene.hear(client, client.says("Hello?"))
    scene.hear(client, client.says("[Yes, pass it on]"))

    scene.hear(luna, luna.replies("asks", Typed("Hello!")))

    assert [card.quiet for card in sol.standing.values()] == [False, True]


def test_a_reply_means_nothing_to_a_chat_that_the_message_is_not_in(scene: Scene) -> None:
    """Messages are called by numbers that each chat has of its own."""
    client, ben = scene.phones["client"], scene.phones["client 2"]
    luna = scene.phones["photographer"]
    scene.hear(client, client.says("Hello?"))
    scene.hear(client, client.says("[Yes, pass it on]"))
    scene.hear(luna, luna.replies("asks", Typed("Hello!")))
    answer = reply(client, "Thanks")

    heard = hear(scene, ben, replace(ben.says("Thanks"), reply_to=answer.reply_to))

    assert "shall I pass this" in heard
    assert thread(scene) == ["Hello?", "Hello!"]
