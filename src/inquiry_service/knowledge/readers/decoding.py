"""Bytes of a text file become text, or a sentence that says why not."""

import codecs
import re

MAX_BYTES = 5 * 1024 * 1024

_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINES = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNUSUAL = re.compile("[^\n\t -~\u00a0-\u00ff\u2000-\u33ff\u4e00-\u9fff\uff00-\uffef]")
_UNUSUAL_SHARE = 0.3
"""Legible Chinese text stays far below this share of characters from rare blocks."""


class Undecodable(ValueError):
    """The bytes are not text; the message is a Chinese clause for the finding."""


def decode(data: bytes) -> str:
    """Text whose lines end in a newline character and without invisible characters.

    UTF-8, GB18030 and UTF-16 are recognised, with or without a byte order mark.

    Raises:
        Undecodable: binary content, an unknown encoding, or more than `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise Undecodable(too_large(len(data)))
    _refuse_signature(data)
    text = _NEWLINES.sub("\n", _decoded(data)).removesuffix("\x1a")
    if _CONTROL.search(text):
        raise Undecodable("内容不是文字（含有控制字符），请另存为 UTF-8 文本后再放入")
    return _INVISIBLE.sub("", text)


def too_large(size: int) -> str:
    """The sentence for a file beyond the limit; `size` in bytes."""
    limit = MAX_BYTES // (1024 * 1024)
    return f"文件有 {size / 1024 / 1024:.1f} MB，超过 {limit} MB 的上限，请拆成几个文件"


def _refuse_signature(data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise Undecodable(f"内容是{name}，与扩展名不符，请先转成文本或 Markdown")


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legible(_strict(data, "gb18030"))


def _utf16_without_mark(data: bytes) -> str:
    """A line end or a space shows on which side the zero byte stands."""
    encoding = "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
    return _legible(_strict(data, encoding))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Undecodable(
            "认不出文字编码（支持 UTF-8、GB18030、UTF-16），请另存为 UTF-8 后再放入"
        ) from fault


def _legible(text: str) -> str:
    """Almost any bytes pass as GB18030 or UTF-16: rare blocks betray that they are not."""
    if len(_UNUSUAL.findall(text)) > _UNUSUAL_SHARE * len(text):
        raise Undecodable("内容不是可读的文字，请确认文件没有损坏，并另存为 UTF-8 后再放入")
    return text
