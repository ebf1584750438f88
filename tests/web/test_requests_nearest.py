"""What is shown before filing: published replies to earlier requests first, among what is near."""

from dataclasses import replace
from pathlib import Path

from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.library import load_library
from inquiry_service.web import WebParts
from inquiry_service.web.nearest import MOST, nearest_published

WISH = "储备粮轮换计划的批复文件"
TEXT = """---
id: {name}
title: 储备粮轮换计划的{title}
kind: {kind}
issuer: 测试用机关
published: 2020-05-06
year: 2020
topic: 测试
source: 测试材料
questions: [储备粮轮换计划的批复文件在哪里]
---
# 储备粮轮换计划的{title}

储备粮轮换计划的批复文件已经公开，{title}刊登了全文。
"""
KINDS = {"one": "policy", "two": "guide", "three": "policy", "asked": "answered_request"}


def test_what_somebody_asked_for_before_comes_first(web_parts: WebParts, tmp_path: Path) -> None:
    sources = []
    for name, kind in KINDS.items():
        source = tmp_path / f"{name}.md"
        source.write_text(TEXT.format(name=name, kind=kind, title=f"材料{name}"), encoding="utf-8")
        sources.append(source)
    build_index(load_library(sources), HashingEncoder(), tmp_path / "index")
    parts = replace(web_parts, engine=EngineHolder(tmp_path / "index", HashingEncoder()))
    near = nearest_published(parts, WISH)
    assert len(near) == MOST
    assert [one.answered_request for one in near] == [True, False, False]
    assert "asked" in near[0].url
