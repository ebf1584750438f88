"""What the request models complain about, said in Chinese."""

from collections.abc import Iterable, Mapping
from typing import Any

from inquiry_service.errors import Problem

SENTENCES = {
    "missing": "缺少这一项",
    "string_type": "应当是文字",
    "string_unicode": "含有无法识别的字符",
    "string_too_short": "不能为空，至少 {min_length} 个字",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "bool_type": "应当是“是”或“否”",
    "bool_parsing": "应当是“是”或“否”",
    "date_from_datetime_parsing": "日期应写成 2026-01-31 这样",
    "date_parsing": "日期应写成 2026-01-31 这样",
    "literal_error": "不是可选的值",
    "enum": "不是可选的值",
    "extra_forbidden": "没有这一项，请去掉",
    "json_invalid": "请求内容不是有效的 JSON",
    "model_attributes_type": "请求内容应当是一个 JSON 对象",
    "dict_type": "应当是一个 JSON 对象",
    "list_type": "应当是一个列表",
}
UNKNOWN = "填写有误"

CARRIERS = {"body", "query", "path", "header", "cookie"}


def problems_of(complaints: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """One problem for each complaint; the field is named as in the payload (`a.b`)."""
    return [Problem(_field(c), _sentence(c)) for c in complaints]


def _field(complaint: Mapping[str, Any]) -> str:
    location = [str(part) for part in complaint["loc"]]
    if complaint["type"] == "json_invalid":
        return "body"
    named = location[1:] if location and location[0] in CARRIERS else location
    return ".".join(named) or "body"


def _sentence(complaint: Mapping[str, Any]) -> str:
    sentence = SENTENCES.get(complaint["type"], UNKNOWN)
    return sentence.format(**complaint.get("ctx", {}))
