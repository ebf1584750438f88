"""The two forms: what stands in them beside what is filled in, and what is left to write. Pure."""

from dataclasses import dataclass

from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.wording import Paragraph


@dataclass(frozen=True, slots=True)
class FormWording:
    """`apart` are elements with a place of their own; `blanks` are rows written in by hand."""

    intro: tuple[Paragraph, ...]
    apart: frozenset[str]
    blanks: tuple[tuple[str, str], ...]


FORMS: dict[LetterKind, FormWording] = {
    # 第四十五条: 登记、审核、办理、答复、归档
    LetterKind.REGISTRATION: FormWording(
        intro=(),
        apart=frozenset({"bureau"}),
        blanks=(("拟办意见", ""), ("审核意见", ""), ("答复情况", ""), ("归档情况", "")),
    ),
    LetterKind.THIRD_PARTY_OPINION: FormWording(
        intro=(
            ("你机关征求意见书（{letter_number}）收悉。对公开其中所列政府信息，我方意见如下：",),
        ),
        apart=frozenset({"bureau", "letter_number"}),
        blanks=(
            ("意见", "□ 同意公开\n□ 部分同意公开，同意公开的部分为：\n\n□ 不同意公开"),
            ("理由", "（不同意或者部分同意公开的，请写明理由，可以附有关材料）"),
            ("签章", "（个人签名，单位盖章）\n\n　　　　年　　月　　日"),
            ("联系方式", ""),
        ),
    ),
}
