"""Who a token's bot is: the one call that tells whether a token is any good."""

from dataclasses import dataclass

from bots.telegram.api import Api
from bots.telegram.errors import CallFailed, Remedy
from bots.telegram.poll import TokenRefused


@dataclass(frozen=True, slots=True)
class Me:
    """A bot as Telegram knows it."""

    #: Without @.
    username: str
    name: str

    def link(self, payload: str) -> str:
        """The address that opens the bot with the payload."""
        return f"https://t.me/{self.username}?start={payload}"


class TelegramSilent(Exception):
    """Telegram does not answer, so nobody knows whose the token is."""


async def me(api: Api) -> Me:
    """Ask Telegram once. Raises TokenRefused and TelegramSilent."""
    try:
        said = await api.call("getMe", {})
    except CallFailed as failed:
        if failed.failure.remedy is Remedy.STOP:
            raise TokenRefused(failed.failure.error) from failed
        raise TelegramSilent(failed.failure.error) from failed
    return Me(username=str(said["username"]), name=str(said["first_name"]))
