"""Kinds of letter with several grounds in law: a choice settles the article and the words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from inquiry_service.disclosure.letters.element import Content, Element, Form, chosen, stated
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.opinions import Relation
from inquiry_service.disclosure.rules.request import Choice


class Ground(Choice):
    """Why the answer comes later; only 第三十五条 knows no number of days."""

    EXTENDED = "extended", "第三十三条延长"
    DELAYED = "delayed", "第三十五条延迟"


@dataclass(frozen=True, slots=True)
class Variants:
    """The `element` that is chosen, the article of each choice, and the usual one if any."""

    element: Element
    articles: Mapping[Choice, str]
    usual: Choice | None = None

    def chosen(self, content: Content) -> Choice | None:
        return chosen(self.element, stated(content, self.element.name))


VARIANTS: dict[LetterKind, Variants] = {
    LetterKind.RECEIPT: Variants(
        # What a case is about is no clerk's choice: `procedure.writing` sets it.
        Element(
            "matter", "事项", "依申请公开、更正信息或者建议公开", False, 1, Form.CHOICE, Matter
        ),
        {
            Matter.REQUEST: "第三十一条",
            Matter.RECORD_CORRECTION: "第四十一条",
            Matter.SUGGESTION: "第四十四条第二款",
        },
        Matter.REQUEST,
    ),
    LetterKind.EXTENSION: Variants(
        Element(
            "ground",
            "延期的依据",
            "延长最多20个工作日（第三十三条）；申请人说明的理由合理但不能按期答复的，可以延迟（第三十五条）",
            form=Form.CHOICE,
            choices=Ground,
        ),
        {Ground.EXTENDED: "第三十三条", Ground.DELAYED: "第三十五条"},
        Ground.EXTENDED,
    ),
    LetterKind.CO_MAKER_CONSULTATION: Variants(
        Element(
            "relation",
            "与该信息的关系",
            "共同制作的，逾期未提出意见视为同意公开（第三十四条）；其他有关机关没有这一规定",
            form=Form.CHOICE,
            choices=Relation,
        ),
        # 条例第三十四条; for all others 第十一条 (与有关机关协商、确认) and 第三十三条第三款
        {Relation.CO_MAKER: "第三十四条", Relation.OTHER: "第十一条、第三十三条第三款"},
    ),
}


def variant_of(kind: LetterKind, content: Content) -> Choice | None:
    """What was chosen; None for a kind without a choice, and before one is made."""
    variants = VARIANTS.get(kind)
    return variants.chosen(content) if variants else None


def usual_choice(kind: LetterKind) -> dict[str, str]:
    """What a new letter of such a kind begins with; nothing where neither goes without saying."""
    variants = VARIANTS[kind]
    if variants.usual is None:
        return {}
    return with_article(kind, {variants.element.name: variants.usual.value})


def with_article(kind: LetterKind, content: Content) -> dict[str, str]:
    """The content with the article of the choice, unless the clerk wrote one of their own."""
    variant, found = variant_of(kind, content), dict(content)
    if variant is None:
        return found
    articles = VARIANTS[kind].articles
    if stated(content, "article") in ("", *articles.values()):
        found["article"] = articles[variant]
    return found


def of_the_other(kind: LetterKind, content: Content) -> str:
    """The article that belongs here, when the one that was written is the other choice's."""
    variant = variant_of(kind, content)
    if variant is None:
        return ""
    articles = VARIANTS[kind].articles
    written = stated(content, "article")
    others = (article for choice, article in articles.items() if choice != variant)
    return articles[variant] if any(article == written for article in others) else ""
