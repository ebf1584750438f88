"""Words and character bigrams of Chinese text, and which words of a question carry its content."""

import re
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from inquiry_service.answering.folding import fold

BIGRAM_MARK = "·"
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[\w.%]+")

_STOP_WORDS = """
的 了 是 在 和 与 及 或 等 也 都 就 而 把 被 给 让 对 从 向 到 以 为 于 由 其 该 这 那 之 个 位
请 吗 呢 啊 吧 么 我 你 您 他 她 它 我们 你们 他们 咱们 自己 大家 谁 什么 哪 哪个 哪些 哪里 哪儿
哪种 哪家 怎么 怎样 怎么样 如何 多少 几 几个 多久 何时 何处 为什么 为何 是否 有没有 能不能
可不可以 要不要 需不需要 是不是 会不会 行不行 有 没有 无 能 可以 可 会 要 需要 应该 应 必须 想
想要 打算 知道 请问 问 问下 问一下 麻烦 谢谢 你好 您好 一下 一个 一些 一种 时候 情况 关于 有关
相关 进行 方面 东西 事情 还 还是 又 再 才 只 很 最 更 不 没 别 告诉 说 说说 讲 介绍 了解 查 查询
看 看看 找 帮 帮忙 帮我 做 弄 搞 算 今年 去年 年度 年 月 日 天 号 件 条 次 项 种 类 份 名 家 户
块 本 贵 钱 咋 啥 哪位 干什么 干嘛 呀 哦 哈 嘛 因 因为 所以 如果 的话 现在 目前
我司 本司 我方 贵局 贵司 贵单位 贵部门 我厂 我店 我单位 我公司 俺 俺们 阿拉 咱 咱们 师傅 同志
怎么办 怎么弄 怎么搞 怎么做 怎么回事 如何是好 啥意思 什么意思 咋搞 咋回事 为啥 算不算 该不该
用不用 收不收 第几条 哪条 哪一条 哪几个 哪份 哪查 一共 总共 出来 出去 进去 下来 过去 上去 才能
才行 就行 就算 只能 还会 还有 不了 我能 我要 平时 那算 是从 这份 这张 手里 人家 老百姓 清楚 讲清楚
明白 能要 来要 能补 能充 能查 能告 天内 天要 天算 算数 算下来 非要 可否 能否 何种 拟 须 咋办 咋整
咋弄 咋样 啥子 啥时 啥时候 几多 晓得 不晓得 到底 究竟 里头 伐 呗 嘞 哩 去 来
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_FUNCTION_TAGS = frozenset("rpcuydeoxfqm") | {"uj", "ul", "uv", "uz", "ug", "ud", "zg"}
_VERB_WEIGHT = 0.6
_LATIN_OR_NUMBER = re.compile(r"[a-z0-9.%]+")


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that an answer should speak about; `weight` is lower for verbs than for nouns."""

    text: str
    weight: float


def terms(text: str) -> list[str]:
    """What the lexical index counts: words and character bigrams of the folded text."""
    return terms_of_folded(fold(text))


@lru_cache(maxsize=8192)
def distinct_terms(text: str) -> frozenset[str]:
    """The same, each once; remembered, because the same few sentences are measured again."""
    return frozenset(terms(text))


@lru_cache(maxsize=8192)
def terms_of_name(folded: str) -> tuple[str, ...]:
    """The terms of a name of the glossary; remembered, because there are not many."""
    return tuple(terms_of_folded(folded))


def terms_of_folded(folded: str) -> list[str]:
    words = [word for word in rjieba.cut(folded) if _countable(word)]
    return words + bigrams(folded)


def bigrams(folded: str) -> list[str]:
    """Overlapping pairs of Chinese characters, marked so that they never equal a word."""
    return [
        run[at : at + 2] + BIGRAM_MARK
        for run in _CHINESE_RUN.findall(folded)
        for at in range(len(run) - 1)
    ]


def content_words(folded: str, *, ignoring: frozenset[str] = frozenset()) -> list[ContentWord]:
    """Nouns, verbs, adjectives and names of a question; interrogatives and politeness are not."""
    found: dict[str, ContentWord] = {}
    for word, tag in rjieba.tag(folded):
        if word in ignoring or word in STOP_WORDS or not _carries_content(word, tag):
            continue
        weight = _VERB_WEIGHT if tag == "v" else 1.0
        found.setdefault(word, ContentWord(word, weight))
    return list(found.values())


def _carries_content(word: str, tag: str) -> bool:
    if _LATIN_OR_NUMBER.fullmatch(word):
        return not word.isdecimal()
    if not _WORD.fullmatch(word):
        return False
    return tag not in _FUNCTION_TAGS or (tag in {"d", "m", "zg"} and len(word) > 2)  # noqa: PLR2004


def _countable(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word not in STOP_WORDS
