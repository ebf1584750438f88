"""OFD files made for the tests: a ZIP of the few XML parts that a page of text needs."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(x: float, y: float, words: str, size: float = 4.2) -> str:
    """A line at x millimetres from the left; its baseline is y millimetres from the top."""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 200 {size * 1.3}" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {max(len(words) - 1, 1)} {size}">'
        f"{escape(words)}</ofd:TextCode></ofd:TextObject>"
    )


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    width, height = x1 - x0, y1 - y0
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {max(width, 0.3)} {max(height, 0.3)}" '
        f'LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def picture(resource: str = "9") -> str:
    return f'<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="{resource}"/>'


def page(*objects: str) -> str:
    return (
        f"{_HEAD}<ofd:Page {NAMESPACE}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f'</ofd:Area><ofd:Content><ofd:Layer ID="4">{"".join(objects)}</ofd:Layer></ofd:Content>'
        "</ofd:Page>"
    )


def parcel(
    pages: Sequence[str],
    *,
    title: str = "",
    pictures: Mapping[str, bytes] | None = None,
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The pages packed up. `others` replaces or adds parts by their path."""
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    media = "".join(
        f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>{key}.png</ofd:MediaFile>'
        "</ofd:MultiMedia>"
        for key in pictures or {}
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": (
            f'{_HEAD}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            f"<ofd:DocID>1</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"{_HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
            "0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/DocumentRes.xml": (
            f'{_HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>{media}'
            "</ofd:MultiMedias></ofd:Res>"
        ),
    }
    parts |= {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}
    parts |= {f"Doc_0/Res/{key}.png": content for key, content in (pictures or {}).items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in (parts | dict(others or {})).items():
            archive.writestr(zipfile.ZipInfo(path), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
