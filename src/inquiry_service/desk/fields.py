"""The fields of a step's form, as data: one template shows them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inquiry_service.disclosure.rules.request import Choice


class Look(StrEnum):
    """How a field is typed in."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; named as the shared form macros expect."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """`value` is what stands in it at first; `optional` ones say so."""

    name: str
    label: str
    look: Look = Look.LINE
    hint: str = ""
    value: str = ""
    optional: bool = False
    options: tuple[Option, ...] = ()


def pairs(*known: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in known)


def choices(kinds: Iterable[Choice]) -> tuple[Option, ...]:
    return tuple(Option(kind.value, kind.label) for kind in kinds)


def day_field(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, Look.DAY, hint)


def sure(label: str) -> Field:
    """A tick without which a step that cannot be taken back is not done."""
    return Field("sure", label, Look.SURE)
