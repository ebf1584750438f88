"""Several questions in one: 收购粮食备案要带什么材料，多久办完？ is two, about one thing. Pure."""

import re
from typing import NamedTuple

MOST_PARTS = 3
_BREAK = re.compile(r"[?？!！;；。\n]+|[,，、](?!\d)|(?:以及|还有就是|还有|另外|同时|顺便问一?下?)")
_AND_TOO = re.compile(
    "^(?:那|那么|然后|并且|而且|和|与|及|也|又|再|还|请问|另外|同时|顺便|问一下|我想问|想问)+"
)
_ELLIPSIS = re.compile("^(?P<other>[\u3400-\u9fff]{2,12})呢$")
_ASKING = re.compile(
    "什么|哪|谁|几(?![乎何率])|多少|多久|多长|多大|多高|怎么|怎样|如何|咋|为何|为啥|何时|何处|何地|是否|能否|可否|吗$|呢$|么$"
    "|有没有|能不能|可不可以|要不要|需不需要|会不会|行不行|是不是|算不算|该不该|用不用|成不成"
    "|(?<=[\u3400-\u9fff]{2})(?:不|没|没有|伐)$"
)
_YEAR_FIRST = re.compile(r"\d{4}年度?")
_YEAR_ANYWHERE = re.compile(r"\d{4}年")
_WHATEVER = re.compile("不管|无论|不论|任何")
_EACH = re.compile(
    "^(?P<before>.*?)(?P<one>[^年的，,]{2,10})(?:和|与|跟|、)(?P<rest>.+?)(?P<asked>(?:分别|各)(?:自)?(?:是|为|要|有)?(?:多少|几|什么|哪).*)$"
)
_BEFORE_ASKING = re.compile(
    "(?:一共|总共|大概|一般|通常|到底|究竟|具体|分别|各|都|应该|应当|需要|必须|可以|能够?|要|得|会|有|是|在|去|到|向|由"
    "|找|带|交|提交|准备|办理?|花|用|等|属于|的)+$"
)
_VERB_AT_END = re.compile(
    "(?:放|罚|写明|公开|收到|(?<![回验征])收|交纳|说明|提出|包括|规定|办结|办完|保存|申领|领"
    "|(?<!国)补|(?<!审)批|贴|充|存|延)了?$"
)
_AT_MOST_AT_END = re.compile("(?:最多|最少|至少|起码|顶多|最高|最低|最长|最短|最晚|最迟).{0,4}$")
_PARTICLES = re.compile("[的了吗呢么啊呀吧，,]")
_SAYS_LITTLE = re.compile("[怎咋如何办要能会可以有在是去到给得着又再还该]")
_LONGEST_TOPIC = 24
_SHORTEST_TOPIC = 2
_SHORTEST_PREDICATE = 3
"""收费吗 names hardly a topic, 信访几天办结 does."""
_ALONE = 5
"""From so many characters besides its question word a part may be asked as it stands."""
_LONGER = 2
"""By so many characters the second of two names may be the longer one."""
_CONTENTFUL = 10
"""From so many characters before its question word a part names its own topic."""


class Part(NamedTuple):
    """One of several questions: complete, and as it was written.

    A mere fragment (丢了怎么办) says nothing by itself: it counts as written with its topic.
    """

    complete: str
    written: str


def parts_of(folded: str) -> tuple[Part, ...]:
    """The questions in a message, each complete; fewer than two means that it is one question.

    A part that names no topic of its own borrows that of the first: 多久办完 becomes
    收购粮食备案多久办完, and 清明呢 after 元旦放几天 becomes 清明放几天. Clauses without a question
    word belong to the part that follows.
    """
    each = _each_of_two(folded)
    if each:
        return tuple(Part(one, one) for one in each)
    pieces = _pieces(folded)
    if not 1 < len(pieces) <= MOST_PARTS:
        return ()
    first = pieces[0]
    topic = _topic(first)
    return (Part(first, first), *(_part(first, topic, piece) for piece in pieces[1:]))


def _part(first: str, topic: str, piece: str) -> Part:
    complete = _completed(first, topic, piece)
    written = piece if _stands_alone(piece) else complete
    return Part(_of_the_year(first, complete), _of_the_year(first, written))


def says_besides(part: str, earlier: str) -> frozenset[str]:
    """The characters of a part that ask for something else than an earlier one did."""
    own = _SAYS_LITTLE.sub("", _PARTICLES.sub("", _ASKING.sub("", part)))
    return frozenset(own) - frozenset(earlier)


def _stands_alone(piece: str) -> bool:
    return len(_PARTICLES.sub("", _ASKING.sub("", piece))) >= _ALONE


def _pieces(folded: str) -> list[str]:
    """Clauses that ask, each with the clauses before it that only tell."""
    pieces: list[str] = []
    told = ""
    for piece in _BREAK.split(folded):
        clause = _AND_TOO.sub("", piece.strip()) if pieces else piece.strip()
        if not clause:
            continue
        if _ASKING.search(clause) and not _WHATEVER.search(clause):
            pieces.append(f"{told}，{clause}" if told else clause)
            told = ""
        else:
            told = f"{told}，{clause}" if told else clause
    return pieces if not told else []


def _each_of_two(folded: str) -> tuple[str, ...]:
    """记名卡和不记名卡限额分别是多少: one question for each; the two end in the same character."""
    found = _EACH.match(folded)
    if found is None:
        return ()
    one, rest = found["one"], found["rest"]
    end = rest.find(one[-1]) + 1
    if not 1 < end <= len(one) + _LONGER:
        return ()
    asked = re.sub("^(?:分别|各)自?", "", found["asked"])
    return tuple(f"{found['before']}{name}{rest[end:]}{asked}" for name in (one, rest[:end]))


def _topic(first: str) -> str:
    """What the first question is about: what stands before its question word, but for the year."""
    year = _YEAR_FIRST.match(first)
    first = first[year.end() :] if year else first
    asking = _ASKING.search(first)
    before = first[: asking.start()] if asking else ""
    before = _AT_MOST_AT_END.sub("", before)
    before = _BEFORE_ASKING.sub("", before).strip("，,:： ")
    before = _BEFORE_ASKING.sub("", _VERB_AT_END.sub("", before))
    told_only = asking is not None and asking.end() == len(first)
    shortest = _SHORTEST_PREDICATE if told_only else _SHORTEST_TOPIC
    return before if shortest <= len(before) <= _LONGEST_TOPIC else ""


def _completed(first: str, topic: str, piece: str) -> str:
    other = _ELLIPSIS.match(piece)
    asking = _ASKING.search(first)
    if other and asking:
        return f"{other['other']}{_predicate(first, asking)}"
    if not topic or topic in piece or len(_own_topic(piece)) >= _CONTENTFUL:
        return piece
    return f"{topic}{piece}"


def _of_the_year(first: str, other: str) -> str:
    """The year that the first question names holds for those after it."""
    year = _YEAR_FIRST.match(first)
    return other if year is None or _YEAR_ANYWHERE.search(other) else f"{year[0]}{other}"


def _predicate(first: str, asking: re.Match[str]) -> str:
    stem = _BEFORE_ASKING.search(first[: asking.start()])
    start = stem.start() if stem else asking.start()
    return first[max(0, start - 1) :]


def _own_topic(piece: str) -> str:
    asking = _ASKING.search(piece)
    return _BEFORE_ASKING.sub("", piece[: asking.start()]) if asking else piece
