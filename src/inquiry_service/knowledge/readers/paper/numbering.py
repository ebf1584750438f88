"""Page numbers in a sentence."""

from collections.abc import Iterable


def spelled(numbers: Iterable[int]) -> str:
    """Pages counted from 0, as people write them: 1、3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{r[0] + 1}-{r[-1] + 1}" if len(r) > 1 else f"{r[0] + 1}" for r in runs)
