"""A service entry as a clear sheet: who, what to bring, where, when, how long, what it costs.

The rows are the document's own sections and its own lines (`办理时限：20个工作日`), word for word
under the document's own headings; only their order is the sheet's. What fits no row follows
after it, and what the document does not say has no row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from inquiry_service.web.rendering import Block, Piece


class Field(StrEnum):
    """What a row of the sheet tells, in the order of the sheet."""

    WHAT = "what"
    WHO = "who"
    CONDITIONS = "conditions"
    BRING = "bring"
    STEPS = "steps"
    OFFICE = "office"
    WHERE = "where"
    WHEN = "when"
    TIME_LIMIT = "time_limit"
    FEE = "fee"
    RESULT = "result"
    PHONE = "phone"
    BASIS = "basis"


_NAMED: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.PHONE, re.compile("电话|联系方式|咨询方式|热线")),
    (Field.FEE, re.compile("收费|费用|缴费")),
    (Field.BRING, re.compile("材料|要带什么|带什么|要交什么|证件资料")),
    (Field.STEPS, re.compile("流程|程序|步骤|怎么办|怎么报|怎样办|如何办|办理方式|申请方式")),
    (Field.TIME_LIMIT, re.compile("期限|时限|多久|几天|多长时间")),
    (Field.WHERE, re.compile("地点|地址|窗口|在哪|哪里办|网址|网上办理入口")),
    (Field.WHEN, re.compile("时间|什么时候")),
    (
        Field.OFFICE,
        re.compile("谁办|(?:办理|受理|实施|审批|备案|许可|主管)(?:机关|机构|部门|单位|主体)"),
    ),
    (Field.WHO, re.compile("服务对象|办理对象|申请人|适用(?:范围|对象)|谁(?:可以|能|要|需要)")),
    (Field.BASIS, re.compile("依据")),
    (Field.CONDITIONS, re.compile("条件")),
    (Field.RESULT, re.compile("结果|办结|发什么证")),
    (Field.WHAT, re.compile("办什么|事项名称|事项类型")),
)
_LONGEST_LABEL = 12
_LINE = re.compile(r"(?P<label>[^，。；：:！？\s]{2,12})[：:]\s*(?P<value>\S.*)$")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+[、.．章节条]|[（(][一二三四五六七八九十\d]+[）)])\s*"
)


@dataclass(frozen=True)
class Row:
    """One row: the document's own label, and what stands under it."""

    field: Field
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Sheet:
    """What stands before the rows, the rows in the order of the sheet, and what follows."""

    before: tuple[Piece, ...]
    rows: tuple[Row, ...]
    after: tuple[Piece, ...]


def sheet_of(pieces: Sequence[Piece]) -> Sheet | None:
    """The sheet, or None when the document has fewer than two of its rows."""
    before: list[Piece] = []
    after: list[Piece] = []
    rows: list[Row] = []
    for heading, under in _sections(pieces):
        field = field_named(heading.lines[0]) if heading else None
        rest = list(_without_lines(under, field, rows))
        if heading and field and rest:
            rows.append(Row(field, heading.lines[0], tuple(rest)))
            continue
        if heading and (rest or not under):
            rest.insert(0, heading)
        (after if rows or heading else before).extend(rest)
    if len(rows) < 2:  # noqa: PLR2004 - one row is no sheet
        return None
    order = list(Field)
    ranked = sorted(rows, key=lambda row: order.index(row.field))
    return Sheet(tuple(before), tuple(ranked), tuple(after))


def field_named(label: str) -> Field | None:
    """What a heading or the label of a line announces; None for anything else."""
    bare = _NUMBERING.sub("", label.strip())
    if len(bare) > _LONGEST_LABEL:
        return None
    return next((field for field, pattern in _NAMED if pattern.search(bare)), None)


def _sections(pieces: Sequence[Piece]) -> Iterator[tuple[Block | None, list[Piece]]]:
    """Each heading of the highest level with what stands under it, deeper headings included."""
    levels = [p.level for p in pieces if isinstance(p, Block) and p.kind == "heading"]
    top = min(levels, default=0)
    heading: Block | None = None
    under: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Block) and piece.kind == "heading" and piece.level == top:
            if heading or under:
                yield heading, under
            heading, under = piece, []
        else:
            under.append(piece)
    if heading or under:
        yield heading, under


def _without_lines(pieces: Sequence[Piece], own: Field | None, rows: list[Row]) -> Iterator[Piece]:
    """Moves lines that are labelled as another field into the rows; gives back what is left."""
    for piece in pieces:
        found = _rows_in(piece)
        if found and all(row.field is not own for row in found):
            rows.extend(found)
        else:
            yield piece


def _rows_in(piece: Piece) -> list[Row]:
    """The rows of a paragraph whose every line is labelled; none for anything else."""
    if piece.kind != "paragraph":
        return []
    rows: list[Row] = []
    for at, line in enumerate(piece.lines):
        told = _LINE.match(line)
        field = field_named(told["label"]) if told else None
        if told is None or field is None:
            return []
        part = replace(piece, lines=[told["value"]], anchor=piece.anchor and at == 0)
        rows.append(Row(field, told["label"], (part,)))
    return rows
