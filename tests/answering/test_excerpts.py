"""What is shown of a text around the words that were looked for."""

from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.excerpts import LONGEST, Fragment, excerpt


def shown(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{f.text}]" if f.marked else f.text for f in fragments)


def test_words_are_marked_where_they_stand_the_longest_first() -> None:
    assert shown(excerpt("粮食收购备案，粮食储备。", ["粮食", "粮食收购"])) == (
        "[粮食收购]备案，[粮食]储备。"
    )


def test_capitals_do_not_matter_and_the_text_keeps_its_own() -> None:
    assert shown(excerpt("报送AI标识。", ["ai"])) == "报送[AI]标识。"


def test_a_long_text_is_cut_where_most_words_stand_at_the_start_of_a_sentence() -> None:
    text = "无关的话。" * 40 + "先说收购。收购要备案，备案不收费。" + "后面的话。" * 40
    found = shown(excerpt(text, ["收购", "备案"]))
    assert found.startswith("…")
    assert "先说[收购]。[收购]要[备案]，[备案]不收费。" in found
    assert found.endswith("…")


def test_without_a_word_it_is_the_beginning() -> None:
    assert shown(excerpt("甲" * 300, ["乙"])) == "甲" * LONGEST + "…"
    assert excerpt("", ["乙"]) == ()


@given(
    st.text(alphabet="甲乙丙。\n ", max_size=400),
    st.lists(st.text(alphabet="甲乙.*(", max_size=3), max_size=4),
)
def test_it_is_a_verbatim_part_of_the_text(text: str, words: list[str]) -> None:
    parts = list(excerpt(text, words))
    if parts and parts[0] == Fragment("…"):
        parts.pop(0)
    if parts and parts[-1] == Fragment("…"):
        parts.pop()
    joined = "".join(part.text for part in parts)
    assert joined in text
    assert len(joined) <= LONGEST
