"""What a file is: by its content first, by its name second."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.readers.packages import open_package

_SUFFIXES = {
    Format.MARKDOWN: (".md", ".markdown"),
    Format.TEXT: (".txt",),
    Format.HTML: (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"),
    Format.PDF: (".pdf",),
    Format.OFD: (".ofd",),
    Format.DOCX: (".docx", ".docm"),
    Format.XLSX: (".xlsx", ".xlsm"),
    Format.CSV: (".csv", ".tsv"),
    Format.PPTX: (".pptx", ".pptm", ".ppsx"),
    Format.OFFICE: (
        *(".doc", ".wps", ".rtf", ".xls", ".et", ".ppt", ".pps", ".dps"),
        *(".odt", ".ods", ".odp", ".dot", ".xlsb"),
    ),
    Format.PICTURE: (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"),
    Format.ZIP: (".zip",),
}
_BY_SUFFIX = {suffix: form for form, suffixes in _SUFFIXES.items() for suffix in suffixes}
READABLE = (
    "支持 Markdown、TXT、网页、PDF、OFD、DOCX、XLSX、PPTX、CSV、ZIP、图片；"
    "旧版 Office 和 WPS 格式需要安装 LibreOffice"
)
_NAMES = {
    Format.TEXT: "纯文本",
    Format.MARKDOWN: "Markdown",
    Format.HTML: "网页",
    Format.PDF: "PDF",
    Format.OFD: "OFD",
    Format.DOCX: "Word 文档（docx）",
    Format.XLSX: "Excel 工作簿（xlsx）",
    Format.CSV: "表格文本（csv）",
    Format.PPTX: "演示文稿（pptx）",
    Format.OFFICE: "旧版 Office 或 WPS 文件",
    Format.PICTURE: "图片",
    Format.ZIP: "ZIP 压缩包",
}
_PICTURES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", re.DOTALL
)
_ARCHIVES = re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:table|div|meta|style|title|p)\b", re.IGNORECASE)
"""What old business systems export as .xls and .doc."""
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n)*){1,30}", re.IGNORECASE)
_OFFICE_XML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)<\?mso-application\b")
_MEMBERS = (
    ("OFD.xml", Format.OFD),
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.xml", Format.XLSX),
    ("xl/workbook.bin", Format.OFFICE),
    ("ppt/presentation.xml", Format.PPTX),
    ("mimetype", Format.OFFICE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "文件有打开密码，请去掉密码（另存一份不设密码的）后再放入"  # noqa: S105 - a sentence


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`by_content`: the bytes themselves tell; otherwise the name was believed."""

    format: Format
    by_content: bool
    warning: str = ""


def readable_suffixes() -> tuple[str, ...]:
    """In the order in which they are told to people."""
    return tuple(_BY_SUFFIX)


def sniff(data: bytes, name: str) -> Sniffed | None:
    """The format of a file, or None for a kind of file that holds no document.

    Raises:
        Unreadable: known and never readable: a password, an archive other than ZIP.
    """
    named = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    found = _by_content(data)
    if found is None:
        return _by_name(data, named)
    if named in (None, found) or {named, found} == {Format.TEXT, Format.MARKDOWN}:
        return Sniffed(found, by_content=True)
    return Sniffed(found, by_content=True, warning=_otherwise(named, found))


def _otherwise(named: Format | None, found: Format) -> str:
    claimed = _NAMES[named] if named else "别的文件"
    return f"从扩展名看是{claimed}，内容其实是{_NAMES[found]}，已按内容读取"


def _by_content(data: bytes) -> Format | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"{\\rtf") or _OFFICE_XML.match(data):
        return Format.OFFICE
    if _PICTURES.match(data):
        return Format.PICTURE
    if _ARCHIVES.match(data):
        raise Unreadable("是压缩文件但不是 ZIP，请解压后放入，或重新压缩成 ZIP")
    return Format.HTML if _is_html(data) else None


def _by_name(data: bytes, named: Format | None) -> Sniffed | None:
    """Text looks like nothing in particular: a name that promises a text is believed."""
    if named is None:
        return None
    if named in (Format.TEXT, Format.MARKDOWN, Format.HTML, Format.CSV):
        return Sniffed(named, by_content=False)
    if _FRAGMENT.match(data[:1024]):
        return Sniffed(Format.HTML, by_content=True, warning=_otherwise(named, Format.HTML))
    if data and b"\0" not in data[:4096] and _reads_as_text(data):
        return Sniffed(Format.TEXT, by_content=False, warning=_otherwise(named, Format.TEXT))
    raise Unreadable(
        f"扩展名像是{_NAMES[named]}，内容却不是，多半没有下载完整或已经损坏，请重新取得这个文件"
        if data
        else "文件是空的，请重新取得这个文件"
    )


def _reads_as_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _packed(data: bytes) -> Format:
    """Members tell; when the directory is cut off, the names at the front still do."""
    try:
        with open_package(data) as archive:
            names = frozenset(archive.NameToInfo)
    except Unreadable:
        names = frozenset(name for name, _ in _MEMBERS if name.encode() in data[: 64 * 1024])
        if not names:
            raise
    return next((form for name, form in _MEMBERS if name in names), Format.ZIP)


def _compound(data: bytes) -> Format:
    """The old container of Office, which also wraps what has a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(_PASSWORD)
    return Format.OFFICE


def _is_html(data: bytes) -> bool:
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return bool(_HTML.match(head)) or _is_mhtml(head)


def _is_mhtml(head: bytes) -> bool:
    headers = _MHTML.match(head)
    return headers is not None and b"multipart/related" in headers[0].lower()
