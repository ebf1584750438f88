"""A yearly report with the three statutory tables, as each reader gives it. Figures add up.

The figures are made up and stand for nobody: 12 new requests and 1 brought forward are 11
finished and 2 carried forward, in each column.
"""

from collections.abc import Sequence

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_BLOCK = "三、本年度办理结果"
_NEW, _BEFORE, _AFTER = (9, 2, 0, 0, 1, 0, 12), (1, 0, 0, 0, 0, 0, 1), (2, 0, 0, 0, 0, 0, 2)
_NONE = (0,) * 7
ROWS: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = (
    (("一、本年新收政府信息公开申请数量",), _NEW),
    (("二、上年结转政府信息公开申请数量",), _BEFORE),
    ((_BLOCK, "（一）予以公开"), (4, 1, 0, 0, 1, 0, 6)),
    ((_BLOCK, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), (1, 0, 0, 0, 0, 0, 1)),
    ((_BLOCK, "（三）不予公开", "1.属于国家秘密"), _NONE),
    ((_BLOCK, "（三）不予公开", "2.其他法律行政法规禁止公开"), _NONE),
    ((_BLOCK, "（三）不予公开", "4.保护第三方合法权益"), (1, 1, 0, 0, 0, 0, 2)),
    ((_BLOCK, "（四）无法提供", "1.本机关不掌握相关政府信息"), (2, 0, 0, 0, 0, 0, 2)),
    ((_BLOCK, "（五）不予处理", "1.信访举报投诉类申请"), _NONE),
    ((_BLOCK, "（六）其他处理", "3.其他"), _NONE),
    ((_BLOCK, "（七）总计"), (8, 2, 0, 0, 1, 0, 11)),
    (("四、结转下年度继续办理",), _AFTER),
)
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def as_written_in_markdown() -> str:
    """One column of labels, blocks as rows of their own: what a person types."""
    lines = [f"| 项目 | {' | '.join(APPLICANTS)} |", f"|{' --- |' * 8}"]
    open_blocks: tuple[str, ...] = ()
    for labels, figures in ROWS:
        for depth, block in enumerate(labels[:-1], start=1):
            if labels[:depth] != open_blocks[:depth]:
                lines.append(f"| {block} |{' |' * 7}")
        open_blocks = labels[:-1]
        lines.append(_line([labels[-1], *map(str, figures)]))
    return _report(_table_2_apart(), "\n".join(lines), _table_4_in_one_line())


def as_given_by_merged_cells() -> str:
    """Merged cells said in each place they cover, heads of several rows said in one line."""
    names = ["自然人", *(f"法人或其他组织 / {name}" for name in APPLICANTS[1:-1]), "总计"]
    head = [_NOTE] * 3 + [f"申请人情况 / {name}" for name in names]
    lines = [_line(head), _line(["---"] * 10)]
    lines += [_line([*_spread(labels), *map(str, figures)]) for labels, figures in ROWS]
    return _report(_table_2_in_blocks(), "\n".join(lines), _table_4_in_one_line())


def as_given_line_by_line() -> str:
    """Heads of several rows left as rows, merged cells empty after the first."""
    lines = [
        _line([_NOTE, "", "", "申请人情况", *[""] * 6]),
        _line(["---"] * 10),
        _line(["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"]),
        _line(["", "", "", "", *APPLICANTS[1:-1], ""]),
    ]
    above: tuple[str, ...] = ()
    for labels, figures in ROWS:
        told = [
            "" if labels[: n + 1] == above[: n + 1] else label for n, label in enumerate(labels)
        ]
        lines.append(_line([*told, *[""] * (3 - len(told)), *map(str, figures)]))
        above = labels
    return _report(_table_2_in_blocks(), "\n".join(lines), _table_4_in_three_lines())


def merged_cells(width: int = 3) -> list[tuple[int, int, int, int, str]]:
    """Table 3 as an office draws it: first row, first column, last row, last column, text.

    Three rows of heads, labels in three columns, cells merged across and down.
    """
    cells = [(0, 0, 2, 2, _NOTE), (0, 3, 0, 9, "申请人情况"), (1, 3, 2, 3, "自然人")]
    cells += [(1, 4, 1, 8, "法人或其他组织"), (1, 9, 2, 9, "总计")]
    cells += [(2, 4 + at, 2, 4 + at, name) for at, name in enumerate(APPLICANTS[1:-1])]
    for row, (labels, figures) in enumerate(ROWS, start=3):
        for column, label in enumerate(labels):
            before = ROWS[row - 4][0][: column + 1] if row > 3 else ()
            if column == len(labels) - 1:
                cells.append((row, column, row, width - 1, label))
            elif before != labels[: column + 1]:
                down = [each[: column + 1] == labels[: column + 1] for each, _ in ROWS]
                cells.append((row, column, row + sum(down) - 1, column, label))
        cells += [(row, 3 + at, row, 3 + at, str(value)) for at, value in enumerate(figures)]
    return cells


def _spread(labels: Sequence[str]) -> list[str]:
    return [*labels, *[labels[-1]] * (3 - len(labels))]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table_2_apart() -> str:
    return (
        "第二十条第（一）项\n\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
        "| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 2 | 1 | 7 |\n\n"
        "第二十条第（五）项\n\n| 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | 35 |\n\n"
        "第二十条第（六）项\n\n| 信息内容 | 本年处理决定数量 |\n|---|---|\n"
        "| 行政处罚 | 3 |\n| 行政强制 | 0 |\n\n"
        "第二十条第（八）项\n\n| 信息内容 | 本年收费金额（单位：万元） |\n|---|---|\n"
        "| 行政事业性收费 | 0 |"
    )


def _table_2_in_blocks() -> str:
    decided = "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |"
    charged = "本年收费金额（单位：万元）"
    return (
        "第二十条第（一）项\n\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
        "| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 2 | 1 | 7 |\n"
        f"| 第二十条第（五）项 | | | |\n{decided}\n| 行政许可 | 35 | 35 | 35 |\n"
        f"| 第二十条第（六）项 | | | |\n{decided}\n| 行政处罚 | 3 | 3 | 3 |\n"
        "| 行政强制 | 0 | 0 | 0 |\n"
        f"| 第二十条第（八）项 | | | |\n| 信息内容 | {charged} | {charged} | {charged} |\n"
        "| 行政事业性收费 | 0 | 0 | 0 |"
    )


def _table_4_in_one_line() -> str:
    ways = ("行政复议", "行政诉讼 / 未经复议直接起诉", "行政诉讼 / 复议后起诉")
    head = [f"{way} / {result}" for way in ways for result in RESULTS]
    return f"{_line(head)}\n{_line(['---'] * 15)}\n{_figures_of_table_4()}"


def _table_4_in_three_lines() -> str:
    first = ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9]
    second = [*RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    third = [*[""] * 5, *RESULTS, *RESULTS]
    lines = [first, ["---"] * 15, second, third]
    return "\n".join([*map(_line, lines), _figures_of_table_4()])


def _figures_of_table_4() -> str:
    return "| 2 | 1 | 0 | 0 | 3 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 | 1 |"


def _report(table_2: str, table_3: str, table_4: str) -> str:
    return (
        "# 某县粮食局2023年政府信息公开工作年度报告\n\n"
        "## 一、总体情况\n\n全年主动公开政府信息120条。\n\n"
        f"## 二、主动公开政府信息情况\n\n{table_2}\n\n"
        f"## 三、收到和处理政府信息公开申请情况\n\n{table_3}\n\n"
        f"## 四、政府信息公开行政复议、行政诉讼情况\n\n{table_4}\n\n"
        "## 五、存在的主要问题及改进情况\n\n公开的深度还不够。\n\n"
        "## 六、其他需要报告的事项\n\n本年度没有收取信息处理费。\n"
    )
