"""What a form of the desk sent: plain texts by name, and the version of the case it is for."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from inquiry_service.disclosure.letters.element import day_of
from inquiry_service.errors import BadInput, Problem

NO_VERSION = -1
"""No case has it: a form without a proper version meets a `Conflict`."""


async def _typed(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: text for name, text in form.items() if isinstance(text, str)}


Typed = Annotated[dict[str, str], Depends(_typed)]


def version_in(typed: Mapping[str, str]) -> int:
    """The length of the history that the clerk looked at."""
    text = typed.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_VERSION  # noqa: PLR2004


def day_in(typed: Mapping[str, str], name: str) -> date | None:
    """The day that was typed, None for none. Raises `BadInput` for what is no day."""
    text = typed.get(name, "").strip()
    day = day_of(text)
    if text and day is None:
        raise BadInput([Problem(name, "日期请按“2026-03-02”这样的格式填写。")])
    return day


def needed_day(typed: Mapping[str, str], name: str) -> date:
    day = day_in(typed, name)
    if day is None:
        raise BadInput([Problem(name, "请填写日期，如“2026-03-02”。")])
    return day
