"""Names of files as people can read them; Chinese Windows wrote them in GBK."""

import os
import re

_CONTROL = re.compile("[\x01-\x1f\x7f]")
_BEYOND_TWO_BYTES = "\u0800"


def name_from_disk(name: str) -> str:
    """Bytes that are no UTF-8 come from the disk as half characters, which no terminal takes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("gb18030", "replace")
    return on_one_line(name)


def name_from_bytes(raw: bytes) -> str:
    """Short names in GBK are often good UTF-8 too, but of scripts that nobody names files in."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    foreign = any("\x80" <= character < _BEYOND_TWO_BYTES for character in name)
    return raw.decode("gb18030", "replace") if foreign else name


def on_one_line(name: str) -> str:
    return _CONTROL.sub("\ufffd", name)
