"""kill -9 at any moment: nothing lost, nothing doubled, and what nobody can know is listed.

Real processes, a real database, a provider whose book outlives them.
"""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inquiry_service import moments
from inquiry_service.notify import Delivered, Medium, PostOffice, deliver_due, undecided
from inquiry_service.storage import Database
from notify.dying import POINTS, TEXTS
from post_twins import KINDS, LedgerCarrier, carrier_of, committed, email, post_office

pytestmark = pytest.mark.thorough

DYING = Path(__file__).with_name("dying.py")
NEVER_FILED = "before the event is committed"
Fresh = Callable[[str], tuple[PostOffice, LedgerCarrier]]


def killed(database_url: str, kind: str, book: Path, point: str) -> None:
    argv = [sys.executable, str(DYING), database_url, kind, str(book), point]
    ended = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.fixture
def fresh(database: Database, tmp_path: Path) -> Fresh:
    """Another process after the restart, when the dead one's claims have lapsed."""

    def start(kind: str) -> tuple[PostOffice, LedgerCarrier]:
        carrier = carrier_of(kind, tmp_path / "book")
        post = post_office(database, moments.now, {Medium.EMAIL: carrier})
        later = moments.now() + post.lease + timedelta(minutes=1)
        return post_office(database, lambda: later, post.carriers), carrier

    return start


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("kind", ["repeatable", "askable"])
def test_what_can_be_cleared_up_is_delivered_exactly_once(
    database_url: str, tmp_path: Path, fresh: Fresh, kind: str, point: str
) -> None:
    killed(database_url, kind, tmp_path / "book", point)
    post, carrier = fresh(kind)
    deliver_due(post)
    assert tuple(carrier.texts()) == (() if point == NEVER_FILED else TEXTS)
    assert undecided(post) == ()
    assert deliver_due(post) == Delivered()


@pytest.mark.parametrize("point", POINTS)
def test_a_carrier_that_cannot_be_asked_never_delivers_twice_and_nothing_is_forgotten(
    database_url: str, tmp_path: Path, fresh: Fresh, point: str
) -> None:
    killed(database_url, "mute", tmp_path / "book", point)
    post, carrier = fresh("mute")
    deliver_due(post)
    taken = carrier.texts()
    listed = {notice.key.removeprefix("key/") for notice in undecided(post)}
    assert len(taken) == len(set(taken))
    assert set(taken) | listed == (set() if point == NEVER_FILED else set(TEXTS))
    open_points = {
        "before accepting": {"乙"},
        "after accepting": {"乙"},
        "before the end is committed": {"乙"},
    }
    assert listed == open_points.get(point, set())


def test_the_dead_ones_notices_are_left_alone_until_its_claim_has_lapsed(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    killed(database_url, "mute", tmp_path / "book", "before accepting")
    carrier = carrier_of("mute", tmp_path / "book")
    post = post_office(database, moments.now, {Medium.EMAIL: carrier})
    assert deliver_due(post) == Delivered(sent=1)
    assert carrier.texts() == ["甲", "丙"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_that_is_filed_again_after_the_kill_is_not_told_twice(
    database_url: str, tmp_path: Path, fresh: Fresh, kind: str
) -> None:
    killed(database_url, kind, tmp_path / "book", "after the event is committed")
    post, carrier = fresh(kind)
    committed(post, *(email(f"key/{text}", text=text) for text in TEXTS))
    deliver_due(post)
    assert tuple(carrier.texts()) == TEXTS


def test_several_processes_at_once_never_double(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    post = post_office(database, moments.now)
    texts = sorted(f"通知{n:02}" for n in range(40))
    committed(post, *(email(text, text=text) for text in texts))
    book = tmp_path / "book"
    argv = [sys.executable, str(DYING), database_url, "mute", str(book)]
    workers = [subprocess.Popen(argv) for _ in range(3)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0]
    assert sorted(carrier_of("mute", book).texts()) == texts
    assert undecided(post) == ()
