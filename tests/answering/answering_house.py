"""A small library, indexed with the hashing twin, for the tests of this room."""

from datetime import date
from pathlib import Path

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.library import Library, library_of, load_library
from inquiry_service.knowledge.synonyms import Entry, Glossary

TODAY = date(2026, 11, 22)
REPOSITORY = Path(__file__).parents[2]
REPORT = REPOSITORY / "knowledge" / "reports" / "annual-report-2017.txt"

FILING = """---
id: grain-filing
title: 粮食收购企业备案
kind: catalogue
region: 全国
document_number: 国务院令第740号
source: 《粮食流通管理条例》（国务院令第740号）第九条
questions: [收粮食要办什么手续]
---
# 粮食收购企业备案

## 谁办

粮食收购企业向收购地的县级粮食和储备行政管理部门备案。

## 不备案的后果

拒不改正备案违法行为的，处2万元以上5万元以下罚款。
"""
REPEALED = """---
id: old-permit
title: 粮食收购资格许可
kind: policy
region: 全国
validity: repealed
---
# 粮食收购资格许可

从事粮食收购活动应当取得粮食收购资格许可证。
"""
GLOSSARY = Glossary((Entry("备案", ("登记备案",)),))


def small_library(folder: Path) -> Library:
    """The bureau's 2017 report, one service entry, and one repealed policy."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "grain-filing.md").write_text(FILING, encoding="utf-8")
    (folder / "old-permit.md").write_text(REPEALED, encoding="utf-8")
    (folder / "annual-report-2017.txt").write_bytes(REPORT.read_bytes())
    return load_library([folder])


def filing_only(library: Library) -> Library:
    return library_of(d for d in library.documents if d.document_id == "grain-filing")


def small_engine(folder: Path) -> AnswerEngine:
    encoder = HashingEncoder()
    build_index(small_library(folder / "source"), encoder, folder / "index", glossary=GLOSSARY)
    return AnswerEngine.open(folder / "index", encoder)
