"""Keys of the disclosure office: one per purpose, each derived, none stored in the database.

What is kept sealed is sealed under the first data key and opened with any of them. The key that
follows from the secret always comes last, so what was sealed before there were data keys still
opens. Look-up codes and hashes follow from the secret alone: another data key never changes them.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inquiry_service.disclosure.rules.numbering import CODE_ALPHABET, CODE_LENGTH, is_mixed

_Token = TypeVar("_Token", str, bytes)


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose (RFC 5869); knowing one key tells nothing about another."""
    info = f"inquiry-service/disclosure/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


@dataclass(frozen=True)
class Seals:
    """Seals applications and files, derives look-up codes and the hashes they are known by.

    Opening raises `cryptography.fernet.InvalidToken` when the sealed text was changed or was
    sealed under a key that is not among these.
    """

    secret: str = field(repr=False)
    data_keys: tuple[str, ...] = field(default=(), repr=False)

    def seal(self, text: str) -> str:
        return self.seal_bytes(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        return self.unseal_bytes(sealed.encode()).decode()

    def seal_bytes(self, data: bytes) -> bytes:
        """A third longer than the data: the token is base64."""
        return self._all.encrypt(data)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        return self._all.decrypt(sealed)

    def is_under_first_key(self, sealed: str | bytes) -> bool:
        """Whether the key that seals today opens this; false too for what nothing opens."""
        try:
            self._fernets[0].decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def resealed(self, sealed: _Token) -> _Token:
        """The same content, with the same time of sealing, under the key that seals today."""
        fresh = self._all.rotate(sealed)
        return fresh.decode() if isinstance(sealed, str) else fresh

    def lookup_code(self, submission_hash: str) -> str:
        """The code of a submission: the same each time, so a repeated submission shows it again."""
        for attempt in range(1000):
            code = _in_alphabet(self._mac("lookup-code", f"{submission_hash}/{attempt}"))
            if is_mixed(code):
                return code
        raise AssertionError("no code with a letter and a digit in a thousand attempts")

    def code_hash(self, number: str, code: str) -> str:
        return self._mac("lookup-hash", f"{number}/{code}").hex()

    def submission_hash(self, *parts: str) -> str:
        return self._mac("submission", "\x1f".join(parts)).hex()

    def draft_key(self) -> bytes:
        return derived_key(self.secret, "draft-link")

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.digest(derived_key(self.secret, purpose), text.encode(), hashlib.sha256)

    @cached_property
    def _fernets(self) -> tuple[Fernet, ...]:
        """The first seals, all open; the secret's own key stays the last resort."""
        keys = [derived_key(key, "data-key") for key in self.data_keys]
        keys.append(derived_key(self.secret, "application"))
        return tuple(Fernet(base64.urlsafe_b64encode(key)) for key in keys)

    @cached_property
    def _all(self) -> MultiFernet:
        return MultiFernet(self._fernets)


def _in_alphabet(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    places = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        places.append(CODE_ALPHABET[place])
    return "".join(places)
