"""A small library with everything that its pages show: a policy that took the place of another,
its explanation, a service entry, a yearly report with tables, and enough guides for two pages.

A test module that imports `library` as `published` gets the public face on this index.
"""

from pathlib import Path

import pytest

from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.library import load_library

NEW = """---
id: policy-new
title: 储备仓房管理办法
kind: policy
issuer: 测试用机关
document_number: 测商〔2021〕7号
published: 2021-03-02
effective: 2021-04-01
topic: 粮食
source: 测试材料
replaces: [测商〔2015〕2号]
attachments: ["检查记录表.docx"]
---
# 储备仓房管理办法

第一条 为了管好储备仓房，制定本办法。

第二条 仓房管理单位应当每十日检查一次仓房，做好检查记录。
"""

OLD = """---
id: policy-old
title: 储备仓房管理暂行规定
kind: policy
issuer: 测试用机关
document_number: 测商〔2015〕2号
published: 2015-05-06
topic: 粮食
validity: repealed
repealed_by: 测商〔2021〕7号
source: 测试材料
---
# 储备仓房管理暂行规定

第一条 仓房管理单位应当每半个月检查一次仓房。
"""

RUN_OUT = """---
id: policy-run-out
title: 促进消费若干意见
kind: policy
issuer: 另一测试用机关
document_number: 测消〔2019〕11号
published: 2019-06-01
expires: 2024-05-31
topic: 商务
source: 测试材料
---
# 促进消费若干意见

商场延长营业时间的，给予补助。
"""

EXPLANATION = """---
id: explanation-new
title: 解读：仓房多久检查一次
kind: explanation
published: 2021-03-05
topic: 粮食
source: 测试材料
explains: policy-new
digest: true
---
# 解读：仓房多久检查一次

新办法把检查间隔从半个月改为十日。
"""

ENTRY = """---
id: entry
title: 仓房使用登记
kind: catalogue
published: 2021-05-02
topic: 粮食
source: 测试材料
---
# 仓房使用登记

## 依据

《储备仓房管理办法》第二条。

## 申请材料

- 登记表一份
- 营业执照复印件一份

## 办理地点

二楼二号窗口

办理时限：5个工作日

收费标准：不收费

## 温馨提示

材料不齐的，窗口一次告知。
"""

REPORT = """---
id: report-2023
title: 2023年度报告
kind: report
issuer: 测试用机关
published: 2024-01-20
year: 2023
topic: 政府信息公开
source: 测试材料
---
# 2023年度报告

## 三、收到和处理申请情况

| 办理结果 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 予以公开 | 8 | 2 | 0 | 0 | 1 | 0 | 11 |
| 部分公开 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
"""

CHAPTERS = "\n".join(
    f"## 第{number}章 事项{number}\n\n第{number}条 {'本章说明各项要求。' * 40}\n"
    for number in "一二三四五六"
)
LONG = f"""---
id: guide-long
title: 长篇指南
kind: guide
year: 2022
topic: 便民服务
source: 测试材料
---
# 长篇指南

{CHAPTERS}
"""


def _guide(number: int) -> str:
    return f"""---
id: guide-{number}
title: 便民指南之{number}
kind: guide
published: 2020-01-{number:02}
topic: 便民服务
source: 测试材料
---
# 便民指南之{number}

第{number}项服务可以在窗口咨询。
"""


DOCUMENTS = (NEW, OLD, RUN_OUT, EXPLANATION, ENTRY, REPORT, LONG, *map(_guide, range(1, 21)))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all of them."""
    folder = tmp_path_factory.mktemp("library")
    for number, text in enumerate(DOCUMENTS):
        (folder / f"document-{number:02}.md").write_text(text, encoding="utf-8")
    directory = tmp_path_factory.mktemp("library-index")
    build_index(load_library([folder]), HashingEncoder(), directory)
    return directory
