"""A .docm or .dotx as the .docx that its text is."""

import io
import zipfile

from inquiry_service.knowledge.readers.packages import open_package, read_member

_TYPES = "[Content_Types].xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def as_plain_document(data: bytes) -> bytes:
    """The same bytes for a .docx; else a copy that is declared as one."""
    with open_package(data) as package:
        if _TYPES not in package.NameToInfo:
            return data
        types = read_member(package, package.getinfo(_TYPES))
        if not any(other in types for other in _OTHERS):
            return data
        for other in _OTHERS:
            types = types.replace(other, _PLAIN)
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as written:
            for entry in package.infolist():
                content = types if entry.filename == _TYPES else read_member(package, entry)
                written.writestr(entry.filename, content)
    return copy.getvalue()
