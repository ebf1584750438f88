"""Check digits of the numbers that prove who applies, and how they are shown. Pure."""

import re
from datetime import date

_IDENTITY_NUMBER = re.compile(r"[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dX]")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECK = "10X98765432"

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}\d{{6}}[{_CREDIT_ALPHABET}]{{10}}")


def is_resident_identity_number(text: str) -> bool:
    """Eighteen characters with a real birthday and the right check digit (GB 11643-1999)."""
    match = _IDENTITY_NUMBER.fullmatch(text)
    if match is None or not _is_birthday(*map(int, match.groups())):
        return False
    total = sum(int(d) * w for d, w in zip(text[:17], _IDENTITY_WEIGHTS, strict=True))
    return _IDENTITY_CHECK[total % 11] == text[17]


def _is_birthday(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) >= date(1850, 1, 1)
    except ValueError:
        return False


def is_credit_code(text: str) -> bool:
    """A unified social credit code, 统一社会信用代码 (GB 32100-2015): weights 3^i modulo 31."""
    if _CREDIT_CODE.fullmatch(text) is None:
        return False
    values = [_CREDIT_ALPHABET.index(character) for character in text]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
    return (31 - total % 31) % 31 == values[17]


def masked_identity_number(number: str) -> str:
    """Enough to tell two people apart at the counter, too little to use: `110*************2X`."""
    return _masked(number, front=3, back=2)


def masked_credit_code(code: str) -> str:
    return _masked(code, front=3, back=2)


def masked_proof(number: str) -> str:
    """Any other proof of identity, such as a passport: `E******78`."""
    return _masked(number, front=1, back=2)


def masked_phone(number: str) -> str:
    return _masked(number, front=3, back=2)


def masked_email(address: str) -> str:
    """The domain and the first letter before it; without a domain, like any other proof."""
    person, _, domain = address.rpartition("@")
    if not person:
        return masked_proof(address)
    return f"{_masked(person, front=1, back=0)}@{domain}"


def _masked(text: str, *, front: int, back: int) -> str:
    """At least half of it is hidden, or else all of it (个人信息保护法第六条、第五十一条)."""
    shown = front + back
    if shown * 2 > len(text):
        return "*" * len(text)
    return text[:front] + "*" * (len(text) - shown) + text[len(text) - back :]
