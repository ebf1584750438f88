"""Questions that a text puts and answers: 问：… 答：…, 一问：…, or a numbered line that asks."""

import re
from dataclasses import replace

from inquiry_service.knowledge.splitting.headings import Heading, Rank, numbering_of
from inquiry_service.knowledge.splitting.lines import Line

_GAP = r"[ \t\u3000]*"
_ASKS = re.compile(
    rf"(?:(?:记者|网友|网民|群众|企业|主持人)?(?:提问|问题?){_GAP}[一二三四五六七八九十\d]{{0,3}}{_GAP}[：:]"
    rf"|【问】|\[问\]|[QＱ]{_GAP}\d{{0,3}}[：:.、]|[一二三四五六七八九十]{{1,3}}问{_GAP}[：:、])"
    rf"{_GAP}(?P<asked>\S.*)"
)
_COUNTS = re.compile("[一二三四五六七八九十]{1,3}问")
_ANSWERS = re.compile(
    rf"【答】|\[答\]|(?:[一-龥]{{0,8}}(?:答|回答|回复|答复)|[AＡ]){_GAP}\d{{0,3}}{_GAP}[：:]"
)
_NUMBER = re.compile(
    r"#{0,6}[ \t]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    rf"|\d{{1,2}}[．、.]){_GAP}"
)
_ENDS_ASKING = re.compile("[？?][”’」』）)】]*$")
_MAX_QUESTION = 160
_IN_ANSWER = re.compile("[。；;！!]")


def mark_questions(lines: list[Line]) -> None:
    """A question with an answer under it becomes the heading of that answer."""
    in_article = False
    for position, line in enumerate(lines):
        heading = line.heading
        if heading and heading.rank != Rank.TITLE:
            in_article = heading.rank == Rank.ARTICLE
        if line.fenced or line.in_table or len(line.text) > _MAX_QUESTION or in_article:
            continue
        asked = _question_of(line, lines[position + 1 : position + 2])
        if asked:
            lines[position] = replace(line, heading=asked)


def _question_of(line: Line, after: list[Line]) -> Heading | None:
    if not after or (line.heading and line.heading.rank == Rank.TITLE):
        return None
    asks = bool(_ENDS_ASKING.search(line.text)) and not _IN_ANSWER.search(line.text)
    answered = _ANSWERS.match(after[0].text) is not None
    spoken = _ASKS.fullmatch(line.text)
    if spoken and (asks or answered or _COUNTS.match(line.text)):
        return Heading(Rank.QUESTION, spoken["asked"], question=spoken["asked"])
    return _unspoken(line, after[0], answered=answered) if asks else None


def _unspoken(line: Line, after: Line, *, answered: bool) -> Heading | None:
    """A heading or a numbered line that asks; any other line only when 答： follows."""
    bare = _NUMBER.sub("", line.text, count=1).lstrip("# \t")
    if line.heading and not line.heading.lead:
        return replace(line.heading, question=bare)
    numbering = numbering_of(line.text)
    if numbering and not _asks_too(after):
        return Heading(numbering[0], line.text, question=bare)
    return Heading(Rank.QUESTION, line.text, question=bare) if answered else None


def _asks_too(line: Line) -> bool:
    """Questions one after another are a list of questions, without answers."""
    return bool(_ENDS_ASKING.search(line.text)) and numbering_of(line.text) is not None
