"""Document numbers (文号) as people write them in questions. Pure."""

import re

from inquiry_service.knowledge.expressions.references import find_document_numbers

_GAP = " *"
_ORDER = re.compile(
    rf"(?<=[部院府会局厅署]){_GAP}(?:第?(?P<year>(?:19|20)\d{{2}})年)?第?(?P<number>\d{{1,4}})号{_GAP}令"
)
"""国务院711号令 and 商务部2025年4号令, which the texts write as 国务院令第711号."""
_LONE_ORDER = re.compile(r"(?<![一-龥\d])第?(?P<number>\d{1,4})号令|^令第?(?P<other>\d{1,4})号")
_CODED = re.compile(
    r"(?P<code>[一-龥]{1,8}(?:办|发|函|字|释|规|综|粮|商|建|财|政|知)) *"
    r"(?:[〔\[【(（<〈「]?) *(?P<year>(?:19|20)\d{2}) *(?:[〕\]】)）>〉」]|年|[-—－/]) *"
    r"(?:第? *(?P<number>\d{1,5}) *号?)(?!\d|年|月)"
)
"""国办函2020年109号, 国办函(2020)109, 国办函2020-109."""


def numbers_in(folded: str) -> tuple[str, ...]:
    """Every document number a question names, in the form of the texts, each once.

    Of an order without its issuer (4号令) 令第4号 is told.
    """
    told = find_document_numbers(_as_texts_write(folded))
    lone = [f"令第{found['number'] or found['other']}号" for found in _LONE_ORDER.finditer(folded)]
    return tuple(dict.fromkeys((*told, *lone)))


def _as_texts_write(folded: str) -> str:
    text = _ORDER.sub(lambda f: f"令{_year(f)}第{f['number']}号", folded)
    return _CODED.sub(lambda f: f"{f['code']}〔{f['year']}〕{f['number']}号", text)


def _year(found: re.Match[str]) -> str:
    return f"{found['year']}年" if found["year"] else ""
