"""The years that a question speaks of, relative ones told in full. Pure."""

import re
from datetime import date
from functools import lru_cache

from inquiry_service.knowledge.expressions.references import find_years, tell_relative_years

_SHORT_YEAR = re.compile(
    r"(?<![\d.第满近过共后前])([012]\d)年(?=度|年报|的?(?:报告|补贴|政策|数据|情况|文件|通知|收购价|最低)"
    r"|收|共?公开|受理|办理|发布|印发|全年|上半年|下半年)"
)


def tell_years(folded: str, today: date) -> str:
    """去年 and 23年度 as 2025年 and 2023年度."""
    return _SHORT_YEAR.sub(lambda found: f"20{found[1]}年", tell_relative_years(folded, today))


@lru_cache(maxsize=4096)
def years_in(folded: str) -> tuple[int, ...]:
    """Calendar years, a bare 2017 too; not those inside a document number."""
    return find_years(folded, bare=True)
