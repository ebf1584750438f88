"""From the bytes of any file to its text: sniff, look into the cache, read under confinement."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.keeping import Keeping
from inquiry_service.knowledge.readers.limits import LIMITS, Format, Limit, too_large
from inquiry_service.knowledge.readers.sniffing import sniff

READERS_VERSION = "2"
"""Raised whenever a reader takes another text out of the same file."""
_IN_PROCESS = (Format.TEXT, Format.MARKDOWN)
_WITH_OCR = (Format.PDF, Format.OFD, Format.PICTURE)


class Extractor:
    """Reads files one after another with one warm worker; a context manager that ends it.

    `cache`: a folder where what was read is kept, so that an unchanged file is not parsed again.
    It may be deleted at any time.
    """

    def __init__(self, cache: Path | None = None, limits: Mapping[Format, Limit] = LIMITS) -> None:
        self._limits = limits
        self._confinement = Confinement(limits)
        self._kept = Keeping(cache) if cache is not None else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._confinement.close()
        if self._kept is not None:
            self._kept.close()

    def extract(self, data: bytes, name: str) -> tuple[Format, Extracted] | None:
        """What the file is and what it says; None for a kind of file that holds no document.

        For a ZIP the text is empty: its members are files of their own.

        Raises:
            Unreadable: says in Chinese what is wrong and what to do.
        """
        sniffed = sniff(data, name)
        if sniffed is None:
            return None
        form = sniffed.format
        if len(data) > self._limits[form].size:
            raise Unreadable(too_large(len(data), self._limits[form].size))
        extracted = self._read(form, data, name)
        if sniffed.warning:
            extracted = replace(extracted, warnings=(sniffed.warning, *extracted.warnings))
        return form, extracted

    def _read(self, form: Format, data: bytes, name: str) -> Extracted:
        if form is Format.ZIP:
            return Extracted("")
        if form in _IN_PROCESS:
            try:
                return Extracted(decode(data))
            except Undecodable as fault:
                raise Unreadable(str(fault)) from fault
        if self._kept is None:
            return self._confinement.read(form, data, name)
        key = _key(form, data, name)
        known = self._kept.get(key)
        if known is None:
            known = self._confinement.read(form, data, name)
            self._kept.put(key, known)
        return known


def _key(form: Format, data: bytes, name: str) -> str:
    """Everything the text depends on: where OCR is installed later, files are read again."""
    ocr = form in _WITH_OCR and importlib.util.find_spec("rapidocr") is not None
    told = f"{READERS_VERSION}\0{form}\0{PurePosixPath(name).suffix.lower()}\0{ocr}\0"
    return hashlib.sha256(told.encode() + data).hexdigest()
