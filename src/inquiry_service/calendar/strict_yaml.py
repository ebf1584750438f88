"""Reads YAML that a slip must not get through: no key twice, no reference, nothing endless.

Plain YAML lets a second `days_off` silently replace the first; here that is an error.
"""

from typing import Any

import yaml

MAX_CHARACTERS = 64_000
"""A year's notice has about a thousand."""


class Doubtful(Exception):
    """Something that cannot be trusted, in the words of whoever typed it (no full stop)."""


class _StrictLoader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Doubtful("不能使用 YAML 引用（*），请把内容写全")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise Doubtful(f"{key} 写了两次，请只保留一处")
        return super().construct_mapping(node, deep=deep)


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
    except (ValueError, TypeError) as fault:  # 2026-02-30; a list as a key
        raise Doubtful(f"无法读取：有不存在的日期或写法（{fault}）") from fault
    except RecursionError as fault:
        raise Doubtful("无法读取：括号嵌套过深") from fault
