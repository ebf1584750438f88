"""The glossary brings the people's words and the bureau's words together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.synonyms import Entry, Glossary

GLOSSARY = Glossary(
    (
        Entry("种粮补贴", ("粮补", "粮食直补")),
        Entry("政府信息公开", ("信息公开", "政务公开")),
        Entry("行政复议", ("复议",)),
    )
)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("粮补什么时候发", ("种粮补贴", "粮食直补")),
        ("粮食直补多少钱", ("种粮补贴", "粮补")),
        ("粮补就是种粮补贴吗", ("粮食直补",)),
        ("政府信息公开", ("政务公开",)),
        ("不服可以复议吗，粮补呢", ("种粮补贴", "行政复议", "粮食直补")),
        ("今天天气怎么样", ()),
        ("", ()),
    ],
)
def test_a_question_is_also_asked_in_the_other_words(text: str, others: tuple[str, ...]) -> None:
    assert GLOSSARY.expand(text) == others


def test_a_short_name_inside_a_longer_one_is_not_taken_for_itself() -> None:
    glossary = Glossary((Entry("粮食补贴", ("粮补",)), Entry("购粮补助", ("粮补助",))))
    assert glossary.expand("粮补助") == ("购粮补助",)


def test_an_empty_glossary_changes_nothing() -> None:
    assert Glossary().expand("粮补") == ()


@given(st.text(alphabet="种粮补贴食直政府信息公开务复议行 ", max_size=30))
def test_an_expansion_only_adds_what_is_not_there(text: str) -> None:
    others = GLOSSARY.expand(text)
    assert all(name not in text for name in others)
    assert len(set(others)) == len(others)
    if not any(name in text for entry in GLOSSARY.entries for name in entry.names):
        assert others == ()


def loaded(folder: Path, text: str) -> Glossary:
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    return load_glossary(folder / "glossary.yaml")


def test_the_file_is_a_list_of_terms_with_their_aliases(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, "- term: 种粮补贴\n  aliases: [粮补]\n- {term: 热线, aliases: [12345]}\n"
    )
    assert found.entries == (Entry("种粮补贴", ("粮补",)), Entry("热线", ("12345",)))


@pytest.mark.parametrize("text", ["", "# only a comment\n", "[]"])
def test_an_empty_file_is_an_empty_glossary(tmp_path: Path, text: str) -> None:
    assert loaded(tmp_path, text) == Glossary()


def test_no_file_is_an_empty_glossary(tmp_path: Path) -> None:
    assert load_glossary(tmp_path / "glossary.yaml") == Glossary()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("term: 甲", "应当是列表"),
        ("- 种粮补贴", "第 1 项只能写 term 和 aliases"),
        ("- {term: 种粮补贴, alias: [粮补]}", "第 1 项只能写"),
        ("- {term: 种粮补贴}", "aliases 应当是列表"),
        ("- {term: 种粮补贴, aliases: 粮补}", "aliases 应当是列表"),
        ("- {term: 种粮补贴, aliases: []}", "aliases 应当是列表"),
        ("- {term: 粮, aliases: [粮补]}", "至少 2 个字"),
        ("- {aliases: [粮补]}", "至少 2 个字"),
        ("- {term: 种粮补贴, aliases: [true]}", "至少 2 个字"),
        (
            "- {term: 种粮补贴, aliases: [粮补]}\n- {term: 购粮补贴, aliases: [粮补]}",
            "第 2 项的“粮补”在第 1 项已经写过",
        ),
        ("- [", "格式不对"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KnowledgeFault) as caught:
        loaded(tmp_path, text)
    assert caught.value.facts["where"] == "glossary.yaml"
    assert said in str(caught.value.facts["reason"])


def test_a_binary_glossary_is_a_fault_too(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_bytes(b"%PDF-1.4")
    with pytest.raises(KnowledgeFault, match="PDF"):
        load_glossary(tmp_path / "glossary.yaml")
