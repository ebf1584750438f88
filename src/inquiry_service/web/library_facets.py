"""How many documents each further condition would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.document import Kind, Validity
from inquiry_service.web.library_catalogue import Entry, Value
from inquiry_service.web.library_filter import Filter
from inquiry_service.web.listing import KIND_LABELS, VALIDITY_LABELS

FACETS = {
    "kind": "类别",
    "topic": "主题",
    "year": "年份",
    "issuer": "发布机关",
    "validity": "效力",
}
"""In the order of the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. `address` chooses it, or takes it away when it is `chosen`."""

    value: Value
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One condition with the values it may have now."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that is set, and the address of the list without it."""

    label: str
    address: str


def sift(entries: Iterable[Entry], wanted: Filter) -> tuple[list[Entry], list[Facet]]:
    """Those that fit every condition, and the facets.

    The counts of a facet disregard its own condition, so that another value can be chosen
    instead of the present one.
    """
    kept, only_out_by = _apart(entries, wanted)
    columns = list(zip(*(entry.values for entry in kept), strict=True)) or [()] * len(FACETS)
    facets = [
        _facet(name, _counted([*column, *only_out_by.get(at, ())]), wanted)
        for at, (name, column) in enumerate(zip(FACETS, columns, strict=True))
    ]
    return kept, [facet for facet in facets if facet.choices]


def _apart(
    entries: Iterable[Entry], wanted: Filter
) -> tuple[list[Entry], dict[int, list[Value | None]]]:
    """Those that fit, and for each condition the values of those that it alone keeps out."""
    conditions = [
        (at, value)
        for at, name in enumerate(FACETS)
        if (value := getattr(wanted, name)) is not None
    ]
    kept: list[Entry] = []
    only_out_by: dict[int, list[Value | None]] = {at: [] for at, _ in conditions}
    for entry in entries:
        failed = [at for at, value in conditions if entry.values[at] != value]
        if not failed:
            kept.append(entry)
        elif len(failed) == 1:
            only_out_by[failed[0]].append(entry.values[failed[0]])
    return kept, only_out_by


def _counted(values: Iterable[Value | None]) -> Counter[Value]:
    return Counter(value for value in values if value is not None)


def _facet(name: str, counted: Counter[Value], wanted: Filter) -> Facet:
    present = getattr(wanted, name)
    if present is not None and present not in counted:
        counted[present] = 0
    choices = tuple(
        Choice(
            value,
            label_of(name, value),
            counted[value],
            chosen=value == present,
            address=(
                wanted.without(name) if value == present else wanted.with_(name, value)
            ).address(),
        )
        for value in _ordered(name, counted)
    )
    return Facet(name, FACETS[name], choices)


def _ordered(name: str, counted: Counter[Value]) -> Sequence[Value]:
    match name:
        case "kind":
            return [kind for kind in KIND_LABELS if kind in counted]
        case "validity":
            return [validity for validity in VALIDITY_LABELS if validity in counted]
        case "year":
            return sorted(counted, key=lambda year: -int(year))
        case _:
            return sorted(counted, key=lambda value: (-counted[value], str(value)))


def label_of(name: str, value: Value) -> str:
    """How a person reads a value."""
    if isinstance(value, Kind):
        return KIND_LABELS[value]
    if isinstance(value, Validity):
        return VALIDITY_LABELS[value]
    return f"{value}年" if name == "year" else str(value)


def conditions_of(wanted: Filter) -> list[Condition]:
    """What is set, each with the way to take it back, the words searched for first."""
    listed = []
    if wanted.query:
        listed.append(Condition(f"含有“{wanted.query}”", wanted.without("query").address()))
    for name, label in FACETS.items():
        value = getattr(wanted, name)
        if value is not None:
            said = f"{label}：{label_of(name, value)}"
            listed.append(Condition(said, wanted.without(name).address()))
    return listed
