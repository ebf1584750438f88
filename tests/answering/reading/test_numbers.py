"""Document numbers as people write them are those of the texts."""

import pytest

from inquiry_service.answering.folding import fold
from inquiry_service.answering.reading.numbers import numbers_in


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("国务院711号令第几条", ("国务院令第711号",)),
        ("第711号令", ("令第711号",)),
        ("國務院令第七百一十一號", ("国务院令第711号",)),
        ("商务部2025年4号令规定了什么", ("商务部令2025年第4号",)),
        ("国办函2020年109号", ("国办函〔2020〕109号",)),
        ("国办函（２０２０）109号", ("国办函〔2020〕109号",)),
        ("国办函[2020]109", ("国办函〔2020〕109号",)),
        ("国办函【2020】第109号", ("国办函〔2020〕109号",)),
        ("国办函2020-109号", ("国办函〔2020〕109号",)),
        ("法释2025年8号", ("法释〔2025〕8号",)),
        ("2017年收到5件", ()),
        ("商务局2017年5号前", ()),
        ("2020年第3期", ()),
    ],
)
def test_every_way_of_writing_a_number_is_one(question: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(fold(question)) == numbers
