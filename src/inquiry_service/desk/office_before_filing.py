"""What published answers spared, shown as three numbers and one bar."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.office_page import office_page
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.procedure.before_filing import BeforeFiling, counted
from inquiry_service.staff.accounts import Session

DAYS = 30
BAR = 600
"""The width of the bar in its own units."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the bar, from `at`, `width` units wide; `share` in percent."""

    kind: str
    label: str
    number: int
    at: float
    width: float
    share: int


def router(parts: DeskParts, entrance: Entrance) -> APIRouter:
    routes = APIRouter(prefix="/before-filing")
    member = Depends(entrance.member)

    @routes.get("")
    def shown(request: Request, session: Session = member) -> HTMLResponse:
        now = parts.office.clock()
        # Until a moment after now: what was shown this very second counts.
        counts = counted(parts.office, now - timedelta(days=DAYS), now + timedelta(seconds=1))
        bar = bar_of(counts)
        return office_page(
            request,
            parts,
            "desk/office_before_filing.html",
            session,
            bar=bar,
            total=sum(part.number for part in bar),
            days=DAYS,
            width=BAR,
        )

    return routes


def bar_of(counts: BeforeFiling) -> tuple[Part, ...]:
    """The four ends side by side; without any forms all are empty."""
    ends = (
        ("answered", "已公开的内容答复了", counts.answered),
        ("left", "看过后离开", counts.left),
        ("filed", "仍然提交申请", counts.filed),
        ("undecided", "还在填写", counts.undecided),
    )
    total, at, parts = sum(number for _, _, number in ends), 0.0, []
    for kind, label, number in ends:
        width = BAR * number / total if total else 0.0
        share = round(100 * number / total) if total else 0
        parts.append(Part(kind, label, number, round(at, 1), round(width, 1), share))
        at += width
    return tuple(parts)
