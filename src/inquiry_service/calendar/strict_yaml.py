"""Reads YAML that a slip must not get through: no key twice, no reference, nothing endless.

Plain YAML lets a second `days_off` silently replace the first; here that is an error.
"""

from collections import Counter
from typing import Any
from unicodedata import category

import yaml

MAX_CHARACTERS = 64_000
"""A year's notice has about a thousand."""
_LONGEST_SCALAR = 500


class Doubtful(Exception):
    """Something that cannot be trusted, in the words of whoever typed it (no full stop)."""


class _StrictLoader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Doubtful("不能使用 YAML 引用（*），请把内容写全")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key.value, str))
        for key, times in keys.items():
            if times > 1:
                raise Doubtful(f"{key} 写了两次，请只保留一处")
        return super().construct_mapping(node, deep=deep)

    def construct_scalar(self, node: Any) -> Any:
        # An escape (\ud800, \x00) brings back what YAML itself refuses, and no page can be made
        # of it; a number of a thousand digits cannot even be shown.
        text = str(node.value)
        if len(text) > _LONGEST_SCALAR or any(category(c) in ("Cc", "Cs") for c in text.strip()):
            raise Doubtful(f"第 {node.start_mark.line + 1} 行附近有过长的内容或者不可见的特殊字符")
        return super().construct_scalar(node)


def read_yaml(text: str) -> object:
    """The content of the text. Raises `Doubtful` with what is wrong and where."""
    if len(text) > MAX_CHARACTERS:
        raise Doubtful(f"内容超过 {MAX_CHARACTERS} 个字，不像一份放假安排")
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 it is the safe one, and stricter
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise Doubtful(
            f"无法读取：第 {line} 行附近不是正确的 YAML，请检查缩进、冒号和括号"
        ) from fault
    except yaml.YAMLError as fault:
        raise Doubtful("无法读取：含有不可见的特殊字符，请用纯文本重新录入") from fault
    except (ValueError, TypeError, LookupError, AttributeError) as fault:
        # 2026-02-30; a list as a key; a tag that its value does not fit (!!int '')
        raise Doubtful(f"无法读取：有不存在的日期或写法（{fault}）") from fault
    except RecursionError as fault:
        raise Doubtful("无法读取：括号嵌套过深") from fault
