"""The public face on real parts: a small index, a migrated database, a dialogue without Rasa.

The tests of pages, API and browser share these fixtures: their conftests import them.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from built_once import BuiltOnce
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.asgi import UPLOADING
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.direct import DirectDialogue
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.threads import Threads
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.attachments.adding import MOST_MEGABYTES
from inquiry_service.edge import install
from inquiry_service.knowledge.library import load_library
from inquiry_service.web import WebParts, router

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
SHIPPED = (
    "reports/annual-report-2017.txt",
    "guide/guide-how-to-apply.md",
    "guide/guide-working-days.md",
)
PUBLIC_URL = "http://127.0.0.1:8000"
SECRET = "a-secret-that-is-only-for-tests"

MADE_UP = """---
id: policy-made-up
title: 试行办法
kind: policy
issuer: 测试用机关
document_number: 测商〔2020〕3号
published: 2020-05-06
year: 2020
topic: 测试
validity: repealed
source: 测试材料
questions: [试行办法的补贴标准是多少]
---
# 试行办法

## 补贴标准

对符合条件的企业给予补贴，<b>标准</b>见**下表**。

| 类别 | 每吨补贴 |
| --- | --- |
| 早稻 | 30元 |
| 晚稻 | 45元 |

## 申请材料

- 申请表
- 营业执照复印件

1. 先填表
2. 再盖章
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bureau's real report, two shipped guides and one made-up policy."""
    made_up = tmp_path_factory.mktemp("knowledge") / "policy-made-up.md"
    made_up.write_text(MADE_UP, encoding="utf-8")
    sources = [*(KNOWLEDGE / name for name in SHIPPED), made_up]
    directory = tmp_path_factory.mktemp("index")
    build_index(load_library(sources), HashingEncoder(), directory)
    return directory


@pytest.fixture
def web_parts(office: DisclosureOffice, published: Path) -> WebParts:
    engine = EngineHolder(published, HashingEncoder())
    threads = Threads(4)
    sources = Sources(office.database, engine, office, office.clock)
    conversations = Conversations(
        database=office.database,
        engine=engine,
        office=office,
        dialogue=DirectDialogue(sources, threads),
        clock=office.clock,
        secret=SECRET,
        public_url=PUBLIC_URL,
        threads=threads,
    )
    return WebParts(
        conversations=conversations,
        engine=engine,
        office=office,
        public_url=PUBLIC_URL,
        bureau=office.bureau,
        allowed_frame_origins=("http://localhost:*",),
    )


@pytest.fixture
def unpublished_parts(web_parts: WebParts, tmp_path: Path) -> WebParts:
    """The same without any index, as on the first day."""
    engine = EngineHolder(tmp_path / "no-index", HashingEncoder())
    conversations = replace(web_parts.conversations, engine=engine)
    return replace(web_parts, conversations=conversations, engine=engine)


def built(parts: WebParts) -> FastAPI:
    """An application of its own, for a test that needs two beside each other or adds to one."""
    app = FastAPI(title="inquiry-service")
    roomy = dict.fromkeys(UPLOADING, (MOST_MEGABYTES + 1) * 1024 * 1024)
    install(app, bureau=parts.bureau, roomy=roomy)
    app.include_router(router(parts))
    return app


_WEB = BuiltOnce(built)


def assembled(parts: WebParts) -> FastAPI:
    """The public face on these parts."""
    return _WEB.on(parts)


@pytest.fixture
def web_app(web_parts: WebParts) -> FastAPI:
    return assembled(web_parts)


@pytest.fixture
def unpublished_app(unpublished_parts: WebParts) -> FastAPI:
    return assembled(unpublished_parts)
