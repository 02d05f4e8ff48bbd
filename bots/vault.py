"""The vault locks up what a studio confides, so that neither the database nor its backup gives it away.

What is locked is bound to its studio and its purpose: moved to another row, it does not open. The key is made from the
installation's own secret, and each locked text names the key that locked it.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final

#: First of each locked text: how it was locked. A release that does it otherwise takes the next number, and reads both.
_WAY: Final = b"\x01"
_MARK: Final = 4  # bytes: enough to tell an installation's few keys apart
_NONCE: Final = 12  # bytes; NIST SP 800-38D, 8.2.2


class LockedOut(Exception):
    """It does not open. Says why, and nothing of what is in it."""


class OtherSecret(LockedOut):
    """Another secret than the installation's present one locked it."""


class Vault:
    """Locks and unlocks with the installation's own secret. What it needs for that is loaded when it first does."""

    def __init__(self, secret: bytes) -> None:
        self._secret: Final = secret
        self._mark: Final = hmac.new(secret, b"mark of the vault", hashlib.sha256).digest()[:_MARK]

    def lock(self, text: str, *, studio_id: str, purpose: str) -> str:
        """The text so that nobody can read it. The same text is locked otherwise each time."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        head = _WAY + self._mark
        locked = AESGCM(self._key()).encrypt(nonce, text.encode(), _bound(head, studio_id, purpose))
        return base64.urlsafe_b64encode(head + nonce + locked).decode()

    def unlock(self, locked: str, *, studio_id: str, purpose: str) -> str:
        """The text that was locked for this studio and purpose. Raises OtherSecret, and LockedOut for all else."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            raw = base64.b64decode(locked, altchars=b"-_", validate=True)
        except ValueError:
            raise LockedOut("it is no locked text") from None
        head, raw = raw[: 1 + _MARK], raw[1 + _MARK :]
        if head[:1] != _WAY:
            raise LockedOut("it was locked in a way that this release does not know")
        if head[1:] != self._mark:
            raise OtherSecret("another secret key locked it")
        try:
            text = AESGCM(self._key()).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(head, studio_id, purpose))
        except (InvalidTag, ValueError):  # a nonce that is cut off
            raise LockedOut("it was changed, or belongs elsewhere") from None
        return text.decode()

    def _key(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"minis: the vault's key").derive(self._secret)


def _bound(head: bytes, studio_id: str, purpose: str) -> bytes:
    """What a locked text belongs to; with its length, so that nothing moves from one name into the next."""
    studio = studio_id.encode()
    return b"%s %d:%s %s" % (head, len(studio), studio, purpose.encode())
