"""Somebody else's encoder, its vectors seen from the middle of what is usually asked and published.

Many encoders put all texts close together: unlike ones are .8 alike with one, .3 with another. Seen
from the mean of a few unlike texts they lie about 0, which is what `ranges` and the fitted weights
count on; otherwise every question would seem to be one that is published.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from inquiry_service.answering.encoder import Encoder, Progress, Vectors

_UNLIKE = (
    "信息公开申请要交费吗",
    "粮食收购企业向哪里备案",
    "加油站经营许可证怎么办理",
    "购物卡过期了还能用吗",
    "去年收到多少件行政复议申请",
    "孩子上小学要准备哪些材料",
    "明天会下雨吗",
    "公司注销需要几个工作日",
    "对答复不服的，可以自收到之日起申请行政复议。",
    "储备粮应当按照国家规定的质量标准入库。",
    "电话：请在工作时间拨打窗口公布的号码。",
    "本办法自发布之日起施行。",
    "机动车报废后，凭回收证明办理注销登记。",
    "全年主动公开各类信息，受理依申请公开若干件。",
    "个人信息处理者应当采取必要措施保障信息安全。",
    "图书馆每周一闭馆。",
)
_WAY = "centred 1"


class CentredEncoder:
    """Keeps the promises of `Encoder`; its vectors are comparable with its own alone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        both = (encoder.encode_questions(_UNLIKE), encoder.encode_passages(_UNLIKE))
        self._middle: Vectors = np.concatenate(both).mean(axis=0)
        digest = hashlib.sha256(f"{encoder.identity.digest} {_WAY}".encode()).hexdigest()
        self.identity = replace(encoder.identity, digest=digest)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._seen(self._encoder.encode_questions(texts))

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._seen(self._encoder.encode_passages(texts, progress=progress))

    def _seen(self, vectors: Vectors) -> Vectors:
        away = vectors - self._middle
        lengths = np.linalg.norm(away, axis=1, keepdims=True)
        seen: Vectors = away / np.maximum(lengths, 1e-12)
        return seen
