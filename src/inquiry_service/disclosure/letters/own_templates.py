"""Which template a letter is filled into, and whether a bureau's own one may be used.

A bureau's folder replaces the house's templates as a whole: a kind that is missing there, a
placeholder that does not exist, or one that the law wants and that is left out, is refused.
"""

import re
from importlib.resources import files
from pathlib import Path

from inquiry_service.disclosure.letters.element import Content, Element
from inquiry_service.disclosure.letters.elements import elements_of
from inquiry_service.disclosure.letters.forms import FORMS
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.letters.variants import VARIANTS
from inquiry_service.disclosure.letters.wording import WORDING
from inquiry_service.disclosure.rules.outcomes import OUTCOMES, SIDE_OUTCOMES
from inquiry_service.errors import ConfigurationFault

_MADE_UP = frozenset(
    {
        *("heading", "title", "you", "law", "withheld_law", "body", "rows"),
        *("remedy_lines", "attachment_lines", "seal", "note"),
    }
)
"""Placeholders beside the elements: texts that are put together from several of them."""
_COVERS = {
    "heading": frozenset({"bureau"}),
    "law": frozenset({"article"}),
    "note": frozenset({"delivery"}),
    "remedy_lines": frozenset({"remedy"}),
}
_NAMES = re.compile(r"\{(\w+)")
_IN_A_REPLY = frozenset({"remedy", "document_number", "addressee", "bureau", "signed_on", "body"})


def template_bytes(kind: LetterKind, folder: Path | None) -> bytes:
    """The template's file: the house's, or the one in the bureau's folder.

    Raises:
        ConfigurationFault: the folder has none for this kind.
    """
    if folder is None:
        house = files("inquiry_service.disclosure.letters") / "templates" / kind.template
        return house.read_bytes()
    try:
        return (folder / kind.template).read_bytes()
    except OSError:
        raise template_fault(
            kind, f"文件夹里没有“{kind.label}”的模板，请放入一份，或者不设自己的文件夹"
        ) from None


def refuse_wrong_names(kind: LetterKind, named: frozenset[str]) -> None:
    """Raises `ConfigurationFault` for unknown placeholders and for those the law needs."""
    known = known_placeholders(kind)
    if unknown := named - known:
        raise template_fault(
            kind, f"里面有不认识的占位符 {_list(unknown)}；可以用的有 {_list(known)}"
        )
    if absent := _needed(kind) - _said(kind, named):
        raise template_fault(kind, f"里面缺少占位符 {_list(absent)}，这些内容必须写明")


def known_placeholders(kind: LetterKind) -> frozenset[str]:
    """Every name that may stand between {{ and }} in a template of this kind."""
    return _MADE_UP | {element.name for element in _possible(kind)}


def template_fault(kind: LetterKind, reason: str) -> ConfigurationFault:
    return ConfigurationFault(f"公文模板 {kind.template}", reason)


def _possible(kind: LetterKind) -> tuple[Element, ...]:
    """All elements of a kind, with those of every outcome and every choice."""
    return tuple(element for each in _contents(kind) for element in elements_of(kind, each))


def _contents(kind: LetterKind) -> tuple[Content, ...]:
    if kind is LetterKind.REPLY:
        codes = (outcome.code for outcome in (*OUTCOMES, *SIDE_OUTCOMES))
        return tuple({"outcome": code, "delivery": Delivery.ONLINE} for code in codes)
    if kind in VARIANTS:
        variants = VARIANTS[kind]
        return tuple({variants.element.name: choice} for choice in variants.articles)
    return ({},)


def _needed(kind: LetterKind) -> frozenset[str]:
    """A reply's body differs by outcome, so only the composed one will do."""
    if kind is LetterKind.REPLY:
        return _IN_A_REPLY
    required = frozenset(element.name for element in elements_of(kind) if element.required)
    if kind in VARIANTS:  # so do the words of several grounds: silence is not always consent (34)
        return (_IN_A_REPLY & required) | {"body", "delivery"}
    return required


def _said(kind: LetterKind, named: frozenset[str]) -> frozenset[str]:
    by_others = frozenset[str]().union(*(_COVERS.get(name, frozenset()) for name in named))
    if "rows" in named:
        return frozenset(element.name for element in elements_of(kind))
    if "body" in named and kind is not LetterKind.REPLY:
        by_others |= _in_body(kind)
    return named | by_others


def _in_body(kind: LetterKind) -> frozenset[str]:
    wording = FORMS[kind].intro if kind in FORMS else WORDING[kind]
    text = "".join(sentence for paragraph in wording for sentence in paragraph)
    names = frozenset(_NAMES.findall(text))
    return names | (_COVERS["law"] if "law" in names else frozenset())


def _list(names: frozenset[str]) -> str:
    return "、".join(sorted(names))
