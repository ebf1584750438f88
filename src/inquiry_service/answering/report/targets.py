"""What is measured, what it means to a reader, and what is to be reached.

The only place where aims are written down: the report shows them, the tests hold them.
"""

from dataclasses import dataclass

from inquiry_service.answering.question_sets import Half

SLIP = 0.05
"""The share of unanswerable questions that may pass when it is asked what is kept."""
LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, its name and its meaning in plain words. `share`: shown as a percentage."""

    name: str
    label: str
    meaning: str
    share: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached for one figure; `at_most` where less is better."""

    measure: str
    reach: float
    reference: float | None = None
    """What the plain combination of encoder and keyword search reaches."""
    at_most: bool = False

    def reached(self, figure: float) -> bool:
        return figure <= self.reach if self.at_most else figure >= self.reach


MEASURES = {
    one.name: one
    for one in (
        Measure("hit@1", "首位命中", "排在第一位的文件就是正确文件的问题所占比例。"),
        Measure(
            "MRR@10",
            "前十名排位得分",
            "正确文件排第一记 1 分，排第二记 1/2 分，排第三记 1/3 分，十名以外记 0 分，取平均。",
            share=False,
        ),
        Measure(
            "nDCG@10",
            "前十名排序质量",
            "正确文件排得越靠前越接近 1；有几份正确文件时一并计算。",
            share=False,
        ),
        Measure("recall@100", "前百名找全", "正确文件出现在前一百份候选中的比例。"),
        Measure(
            "quote_contains",
            "引文含答案",
            f"最好的一处引文（不超过 {LONGEST_QUOTE} 字）里有标准答案的比例，不论最后是否作答。",
        ),
        Measure(
            "quote_contains_of_answered",
            "作答的引文含答案",
            "已经作答的问题中，引文里有标准答案的比例。",
        ),
        Measure(
            "auroc",
            "可信度区分力（AUROC）",
            "任取有答案、无答案的问题各一个，前者可信度更高的概率；0.5 等于瞎猜，1 为完全分得开。",
            share=False,
        ),
        Measure(
            "kept",
            f"误放 {SLIP:.0%} 时的保留",
            f"门槛定在只有 {SLIP:.0%} 的无答案问题能通过时，有答案的问题还能通过的比例。",
        ),
        Measure("answered", "作答", "按现行门槛给出答复的问题所占比例。"),
        Measure(
            "unanswerable_answered", "无答案而作答", "没有答案的问题按现行门槛仍被作答的比例。"
        ),
        Measure(
            "right_endings", "结局正确", "作答、反问、未查到、不在范围等结局与预期一致的比例。"
        ),
        Measure(
            "right_quotes", "引文正确", "已作答的问题中，引文出自正确文件并含有正确文字的比例。"
        ),
        Measure("wrong_answers", "答错", "给出了答复而引文不对的问题，占全部问题的比例。"),
        Measure(
            "everyday_answered",
            "闲聊与外单位问题被作答",
            "闲聊、捣乱和别的部门的问题中被当作本单位问题答复的比例。",
        ),
        Measure("parts_told", "多问的各部分", "一次问几件事的问题中，引文说到的部分所占比例。"),
    )
}
SET_TARGETS = {
    "statutes": (Target("MRR@10", 0.62, 0.549), Target("hit@1", 0.53, 0.457)),
    "catalogue": (Target("hit@1", 0.996, 0.996),),
    "reading": (
        Target("hit@1", 0.975, 0.960),
        Target("MRR@10", 0.985, 0.977),
        Target("quote_contains", 0.93, 0.886),
        Target("auroc", 0.985, 0.963),
        Target("kept", 0.93, 0.815),
    ),
}
"""By the name of a set's folder."""
OWN_TARGETS = (
    Target("right_endings", 0.95),
    Target("right_quotes", 0.95),
    Target("wrong_answers", 0.02, at_most=True),
    Target("everyday_answered", 0.01, at_most=True),
)
FLOORS = {
    Half.FITTING: (
        Target("right_endings", 0.84),
        Target("right_quotes", 0.945),
        Target("wrong_answers", 0.03, at_most=True),
        Target("everyday_answered", 0.01, at_most=True),
    ),
    Half.HELD_OUT: (
        Target("right_endings", 0.89),
        Target("right_quotes", 0.915),
        Target("wrong_answers", 0.04, at_most=True),
        Target("everyday_answered", 0.012, at_most=True),
    ),
}
"""What is stated today for our own questions and may not get worse; checked by the tests.

After a change that makes answers better these are drawn up to what is then measured."""
