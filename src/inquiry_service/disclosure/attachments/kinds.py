"""What may be attached: seven types, known by their content and never by their name.

Containers are judged by their directory alone; nothing in them is unpacked here.
"""

from enum import StrEnum
from zipfile import ZipInfo

from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import MAX_MEMBERS, MAX_UNPACKED, Format
from inquiry_service.knowledge.readers.packages import open_package, refuse_bomb
from inquiry_service.knowledge.readers.sniffing import sniff


class FileType(StrEnum):
    """A closed list; the value is stored."""

    media_type: str
    suffixes: tuple[str, ...]

    def __new__(cls, value: str, media_type: str, suffixes: tuple[str, ...]) -> "FileType":
        member = str.__new__(cls, value)
        member._value_ = value
        member.media_type = media_type
        member.suffixes = suffixes
        return member

    PDF = "pdf", "application/pdf", (".pdf",)
    JPEG = "jpeg", "image/jpeg", (".jpg", ".jpeg")
    PNG = "png", "image/png", (".png",)
    TIFF = "tiff", "image/tiff", (".tif", ".tiff")
    OFD = "ofd", "application/ofd", (".ofd",)
    DOCX = (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
    )
    XLSX = (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
    )
    TXT = "txt", "text/plain", (".txt",)


ALLOWED = "PDF、JPG、PNG、TIFF、OFD、DOCX、XLSX、TXT"
"""The list as people read it."""
_BY_FORMAT = {
    Format.PDF: FileType.PDF,
    Format.OFD: FileType.OFD,
    Format.DOCX: FileType.DOCX,
    Format.XLSX: FileType.XLSX,
}
_PACKAGES = (FileType.OFD, FileType.DOCX, FileType.XLSX)
_PICTURES = (
    (b"\x89PNG\r\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"II*\0", FileType.TIFF),
    (b"MM\0*", FileType.TIFF),
)
_CLOSED = "打不开：有密码、已经损坏或者是压缩包，请去掉密码、重新取得或者解压后再上传"
_BOMB = "解开后的内容过大（疑似压缩炸弹），没有打开，请确认文件来源，或者拆成几个文件再上传"
_ENCRYPTED = 0x1
_MACROS = "vbaproject.bin"


class Refused(ValueError):
    """This may not be attached; the message is a Chinese clause: why, and what to do."""


def refuse_misnamed(name: str, kind: FileType) -> None:
    """Raises `Refused` for plain text under the name of something else.

    Text is what is left of a document that was cut off or spoilt, or an error message saved in its
    place: whoever works on the case could do nothing with it. Any other kind is whole, so that it
    is taken in under the ending that it really has.
    """
    claimed = next((one for one in FileType if name.lower().endswith(one.suffixes)), kind)
    if kind is FileType.TXT and claimed is not kind:
        raise Refused(
            f"名称是 {claimed.value.upper()} 文件，内容却只是文字，可能已经损坏或者没有传完整，"
            "请打开核对、重新取得后再上传；确实是文本文件的，请把名称改成以 .txt 结尾"
        )


def type_of(data: bytes) -> FileType:
    """The type of a file that may be attached. Raises `Refused`."""
    found = _type_by_content(data)
    if found is None:
        raise Refused(f"不是可以上传的类型，请转成 {ALLOWED} 之一（扫描件、照片也可以）再上传")
    if found in _PACKAGES:
        _look_into_directory(data)
    return found


def _type_by_content(data: bytes) -> FileType | None:
    try:
        sniffed = sniff(data, "")
    except Unreadable as fault:
        raise Refused(_CLOSED) from fault
    if sniffed is None:
        return FileType.TXT if _is_text(data) else None
    if sniffed.format is Format.PICTURE:
        return next((found for mark, found in _PICTURES if data.startswith(mark)), None)
    return _BY_FORMAT.get(sniffed.format)


def _is_text(data: bytes) -> bool:
    try:
        return bool(decode(data).strip())
    except Undecodable:
        return False


def _look_into_directory(data: bytes) -> None:
    """Raises `Refused` for a bomb, a password or macros."""
    try:
        with open_package(data) as package:
            entries = package.infolist()
    except Unreadable as fault:
        raise Refused(_CLOSED) from fault
    if len(entries) > MAX_MEMBERS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(_BOMB)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Refused("有打开密码，请去掉密码后再上传")
        if entry.filename.lower().endswith(_MACROS):
            raise Refused("含有宏程序，请另存为不含宏的文件或者 PDF 再上传")
        _refuse_bomb(entry)


def _refuse_bomb(entry: ZipInfo) -> None:
    try:
        refuse_bomb(entry.compress_size, entry.file_size)
    except Unreadable as fault:
        raise Refused(_BOMB) from fault
