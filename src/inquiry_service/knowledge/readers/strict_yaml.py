"""YAML as people mean it: no aliases that blow up, no key given twice, faults in Chinese."""

from collections.abc import Hashable

import yaml


class BadYaml(ValueError):
    """Not usable as YAML; the message is a Chinese clause that names the line."""


class _StrictLoader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise BadYaml("不支持 YAML 别名（*），请把内容写全")
        return super().compose_node(parent, index)

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise BadYaml(f"第 {key.start_mark.line + 1} 行：“{name}”写了两次")
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def load_yaml(text: str) -> object:
    """The value of one YAML document.

    Raises:
        BadYaml: a fault of form, an alias, or a key that stands twice.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, made stricter
    except BadYaml:
        raise
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise BadYaml(f"第 {line} 行：格式不对，请检查冒号、缩进和引号") from fault
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise BadYaml("格式不对，请检查日期、冒号、缩进和引号") from fault
