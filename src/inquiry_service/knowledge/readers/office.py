"""Old Office and WPS formats, turned by LibreOffice into new ones where it is installed.

It runs with a profile of its own, without macros and without updating links, inside the limits of
the confinement that this reader is called in.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.packages import check_package

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/usr/bin", "/usr/local/bin", "/opt/libreoffice/program", "/usr/lib/libreoffice/program")
_SECONDS = 150
_WITHOUT = (
    "这是旧版 Office 或 WPS 格式，本机没有安装 LibreOffice，读不了；"
    "请用 WPS 或 Office 另存为 {target} 后放入"
)
_FAILED = (
    "LibreOffice 没能打开这个文件（可能已损坏、有密码，或没有装它需要的组件 {part}）；"
    "请用 WPS 或 Office 另存为 {target} 后放入"
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
_PACKAGES = (
    (b"xl/workbook.bin", ("xlsb", "xlsx")),
    (b"opendocument.presentation", ("odp", "pptx")),
    (b"opendocument.spreadsheet", ("ods", "xlsx")),
)
_OTHERS = frozenset({".xls", ".et", ".ppt", ".pps", ".dps"})
_PARTS = {"docx": "Writer", "xlsx": "Calc", "pptx": "Impress"}
_WORKBOOK = "Workbook".encode("utf-16-le")
_OLD_WORKBOOK = "Book".encode("utf-16-le")
_SLIDES = "PowerPoint Document".encode("utf-16-le")
_WRITTEN = "WordDocument".encode("utf-16-le")


def soffice() -> str | None:
    """The LibreOffice of this machine."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *_PLACES))
    return next((found for name in _PROGRAMS if (found := shutil.which(name, path=path))), None)


def read_office(data: bytes, name: str) -> Extracted:
    """The text of a .doc, .wps, .xls, .et, .rtf, .ppt or OpenDocument file.

    Raises:
        Unreadable: no LibreOffice here, or it cannot open the file.
    """
    source, target = _kinds(data, PurePath(name).suffix.lower())
    program = soffice()
    if program is None:
        raise Unreadable(_WITHOUT.format(target=f".{target}"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        converted = _converted(program, Path(folder), data, source, target)
    check_package(converted)
    if target == "pptx":
        from inquiry_service.knowledge.readers.slides import read_pptx

        return read_pptx(converted, name)
    if target == "xlsx":
        from inquiry_service.knowledge.readers.xlsx import read_xlsx

        return read_xlsx(converted, name)
    from inquiry_service.knowledge.readers.docx import read_docx

    return read_docx(converted, name)


def _kinds(data: bytes, suffix: str) -> tuple[str, str]:
    """The suffix by which LibreOffice knows the file, and what to make of it."""
    if data.startswith(b"{\\rtf"):
        return "rtf", "docx"
    if data.startswith(b"PK"):
        return next((kinds for mark, kinds in _PACKAGES if mark in data), ("odt", "docx"))
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        workbook = b'progid="Excel.' in data[:2048]
        return "xml", "xlsx" if workbook else "docx"  # the XML of Office 2003
    return _kept_in(data, suffix)


def _kept_in(data: bytes, suffix: str) -> tuple[str, str]:
    """What the old container holds: a stream is named after its program."""
    if _SLIDES in data:
        return "ppt", "pptx"
    if _WRITTEN in data:
        return "doc", "docx"
    if _WORKBOOK in data or _OLD_WORKBOOK in data:
        return "xls", "xlsx"
    if suffix in _OTHERS:
        # LibreOffice would show the bytes themselves as text.
        raise Unreadable("文件已损坏，里面没有表格或幻灯片，请用原来的软件打开后另存一份")
    return "doc", "docx"


def _converted(program: str, folder: Path, data: bytes, source: str, target: str) -> bytes:
    order, environment = order_to_convert(program, folder, data, source, target)
    try:
        subprocess.run(  # noqa: S603 - the program found above, no shell
            order, env=environment, capture_output=True, timeout=_SECONDS, check=False
        )
        return (folder / "out" / f"file.{target}").read_bytes()
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Unreadable(_FAILED.format(target=f".{target}", part=_PARTS[target])) from fault


def order_to_convert(
    program: str, folder: Path, data: bytes, source: str, target: str
) -> tuple[list[str], dict[str, str]]:
    """The command and its environment that leave `out/file.TARGET` in a throw-away folder.

    The profile is made in that folder: no macros, no updating of links.
    """
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    (folder / f"file.{source}").write_bytes(data)
    order = [
        *(program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", target, "--outdir", str(folder / "out"), str(folder / f"file.{source}")),
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "zh_CN.UTF-8"}
    return order, environment
