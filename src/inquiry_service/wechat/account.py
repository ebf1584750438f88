"""The Official Account's secrets, and the signatures and encryption made with them.

WeChat signs every call with `sha1` over sorted parts; in safe mode the message is AES-256-CBC,
key = Base64(EncodingAESKey + "="), IV = the key's first 16 bytes, PKCS#7 to blocks of 32, plain
text = 16 random bytes + 4 bytes of length + message + AppID.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from inquiry_service.errors import ConfigurationFault, NotAllowed

_KEY_CHARACTERS = 43
_KEY_BYTES = 32
_BLOCK = 32
_RANDOM = 16
_HEAD = _RANDOM + 4


@dataclass(frozen=True)
class Account:
    """`aes_key` is the EncodingAESKey of 43 characters, or empty for plain mode.

    Raises `ConfigurationFault` when the key cannot be one.
    """

    token: str = field(repr=False)
    app_id: str = ""
    aes_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.aes_key:
            self._key()
        if self.aes_key and not self.app_id:
            raise ConfigurationFault("INQUIRY_WECHAT_APP_ID", "安全模式需要填写 AppID。")

    @property
    def safe(self) -> bool:
        """Whether messages are encrypted."""
        return bool(self.aes_key)

    def signature(self, *parts: str) -> str:
        """The signature of a call: token and parts, sorted, joined, SHA-1 (WeChat's choice)."""
        joined = "".join(sorted((self.token, *parts)))
        return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()

    def check(self, given: str, *parts: str) -> None:
        """Raises `NotAllowed` when the signature is not ours."""
        if not hmac.compare_digest(self.signature(*parts).encode(), given.encode()):
            raise NotAllowed("签名不符")

    def encrypt(self, message: str, *, random: bytes | None = None) -> str:
        """One message as Base64; `random` is 16 bytes, given to make the same result again."""
        body = message.encode()
        head = (random or secrets.token_bytes(_RANDOM)) + struct.pack(">I", len(body))
        plain = head + body + self.app_id.encode()
        fill = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(
            encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()
        ).decode()

    def decrypt(self, encrypted: str) -> str:
        """The message inside. Raises `NotAllowed` for anything that is not exactly ours."""
        try:
            decryptor = self._cipher().decryptor()
            data = base64.b64decode(encrypted, validate=True)
            plain = _unpadded(decryptor.update(data) + decryptor.finalize())
            (length,) = struct.unpack(">I", plain[_RANDOM:_HEAD])
            message = plain[_HEAD : _HEAD + length].decode()
        except (ValueError, struct.error, binascii.Error):
            raise NotAllowed("密文不能解开") from None
        if not hmac.compare_digest(plain[_HEAD + length :], self.app_id.encode()):
            raise NotAllowed("密文不属于本公众号")
        return message

    def _cipher(self) -> "Cipher[modes.CBC]":
        key = self._key()
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def _key(self) -> bytes:
        try:
            key = base64.b64decode(self.aes_key + "=", validate=True)
        except (ValueError, binascii.Error):
            key = b""
        if len(self.aes_key) != _KEY_CHARACTERS or len(key) != _KEY_BYTES:
            raise ConfigurationFault(
                "INQUIRY_WECHAT_AES_KEY", "应为公众平台给出的 43 个字符（EncodingAESKey）。"
            )
        return key


def _unpadded(data: bytes) -> bytes:
    """PKCS#7 with blocks of 32, every byte of the padding checked."""
    if not data:
        raise ValueError("nothing there")
    fill = data[-1]
    if not 1 <= fill <= _BLOCK or data[-fill:] != bytes([fill]) * fill:
        raise ValueError("padding")
    return data[:-fill]
