"""Which pages an OFD file has, and what is drawn on each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.ofd_geometry import Frame, boundary, numbers, points
from inquiry_service.knowledge.readers.ofd_package import Package, local, named, text_at
from inquiry_service.knowledge.readers.paper.grid import MAX_RULINGS
from inquiry_service.knowledge.readers.paper.page import Ruling
from inquiry_service.knowledge.readers.paper.strokes import straight_in

_A4 = (0.0, 0.0, 210.0, 297.0)
_DEEPEST = 32
_MAX_OBJECTS = 50_000
_DAMAGED = "不是完整的 OFD 文件（缺少 OFD.xml 或正文），请重新取得这个文件"


@dataclass(frozen=True, slots=True)
class TextObject:
    """An element that holds text, and the frame it stands in."""

    element: Element
    frame: Frame


@dataclass(slots=True)
class OfdPage:
    """Measures in points. `pictures`: parts of the package, the largest first."""

    width: float = 595.0
    height: float = 842.0
    texts: list[TextObject] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """The pages in order, and the title that the file's record gives."""

    title: str | None
    pages: tuple[OfdPage, ...]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What pages of one document have in common: box, templates and pictures by identifier."""

    box: tuple[float, ...]
    templates: dict[str, str]
    media: dict[str, str]


def structure_of(package: Package, most_pages: int) -> Structure:
    """Raises `Unreadable` when there is no OFD in the package, or more than `most_pages`."""
    entry = package.find("", "OFD.xml")
    if entry is None:
        raise Unreadable(_DAMAGED)
    root = package.xml(entry)
    bodies = named(root, "DocBody")
    roots = [part for b in bodies if (part := package.find(entry, text_at(b, "DocRoot")))]
    if not roots:
        raise Unreadable(_DAMAGED)
    pages: list[OfdPage] = []
    for part in roots:
        document = package.xml(part)
        shared = _shared(package, part, document)
        listed = [page for holder in named(document, "Pages") for page in named(holder, "Page")]
        if len(pages) + len(listed) > most_pages:
            raise Unreadable(f"有 {len(listed)} 页，超过 {most_pages} 页的上限，请拆成几个文件")
        pages += [_page(package, part, page.get("BaseLoc"), shared) for page in listed]
    if not pages:
        raise Unreadable("OFD 里没有页面，请重新取得这个文件")
    return Structure(text_at(bodies[0], "DocInfo", "Title"), tuple(pages))


def _shared(package: Package, part: str, document: Element) -> _Shared:
    common = next(iter(named(document, "CommonData")), None)
    templates: dict[str, str] = {}
    media: dict[str, str] = {}
    for child in common if common is not None else ():
        if local(child) == "TemplatePage":
            place = package.find(part, child.get("BaseLoc"))
            if place:
                templates[child.get("ID", "")] = place
        elif local(child) in {"PublicRes", "DocumentRes"}:
            media |= _media(package, package.find(part, child.text))
    box = numbers(text_at(common, "PageArea", "PhysicalBox"), 4)
    return _Shared(box or _A4, templates, media)


def _media(package: Package, part: str | None) -> dict[str, str]:
    """Pictures by identifier, as a list of resources names them."""
    if part is None:
        return {}
    try:
        resources = package.xml(part)
    except Unreadable:
        return {}
    base = f"{(resources.get('BaseLoc') or '').strip().strip('/')}/"
    found: dict[str, str] = {}
    for holder in named(resources, "MultiMedias"):
        for medium in named(holder, "MultiMedia"):
            place = text_at(medium, "MediaFile") or ""
            file = package.find(part, base.lstrip("/") + place) or package.find(part, place)
            if file:
                found[medium.get("ID", "")] = file
    return found


def _page(package: Package, part: str, place: str | None, shared: _Shared) -> OfdPage:
    page = OfdPage()
    where = package.find(part, place)
    if where is None:
        page.broken = True
        return page
    try:
        root = package.xml(where)
    except Unreadable:
        page.broken = True
        return page
    left, top, width, height = numbers(text_at(root, "Area", "PhysicalBox"), 4) or shared.box
    paper = Frame.paper(left, top)
    page.width, page.height = paper.length(width), paper.length(height)
    media = dict(shared.media)
    for resources in named(root, "PageRes"):
        media |= _media(package, package.find(where, resources.text))
    for layer in (*_templates(package, root, shared), *_layers(root)):
        _collect(page, layer, paper, media)
    return page


def _templates(package: Package, root: Element, shared: _Shared) -> Iterator[Element]:
    for used in named(root, "Template"):
        place = shared.templates.get(used.get("TemplateID", ""))
        if place:
            try:
                yield from _layers(package.xml(place))
            except Unreadable:
                continue


def _layers(root: Element) -> Iterator[Element]:
    for content in named(root, "Content"):
        yield from named(content, "Layer")


def _collect(page: OfdPage, layer: Element, paper: Frame, media: dict[str, str]) -> None:
    pictures: list[tuple[float, str]] = []
    for element in _objects(layer):
        kind = local(element)
        frame = paper.within(element)
        if kind == "TextObject":
            page.texts.append(TextObject(element, frame))
        elif kind == "PathObject" and len(page.rulings) <= MAX_RULINGS:
            for chain in points(text_at(element, "AbbreviatedData")):
                page.rulings += straight_in([frame.point(*point) for point in chain])
        elif kind == "ImageObject" and (file := media.get(element.get("ResourceID", ""))):
            _, _, width, height = boundary(element)
            pictures.append((width * height, file))
    page.pictures += [file for _, file in sorted(pictures, reverse=True)]


def _objects(layer: Element) -> Iterator[Element]:
    """Objects in the order they are drawn, also those inside blocks."""
    waiting = [(child, 0) for child in reversed(layer)]
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        element, depth = waiting.pop()
        if local(element) == "PageBlock" and depth < _DEEPEST:
            waiting += [(child, depth + 1) for child in reversed(element)]
        else:
            yield element
