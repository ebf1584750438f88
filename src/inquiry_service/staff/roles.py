"""Who may do what at the desk. Pure.

A role opens doors; it never puts a rule of the procedure aside. That whoever wrote a letter
neither checks nor approves it is the procedure's own rule and holds for administrators too.
"""

from enum import Enum, StrEnum


class Permission(Enum):
    """What a route may ask for; the value is what staff read when it is missing."""

    WORK = "经办"
    REVIEW = "审查"
    APPROVE = "批准"
    LOOK_AT_IDENTITY = "查看完整证件号码"
    ADMINISTER = "管理"


class Role(StrEnum):
    """The value is stored, the label is read by people."""

    label: str

    def __new__(cls, value: str, label: str) -> "Role":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ADMINISTRATOR = "administrator", "管理员"
    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审查人"
    HEAD = "head", "负责人"

    @property
    def permissions(self) -> frozenset[Permission]:
        return _MAY[self]

    def may(self, *any_of: Permission) -> bool:
        """Whether one of these is among what the role may do."""
        return not self.permissions.isdisjoint(any_of)


_MAY = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.CLERK: frozenset({Permission.WORK, Permission.LOOK_AT_IDENTITY}),
    Role.REVIEWER: frozenset({Permission.REVIEW}),
    Role.HEAD: frozenset({Permission.REVIEW, Permission.APPROVE, Permission.LOOK_AT_IDENTITY}),
}


def role_of(text: str) -> Role | None:
    """The role that a stored value or a label names, or None."""
    return next((role for role in Role if text in (role.value, role.label)), None)
