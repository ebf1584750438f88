"""What reading and checking have to say about a source, one line each, for a clerk to act on."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to put right. `where` is a file as seen from its source folder.

    An error has to be put right (a file that could not be read is not used); a warning asks for
    a look.
    """

    where: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        label = "错误" if self.severity == "error" else "提醒"
        return f"{label} {self.where}：{self.message}"
