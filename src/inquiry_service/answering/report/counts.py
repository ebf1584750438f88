"""How our own questions ended, as lines for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any


def told(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """For each file a line in all and one for each kind, then what went wrong."""
    for name, one in figures.items():
        yield f"{name}：{one['questions']} 题"
        yield _line("合计", one)
        for kind, counted in one["kinds"].items():
            yield _line(kind or "未注明", counted)
        if one["everyday_answered"] is not None:
            yield f"  闲聊与外单位问题 {one['everyday']} 题，被作答 {one['everyday_answered']:.1%}"
        yield from _faults(one["faults"])


def _line(name: str, one: Mapping[str, Any]) -> str:
    quotes = f"{one['right_quotes']:6.1%}" if one["answered"] else "     —"
    return (
        f"  {one['questions']:4d} 题  结局正确 {one['right_endings']:6.1%}  "
        f"引文正确 {quotes}  答错 {one['wrong_answers']:6.1%}  {name}"
    )


def _faults(faults: int | list[Mapping[str, Any]]) -> Iterator[str]:
    if isinstance(faults, int):
        yield f"  有问题的 {faults} 例（检验用的一半，不列题目）"
        return
    for fault in faults:
        yield (
            f"  {fault['expected']}→{fault['ended']} {fault['confidence']:.2f} "
            f"{fault['rule']}：{fault['question']}"
        )
        if fault["quote"]:
            yield f"      {fault['document']}：{fault['quote']}"
