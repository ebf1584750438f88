"""Sealing: the first key seals, all open, and codes do not depend on any of them."""

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.sealing import Seals

SECRET = "only-for-tests"
OLD, NEW = "o" * 32, "n" * 32
FROM_THE_SECRET = Seals(SECRET)


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_what_was_sealed_opens_again(text: str, keys: list[str]) -> None:
    seals = Seals(SECRET, tuple(keys))
    assert seals.unseal(seals.seal(text)) == text
    assert seals.unseal_bytes(seals.seal_bytes(text.encode())) == text.encode()


def test_what_the_secret_sealed_before_there_were_data_keys_opens_with_any_of_them() -> None:
    sealed = FROM_THE_SECRET.seal("正文")
    for keys in ((), (NEW,), (NEW, OLD)):
        assert Seals(SECRET, keys).unseal(sealed) == "正文"


def test_the_first_key_seals_and_every_key_opens() -> None:
    sealed = Seals(SECRET, (NEW, OLD)).seal("正文")
    assert Seals(SECRET, (NEW,)).unseal(sealed) == "正文"
    assert Seals("another secret", (OLD, NEW)).unseal(sealed) == "正文"
    for without_it in (Seals(SECRET, (OLD,)), FROM_THE_SECRET):
        with pytest.raises(InvalidToken):
            without_it.unseal(sealed)


def test_a_changed_or_foreign_text_does_not_open() -> None:
    sealed = Seals(SECRET, (NEW,)).seal("正文")
    for wrong in (sealed[:-4] + "AAA=", "", "x", "正文"):
        with pytest.raises(InvalidToken):
            Seals(SECRET, (NEW,)).unseal(wrong)


@pytest.mark.parametrize("content", ["正文", b"\x00\xff"])
def test_resealing_moves_to_the_first_key_and_keeps_the_content(content: str | bytes) -> None:
    before, after = Seals(SECRET, (OLD,)), Seals(SECRET, (NEW, OLD))
    if isinstance(content, str):
        moved = after.resealed(before.seal(content))
        assert Seals(SECRET, (NEW,)).unseal(moved) == content
        assert after.is_under_first_key(moved)
    else:
        moved_bytes = after.resealed(before.seal_bytes(content))
        assert Seals(SECRET, (NEW,)).unseal_bytes(moved_bytes) == content
        assert after.is_under_first_key(moved_bytes)


def test_only_what_the_first_key_opens_counts_as_under_it() -> None:
    seals = Seals(SECRET, (NEW, OLD))
    assert seals.is_under_first_key(seals.seal("正文"))
    assert not seals.is_under_first_key(Seals(SECRET, (OLD,)).seal("正文"))
    assert not seals.is_under_first_key(FROM_THE_SECRET.seal("正文"))
    assert not seals.is_under_first_key("x")
    assert FROM_THE_SECRET.is_under_first_key(FROM_THE_SECRET.seal("正文"))


def test_codes_hashes_and_links_do_not_depend_on_data_keys() -> None:
    one, other = FROM_THE_SECRET, Seals(SECRET, (NEW, OLD))
    assert one.lookup_code("submission") == other.lookup_code("submission")
    assert one.code_hash("YSQ-2026-00001", "ABCD2345") == other.code_hash(
        "YSQ-2026-00001", "ABCD2345"
    )
    assert one.submission_hash("a", "b") == other.submission_hash("a", "b")
    assert one.draft_key() == other.draft_key()


def test_no_key_is_shown_in_a_log() -> None:
    assert repr(Seals(SECRET, (NEW, OLD))) == "Seals()"
