"""Regions and public bodies named in a question, and whether a document is theirs.

The bureau that publishes is not configured: it is read from the issuers of its own documents.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

NATIONWIDE = "全国"


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_PROVINCES = _listed(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 安徽 福建 江西 山东 河南 湖北 湖南 "
    "广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
_FARTHER_CITIES = _listed(
    "苏州 无锡 南京 常州 南通 扬州 徐州 广州 深圳 东莞 佛山 珠海 成都 武汉 长沙 郑州 西安 济南 "
    "青岛 烟台 沈阳 大连 哈尔滨 长春 石家庄 太原 合肥 福州 厦门 南昌 昆明 贵阳 南宁 海口 兰州 "
    "西宁 银川 乌鲁木齐 呼和浩特 拉萨"
)
_INSIDE = {
    "浙江": _listed("杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水"),
    "嘉兴": _listed("桐乡 海宁 平湖 嘉善 海盐 南湖 秀洲"),
    "杭州": _listed("余杭 临平 萧山 富阳 临安 建德 桐庐 淳安"),
    "湖州": _listed("德清 安吉 长兴 吴兴 南浔"),
    "宁波": _listed("慈溪 余姚 宁海 象山 奉化"),
    "绍兴": _listed("诸暨 上虞 嵊州 新昌"),
    "金华": _listed("义乌 永康 东阳 兰溪"),
    "温州": _listed("乐清 瑞安 平阳 苍南"),
    "台州": _listed("温岭 临海 玉环"),
}
_WITHIN = {place: wider for wider, places in _INSIDE.items() for place in places}
_PLACE = re.compile(
    "|".join(
        sorted([*_PROVINCES, *_FARTHER_CITIES, "浙江", *_WITHIN], key=len, reverse=True),
    )
)
_PLACE_WITH_RANK = re.compile(rf"(?:{_PLACE.pattern})(?:省|市|县|区|自治区)?")

_FIELDS = _listed(
    "人力资源和社会保障 人力资源社会保障 人社 自然资源和规划 自然资源 规划 教育 公安 民政 财政 "
    "住房和城乡建设 住建 交通运输 交通 水利 农业农村 农业 文化广电旅游体育 文旅 卫生健康 卫健 "
    "应急管理 应急 审计 市场监督管理 市场监管 工商 统计 医疗保障 医保 税务 气象 生态环境 环保 "
    "体育 司法 综合执法 城管 信访 发展和改革 发展改革 发改 科学技术 科技 经济和信息化 经信 "
    "民族宗教 民宗 商务 粮食和物资储备 粮食 档案 机关事务 大数据"
)
_BODY = re.compile(
    rf"({'|'.join(sorted(_FIELDS, key=len, reverse=True))})"
    "(?:管理)?(?:总局|局|委员会|委|厅|部门|支队|大队)"
)
_SAME_FIELD = frozenset(
    {
        ("人社", "人力资源"),
        ("住建", "住房和城乡建设"),
        ("卫健", "卫生健康"),
        ("市场监管", "市场监督管理"),
        ("医保", "医疗保障"),
        ("环保", "生态环境"),
        ("文旅", "文化广电旅游"),
        ("发改", "发展和改革"),
        ("发改", "发展改革"),
        ("经信", "经济和信息化"),
        ("民宗", "民族宗教"),
    }
)
_WHEREABOUTS = re.compile(
    "(?:(?:我|本人|现在|目前)?(?:人|住|户籍|户口|老家|定居|出差|上学|工作)(?:在|是)|我在|来自|从)"
    rf"{_PLACE_WITH_RANK.pattern}"
)
_OWN_WORDS = ("本局", "我局", "贵局", "你局", "你们局", "贵单位", "你们单位", "局", "市", "单位")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: places without their rank (嘉兴) and bodies by their field (教育)."""

    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """The publishing bureau: its place (桐乡) and the fields in its name (商务, 粮食)."""

    place: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def own_names(self) -> frozenset[str]:
        """Words that name the bureau itself: every text of its own answers to them."""
        places = {self.place, f"{self.place}市", f"{self.place}县"} if self.place else set()
        return frozenset(places | {f"{field}局" for field in self.fields} | set(_OWN_WORDS))


@lru_cache(maxsize=4096)
def names_in(folded: str) -> Named:
    """A place where somebody only lives or writes from is not what is asked about."""
    asked = _WHEREABOUTS.sub("", folded)
    return Named(
        places=tuple(dict.fromkeys(_PLACE.findall(asked))),
        bodies=tuple(dict.fromkeys(_BODY.findall(folded))),
    )


def without_names(folded: str) -> str:
    """The text without places, their ranks and bodies: 桐乡市商务局年度报告 is 年度报告."""
    return _BODY.sub("", _PLACE_WITH_RANK.sub("", folded))


def home_of(issuers: Iterable[str]) -> Home:
    """The local bureau that issued most of these documents; nothing when there is none."""
    counted = Counter(names_in(issuer) for issuer in issuers)
    for named, _ in counted.most_common():
        if named.places and named.bodies:
            return Home(place=named.places[0], fields=named.bodies)
    return Home()


@lru_cache(maxsize=4096)
def covers(region: str, place: str) -> bool:
    """Whether what holds in a region holds in a place: 全国 > 浙江 > 嘉兴 > 桐乡."""
    if region.startswith(NATIONWIDE):
        return True
    regions = names_in(region).places
    inner: str | None = place
    while inner is not None:
        if inner in regions:
            return True
        inner = _WITHIN.get(inner)
    return False


def same_field(one: str, other: str) -> bool:
    """Short and long names of one field: 市场监管 and 市场监督管理."""
    return one in other or other in one or bool({(one, other), (other, one)} & _SAME_FIELD)
