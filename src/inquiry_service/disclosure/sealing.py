"""Keys of the disclosure office: all derived from one secret, one per purpose, none stored."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inquiry_service.disclosure.numbering import CODE_ALPHABET, CODE_LENGTH, is_mixed


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose (RFC 5869); knowing one key tells nothing about another."""
    info = f"inquiry-service/disclosure/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


@dataclass(frozen=True)
class Seals:
    """Seals applications, derives look-up codes and the hashes they are known by."""

    secret: str = field(repr=False)

    def seal(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Raises `cryptography.fernet.InvalidToken` when it was changed or the secret differs."""
        return self._fernet().decrypt(sealed.encode()).decode()

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

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(derived_key(self.secret, "application")))


def _in_alphabet(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    places = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        places.append(CODE_ALPHABET[place])
    return "".join(places)
