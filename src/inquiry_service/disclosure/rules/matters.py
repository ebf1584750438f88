"""What a case is about: a request, or one of the two matters the 条例 sets beside it. Pure."""

from inquiry_service.disclosure.rules.request import Choice


class Matter(Choice):
    """Each has its own series of numbers and its own outcomes; only a request has a limit.

    Articles 41 and 44 name no number of days, so none is counted for them.
    """

    REQUEST = "request", "依申请公开"
    RECORD_CORRECTION = "record_correction", "更正信息"  # 条例第四十一条
    SUGGESTION = "suggestion", "建议公开"  # 条例第四十四条第二款

    @property
    def prefix(self) -> str:
        """How its numbers begin."""
        return {"request": "YSQ", "record_correction": "GZX", "suggestion": "JYG"}[self.value]
