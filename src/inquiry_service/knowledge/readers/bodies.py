"""Public bodies as texts name them: which they are, of what region, how high they stand."""

import re

_BODY = "(?:人民政府|政府|局|厅|委员会|办公室|发改委|中心|法院|检察院|部|署|院|协会|联社|委|办)"
_NAME = rf"(?:中华人民共和国|中共)?[一-龥、]{{1,30}}?{_BODY}(?:[（(][一-龥]{{2,12}}[）)])?"
_AT_HEAD = re.compile(
    rf"(?P<name>{_NAME}(?:[ 　]+{_NAME}){{0,6}})(?=\d{{4}}|关于|政府信息公开|政务公开)"
)
_SHORT = re.compile(
    "国务院(?:办公厅)?|国家[一-龥]{2,20}(?:局|委|委员会|总局|办公室)|[一-龥]{2,12}总[局署]"
)
_ENDS = re.compile(rf"(?:{_BODY}|国务院|办公厅)(?:[（(][一-龥]{{2,12}}[）)])?$")
_NOT_BODIES = re.compile("[的了在或为是请]|我局|本局|单位$|各[一-龥]")
_MAX_NAME = 40

_REGION = re.compile(r"(?P<region>[一-龥]{1,4}?(?:省|自治区|市|县|自治县|区|旗))")
_LOWEST = re.compile("[县区旗镇乡]|街道")
_COUNTY_CITIES = frozenset(
    {
        "建德市",
        "余姚市",
        "慈溪市",
        "瑞安市",
        "乐清市",
        "龙港市",
        "海宁市",
        "平湖市",
        "桐乡市",
        "诸暨市",
        "嵊州市",
        "兰溪市",
        "义乌市",
        "东阳市",
        "永康市",
        "江山市",
        "临海市",
        "温岭市",
        "玉环市",
        "龙泉市",
    }
)
"""Cities of county rank in 浙江, where this bureau stands; elsewhere a city is taken for a 市."""
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_NATIONAL = re.compile(
    "^(?:国务院|国家|中共中央|中华人民共和国|中央|全国人民代表大会|全国人大|最高人民"
    "|[一-龥]{2,8}部$|[一-龥]{2,10}总[局署]$)"
)
_PLACES = re.compile("[一-龥]{1,6}?(?:自治区|自治县|自治州|地区|街道|省|市|县|区|旗|镇|乡(?!市))")


def issuers_at_head(title: str) -> str | None:
    """The body or bodies at the head of a title: 商务部 财政部关于…, 2017年度某市商务局…."""
    found = _AT_HEAD.match(re.sub(r"^\d{4}年度?", "", title))
    return joined(found["name"]) if found else None


def issuers_alone(line: str) -> str | None:
    """The body or bodies that a line names and nothing else, as under a letter."""
    line = line.strip(" \t\u3000")
    parts = re.split(r"[ \t\u3000]{1,}", line)
    named = len(line) <= _MAX_NAME * 2 and all(_is_body(part) for part in parts)
    return joined(line) if named and parts != [""] else None


def joined(names: str) -> str:
    """Several bodies as one value: 商务部、财政部."""
    return "、".join(names.split())


def region_of(issuer: str) -> str | None:
    """全国 for a national body, else the place its name begins with."""
    first = issuer.split("、", maxsplit=1)[0]
    if level_of(first) == "国家":
        return "全国"
    found = _REGION.match(first)
    return found["region"] if found else None


def level_of(issuer: str) -> str | None:
    """国家, 省, 市 or 县; None when the name does not tell."""
    first = issuer.split("、", maxsplit=1)[0]
    if _NATIONAL.search(first):
        return "国家"
    places = _PLACES.findall(first)
    return _level_of_places(places) if places else None


def _level_of_places(places: list[str]) -> str:
    last = places[-1]
    if _LOWEST.search(last[-2:]) and not last.endswith(("自治区", "地区")):
        return "县"
    if last.endswith(("省", "自治区")) or last in _MUNICIPALITIES:
        return "省"
    county = last in _COUNTY_CITIES or len(places) > 2  # noqa: PLR2004
    return "县" if county else "市"


def _is_body(name: str) -> bool:
    if not 3 <= len(name) <= _MAX_NAME or _NOT_BODIES.search(name):  # noqa: PLR2004
        return bool(_SHORT.fullmatch(name))
    return bool(_ENDS.search(name)) and bool(re.fullmatch("[一-龥（）()、]+", name))
