"""Who answers in a conversation: exactly one owner at a time, passed on by compare-and-set.

    bot ──► queue ──► staff:<login> ──► closed ──► bot
     ▲────────┴──────────────┘   (given back; anyone may also close)

A new message in a closed conversation wakes the bot again; staff never take a closed one.
"""

from dataclasses import dataclass
from enum import StrEnum

from inquiry_service.errors import Conflict, NotAllowed


class Role(StrEnum):
    """What kind of owner."""

    BOT = "bot"
    QUEUE = "queue"
    STAFF = "staff"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner; `login` belongs to staff alone. Written `bot`, `queue`, `staff:<login>`, `closed`.

    Raises `ValueError` for a login where none belongs, or staff without one.
    """

    role: Role
    login: str = ""

    def __post_init__(self) -> None:
        if (self.role is Role.STAFF) != bool(self.login):
            raise ValueError(f"owner {self.role} with login {self.login!r}")

    def __str__(self) -> str:
        return f"{self.role}:{self.login}" if self.login else str(self.role)

    @classmethod
    def parse(cls, written: str) -> "Owner":
        """The inverse of `str`; `ValueError` for anything else."""
        role, _, login = written.partition(":")
        return cls(Role(role), login)

    @classmethod
    def staff(cls, login: str) -> "Owner":
        return cls(Role.STAFF, login)


BOT = Owner(Role.BOT)
QUEUE = Owner(Role.QUEUE)
CLOSED = Owner(Role.CLOSED)

_PASSES: dict[Role, frozenset[Role]] = {
    Role.BOT: frozenset({Role.QUEUE, Role.STAFF, Role.CLOSED}),
    Role.QUEUE: frozenset({Role.BOT, Role.STAFF, Role.CLOSED}),
    Role.STAFF: frozenset({Role.BOT, Role.QUEUE, Role.STAFF, Role.CLOSED}),
    Role.CLOSED: frozenset({Role.BOT}),
}


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owner as last seen; `version` grows by one with every pass."""

    owner: Owner = BOT
    version: int = 0

    def passed_to(self, owner: Owner, *, expected_version: int) -> "Ownership":
        """The next state. `Conflict` when it moved meanwhile, `NotAllowed` for no such pass."""
        if expected_version != self.version:
            raise Conflict("这段对话已由他人处理")
        if owner == self.owner or owner.role not in _PASSES[self.owner.role]:
            raise NotAllowed(f"对话不能从 {self.owner} 转到 {owner}")
        return Ownership(owner, self.version + 1)


def bot_speaks(owner: Owner) -> bool:
    """Whether the bot answers the next message; a closed conversation wakes up with it."""
    return owner.role in (Role.BOT, Role.CLOSED)
