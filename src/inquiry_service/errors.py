"""Everything that can go wrong and be told to a person, as one family.

    InquiryError
    ├── BadInput            what was typed cannot be used; names the fields
    ├── NotFound            no such thing, or not for this person
    ├── Conflict            somebody else was faster, or it is done already
    │   └── StepNotAllowed  the procedure does not allow this now; names rule and article
    ├── NotSignedIn         the desk wants to know who is there
    ├── NotAllowed          known, but this is not theirs to do
    ├── TooManyAttempts     slow down
    │   └── TooMuchFromHere one address sends more than a person would
    ├── PartUnavailable     a part (encoder, dialogue engine) did not answer
    ├── IndexUnusable       the knowledge index is missing or does not fit its manifest
    ├── KnowledgeFault      a source folder or document cannot be used
    └── ConfigurationFault  a setting is missing or wrong

An error takes facts, not sentences. `wording` is the one place for what a citizen or a clerk
reads; `code` is what a program reads in the API. The HTTP status is decided in `edge`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One field of a form or payload, and what to do about it, in the user's words."""

    field: str
    message: str


class InquiryError(Exception):
    """Root of the family. Subclasses set `code` and `wording`; facts fill the wording's braces."""

    code: ClassVar[str] = "error"
    wording: ClassVar[str] = "出了点问题，请稍后再试。"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence for a person, in Chinese, with the facts filled in."""
        return self.wording.format(**self.facts)


class BadInput(InquiryError):
    """What was typed cannot be used. Nothing of it is lost: the face shows it again."""

    code = "bad_input"
    wording = "有 {count} 处需要修改：{summary}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            count=len(self.problems),
            summary="；".join(p.message.rstrip("。") for p in self.problems) + "。",
        )


class NotFound(InquiryError):
    """There is no such thing, or the asker cannot prove it is theirs: both read the same."""

    code = "not_found"
    wording = "没有找到{what}。"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class Conflict(InquiryError):
    """The thing changed since it was looked at, or the act has been done already."""

    code = "conflict"
    wording = "{what}，{remedy}。"

    def __init__(self, what: str, remedy: str = "请刷新后再看") -> None:
        super().__init__(what=what, remedy=remedy)


class StepNotAllowed(Conflict):
    """A step that the procedure does not allow now: which rule, and of which article."""

    code = "step_not_allowed"
    wording = "现在不能办理这一步：{rule}{basis}。"

    def __init__(self, rule: str, article: str) -> None:
        self.rule, self.article = rule, article
        InquiryError.__init__(self, rule=rule, basis=f"（{article}）" if article else "")


class NotSignedIn(InquiryError):
    """The desk was opened without a valid session; `back_to` is the page to return to."""

    code = "not_signed_in"
    wording = "请先登录。"

    def __init__(self, back_to: str = "") -> None:
        self.back_to = back_to
        super().__init__()


class NotAllowed(InquiryError):
    """A known caller asked for something that is not theirs to do, or a form was forged."""

    code = "not_allowed"
    wording = "不能这样操作：{reason}。"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class TooManyAttempts(InquiryError):
    """Too many tries in a short time; `retry_after` is in seconds."""

    code = "too_many_attempts"
    wording = "尝试次数过多，请 {minutes} 分钟后再试。"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(minutes=max(1, -(-retry_after // 60)))


class TooMuchFromHere(TooManyAttempts):
    """One address files or uploads more often than a person would; many may share it."""

    wording = (
        "从您所在的网络提交得太频繁了，这一次没有收下，请 {minutes} 分钟后再试。"
        "着急的，可以当面或者邮寄提交。"
    )


class PartUnavailable(InquiryError):
    """A part that should answer did not: never to be read as "nothing was found"."""

    code = "part_unavailable"
    wording = "{part}暂时没有响应，不是没有查到。请稍后再试。"

    def __init__(self, part: str) -> None:
        super().__init__(part=part)


class IndexUnusable(InquiryError):
    """The index cannot be opened; `remedy` is what the operator does next."""

    code = "index_unusable"
    wording = "知识索引不能使用：{reason}。{remedy}"

    def __init__(
        self, reason: str, remedy: str = "请运行 inquiry-service knowledge build 重新生成。"
    ) -> None:
        super().__init__(reason=reason, remedy=remedy)


class KnowledgeFault(InquiryError):
    """A source folder, document or dataset cannot be used as it is."""

    code = "knowledge_fault"
    wording = "{where}：{reason}"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where=where, reason=reason)


class ConfigurationFault(InquiryError):
    """A setting is missing or wrong; names the environment variable."""

    code = "configuration_fault"
    wording = "设置 {setting} 有误：{reason}"

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(setting=setting, reason=reason)
