"""What ships in `knowledge/`: whole, sourced and marked."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.document import Kind
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.library import Library, load_library

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
SEED = KNOWLEDGE.parents[1] / "shared" / "seed" / "annual-report-2017.txt"


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library([KNOWLEDGE])


def test_the_library_has_no_finding_on_the_day_it_was_written(shipped: Library) -> None:
    assert check_library(shipped, today=date(2026, 11, 22)) == []


def test_every_kind_of_publication_is_there(shipped: Library) -> None:
    kinds = Counter(document.provenance.kind for document in shipped.documents)
    assert sum(kinds.values()) >= 40
    wanted = (Kind.GUIDE, Kind.CATALOGUE_ENTRY, Kind.POLICY, Kind.EXPLANATION, Kind.REPORT)
    assert [kind for kind in wanted if not kinds[kind]] == []


def test_all_but_the_bureaus_own_report_is_marked_as_digest_and_names_its_source(
    shipped: Library,
) -> None:
    originals = [d.document_id for d in shipped.documents if not d.provenance.digest]
    assert originals == ["annual-report-2017"]
    assert [
        d.document_id for d in shipped.documents if d.provenance.digest and not d.provenance.source
    ] == []


def test_no_document_carries_a_web_address_but_the_report(shipped: Library) -> None:
    texts = {d.document_id: d.text for d in shipped.documents}
    texts.pop("annual-report-2017")
    assert [name for name, text in texts.items() if "http" in text or "www." in text] == []


@pytest.mark.shared
def test_the_report_is_the_bureaus_own_word_for_word() -> None:
    if not SEED.exists():
        pytest.skip("the bureau's original report lies beside the repository, and is not there")
    shipped = KNOWLEDGE / "reports" / "annual-report-2017.txt"
    assert shipped.read_bytes() == SEED.read_bytes()


def test_the_glossary_names_nothing_twice() -> None:
    glossary = load_glossary(KNOWLEDGE / "glossary.yaml")
    assert glossary.expand("购物卡") != ()
