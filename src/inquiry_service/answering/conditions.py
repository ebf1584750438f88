"""What a question insists on besides year, place, body and number.

Its matter, when that is hardly ours; one of two opposites (记名, 不记名); a limit (最多). Each
tells whether a candidate agrees, is silent, or contradicts, like the rules of `agreement`.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from inquiry_service.answering.judgement import Agreement
from inquiry_service.answering.question import Question
from inquiry_service.answering.reading.manner import Sort

_DAY = re.compile(r"(?<!\d)(\d{1,2}月\d{1,2})[日号]")
_CONTRASTS = "contrasts.yaml"
_READING = "inquiry_service.answering.reading"
_LIMITS = (
    (
        re.compile(
            "(?:最多|最高|至多)(?:只)?(?:可以?|能|会|允许|不超过|要|得|罚|补|充|存|买|领|报|延长|收|交)"
            ".{0,8}(?:多少|几|多久|多长)|上限(?:是|为)?(?:多少|几)|限额(?:是|为)?(?:多少|几)|封顶"
        ),
        re.compile("不(?:得|能|应|会)?(?:超过|高于|多于)|最多|最高|至多|上限|限额|以内|以下|封顶"),
    ),
    (
        re.compile(
            "(?:最少|至少|起码)(?:可以?|能|要|得|需要|应当?|交|保存|提前|有效|存|留)"
            ".{0,8}(?:多少|几|多久|多长)|下限(?:是|为)?(?:多少|几)"
        ),
        re.compile(
            "不(?:得|能|应)?(?:少于|低于|短于|小于)|最少|至少|最低|下限|以上|[年月日天元]起|满"
        ),
    ),
)


def matter_agreement(question: Question, context: str) -> Agreement:
    """An everyday matter, or one of another body, must be spoken of by the candidate itself."""
    matters = question.manner.matters
    if not matters:
        return Agreement.SILENT
    spoken = all(_speaks_of(matter.words, context) for matter in matters)
    return Agreement.AGREES if spoken else Agreement.CONTRADICTS


def is_everyday(question: Question) -> bool:
    """Whether nothing in the question sounds like a public body's matter."""
    matters = question.manner.matters
    return bool(matters) and all(matter.sort is Sort.EVERYDAY for matter in matters)


class Insistence:
    """What a question insists on: one of two opposites, a limit, a day. Mostly nothing."""

    def __init__(self, text: str) -> None:
        named = [(_the_one_named(kinds, text), kinds) for kinds in _contrasts()]
        self._contrasts = [(asked, kinds) for asked, kinds in named if asked is not None]
        self._limit = next((told for asked, told in _LIMITS if asked.search(text)), None)
        self._days = frozenset(_DAY.findall(text))

    def __bool__(self) -> bool:
        return bool(self._contrasts or self._limit or self._days)

    def lets_answer(self, quote: str) -> bool:
        """Whether nothing that the question insists on is contradicted by these words."""
        verdicts = (self.contrast(quote), self.limit(quote), self.day(quote))
        return Agreement.CONTRADICTS not in verdicts

    def contrast(self, quote: str) -> Agreement:
        """Who asks of one of two opposites is not answered with the other."""
        verdict = Agreement.SILENT
        for asked, kinds in self._contrasts:
            if asked.search(quote):
                verdict = Agreement.AGREES
            elif any(kind.search(quote) for kind in kinds):
                return Agreement.CONTRADICTS
        return verdict

    def limit(self, quote: str) -> Agreement:
        """Who asks for the most or the least is answered with a limit, not with some number."""
        if self._limit is None:
            return Agreement.SILENT
        return Agreement.AGREES if self._limit.search(quote) else Agreement.CONTRADICTS

    def day(self, quote: str) -> Agreement:
        """Who names a day (1月5日) is not answered with what another day led to."""
        told = set(_DAY.findall(quote)) if self._days else set()
        if not told:
            return Agreement.SILENT
        return Agreement.AGREES if self._days & told else Agreement.CONTRADICTS


def _the_one_named(kinds: Sequence[re.Pattern[str]], text: str) -> re.Pattern[str] | None:
    named = [kind for kind in kinds if kind.search(text)]
    return named[0] if len(named) == 1 else None


def _speaks_of(words: str, context: str) -> bool:
    pairs = [words[at : at + 2] for at in range(len(words) - 1)]
    return words in context or (bool(pairs) and all(pair in context for pair in pairs))


@cache
def _contrasts() -> tuple[tuple[re.Pattern[str], ...], ...]:
    text = resources.files(_READING).joinpath(_CONTRASTS).read_text(encoding="utf-8")
    return tuple(tuple(re.compile(kind) for kind in kinds) for kinds in yaml.safe_load(text))
