"""The inside of the confinement: one order after another from standard input, until it closes."""

import importlib
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

from inquiry_service.knowledge.readers.confinement import LENGTH, extracted_to_json
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.limits import MAX_CHARACTERS, Format
from inquiry_service.knowledge.readers.packages import check_package

_PACKAGE = "inquiry_service.knowledge.readers"
_READERS = {
    Format.HTML: ("html_pages", "read_html"),
    Format.PDF: ("pdf", "read_pdf"),
    Format.OFD: ("ofd", "read_ofd"),
    Format.DOCX: ("docx", "read_docx"),
    Format.XLSX: ("xlsx", "read_xlsx"),
    Format.CSV: ("csv_rows", "read_csv"),
    Format.PPTX: ("slides", "read_pptx"),
    Format.PICTURE: ("pictures", "read_picture"),
    Format.OFFICE: ("office", "read_office"),
}
_PACKAGES = (Format.DOCX, Format.XLSX, Format.PPTX, Format.OFD)
_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"})
_BROKEN = "文件已损坏、不合规范或内容过大；请用原来的软件打开后另存一份，或拆成几个文件，再放入"
_UNSOUND = re.compile("[\ud800-\udfff\0]")
_RECURSION = 4_000
_GRACE = 5
"""Seconds after the parent's patience when the worker ends itself, should the parent be gone."""


def serve() -> None:
    """Answer orders; what libraries print goes nowhere, what they fetch is refused."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.setrecursionlimit(_RECURSION)
    sys.addaudithook(_refuse_network)
    orders = sys.stdin.buffer
    while (head := _frame(orders)) is not None:
        data = _frame(orders) or b""
        reply = json.dumps(_answer(json.loads(head), data)).encode()
        answers.write(LENGTH.pack(len(reply)) + reply)
        answers.flush()


def _frame(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What was read, or why not; `spent` when a library may have been left in a bad state."""
    _limit(order["seconds"], order["memory"])
    try:
        extracted = read_as(Format(order["format"]), data, order["name"])
    except Exception as fault:
        # The outer door: a library may fail in any way, and each is one sentence.
        return refusal(fault)
    finally:
        signal.alarm(0)
    return extracted_to_json(extracted)


def refusal(fault: Exception) -> dict[str, Any]:
    """What is said of a file that could not be read; `fault` is for the log."""
    match fault:
        case Unreadable():
            return {"unreadable": str(fault)}
        case MemoryError():
            told = "内容过大，内存放不下，请拆成几个文件"
        case RecursionError():
            told = "内容嵌套过深，不像正常的文件，没有采用"
        case ImportError():
            told = f"本机没有装好读取这种格式的组件（{fault.name}），请重新运行 make setup"
        case _:
            told = _BROKEN
    return {"unreadable": told, "spent": True, "fault": f"{type(fault).__name__}: {fault}"[:200]}


def read_as(form: Format, data: bytes, name: str) -> Extracted:
    """Read within this very process; what `Confinement.read` does on the other side."""
    if form in _PACKAGES:
        check_package(data)
    module, function = _READERS[form]
    reader: Callable[[bytes, str], Extracted] = getattr(
        importlib.import_module(f"{_PACKAGE}.{module}"), function
    )
    extracted = _sound(reader(data, name))
    if len(extracted.text) > MAX_CHARACTERS:
        raise Unreadable(f"正文超过 {MAX_CHARACTERS // 10_000} 万字的上限，请拆成几个文件")
    return extracted


def _sound(extracted: Extracted) -> Extracted:
    """Half characters and zero bytes, which no file or database takes, become a mark each."""
    told = {field: _UNSOUND.sub("\ufffd", value) for field, value in extracted.told.items()}
    return replace(extracted, text=_UNSOUND.sub("\ufffd", extracted.text), told=told)


def _limit(seconds: float, memory: int) -> None:
    signal.alarm(int(seconds) + _GRACE)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (ValueError, OSError):
        return  # a system that cannot limit address space still has the time limit


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise Unreadable("文件要求访问网络，没有采用")
