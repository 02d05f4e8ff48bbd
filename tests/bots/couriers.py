"""Couriers to try on their own."""


class NoPapers:
    """Where nobody prints."""

    async def fetch(self, paper: str) -> bytes:
        raise LookupError(f"nobody prints here, so there is no {paper}")
