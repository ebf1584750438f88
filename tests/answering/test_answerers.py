"""Several processes answer beside the service, the same as it, and none of them is needed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from answering.answering_house import (
    GLOSSARY,
    TODAY,
    filing_only,
    small_engine,
    small_library,
)
from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.answerers import Answerers, Detail, rest_after
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.bootstrap.answerer import answerers
from inquiry_service.errors import BadInput
from inquiry_service.settings import Settings

pytestmark = pytest.mark.thorough

CHILD = str(Path(__file__).with_name("answering_child.py"))
QUESTIONS = (
    "2017年收到多少件依申请公开申请？",
    "粮食收购企业向谁备案？",
    "社保卡丢了怎么补办？",
    "粮食收购企业向谁备案？2017年收到多少件依申请公开申请？",
)


@contextmanager
def running(way: str, folder: Path, count: int = 1, patience: float = 60) -> Iterator[Answerers]:
    several = Answerers([sys.executable, CHILD, way], count, folder, patience=patience)
    several.start()
    try:
        until(lambda: len(several.process_ids) == count)
        yield several
    finally:
        several.close()


@contextmanager
def busy_here(several: Answerers) -> Iterator[None]:
    """The service has a question in hand."""
    taken, done = Event(), Event()

    def here(question: str, _today: date, _detail: Detail) -> Answer:
        taken.set()
        done.wait(60)
        return Answer(Status.ANSWERED, question, "")

    with ThreadPoolExecutor(1) as service:
        service.submit(several.ask, QUESTIONS[0], TODAY, "quote", here)
        assert taken.wait(60)
        try:
            yield
        finally:
            done.set()


def not_here(_question: str, _today: date, _detail: Detail) -> Answer:
    raise AssertionError("the service was asked")


def by_the_service(question: str, _today: date, _detail: Detail) -> Answer:
    return Answer(Status.ANSWERED, question, "by the service")


def until(so: Callable[[], bool]) -> None:
    patience = time.monotonic() + 60
    while not so():
        assert time.monotonic() < patience
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_questions_are_answered_at_the_same_time_by_two_processes(tmp_path: Path) -> None:
    with running("beside_another", tmp_path, 2) as two, ThreadPoolExecutor(2) as callers:
        with busy_here(two):
            answers = callers.map(lambda q: two.ask(q, TODAY, "quote", not_here), QUESTIONS[:2])
            asked = {int(answer.message) for answer in answers}
        assert asked == two.process_ids
    assert os.getpid() not in asked


def test_they_answer_as_the_service_does_by_itself(tmp_path: Path) -> None:
    small_engine(tmp_path)
    alone = EngineHolder(tmp_path / "index", HashingEncoder())
    with running("from_the_index", tmp_path / "index", 2) as two:
        for question in QUESTIONS:
            for detail in ("quote", "passage"):
                with busy_here(two):
                    given = two.ask(question, TODAY, detail, not_here)
                assert given == alone.ask(question, today=TODAY, detail=detail)


def test_a_new_index_is_taken_into_use_by_them_too(tmp_path: Path) -> None:
    before = small_engine(tmp_path).index_version
    with running("from_the_index", tmp_path / "index") as one:
        assert _version(one) == before
        smaller = filing_only(small_library(tmp_path / "source"))
        build_index(smaller, HashingEncoder(), tmp_path / "index", glossary=GLOSSARY)
        assert (
            _version(one)
            == EngineHolder(tmp_path / "index", HashingEncoder())
            .ask(QUESTIONS[1], today=TODAY)
            .index_version
        )
        assert _version(one) != before


def _version(one: Answerers) -> str:
    with busy_here(one):
        return one.ask(QUESTIONS[1], TODAY, "quote", not_here).index_version


def test_what_cannot_be_asked_is_said_at_once(tmp_path: Path) -> None:
    with running("killed", tmp_path) as one:
        holder = EngineHolder(tmp_path, HashingEncoder(), one)
        with pytest.raises(BadInput):
            holder.ask("？？", today=TODAY)
        assert one.process_ids


def test_a_killed_one_is_replaced_and_nobody_goes_without_an_answer(tmp_path: Path) -> None:
    small_engine(tmp_path)
    with running("from_the_index", tmp_path / "index") as one:
        holder = EngineHolder(tmp_path / "index", HashingEncoder(), one)
        [first] = one.process_ids
        os.kill(first, signal.SIGKILL)
        with busy_here(one):
            assert holder.ask(QUESTIONS[1], today=TODAY).status is Status.ANSWERED
            until(lambda: bool(one.process_ids - {first}))
            given = one.ask(QUESTIONS[1], TODAY, "quote", not_here)
    assert given.status is Status.ANSWERED


def test_one_that_dies_while_idle_is_replaced_before_anybody_asks(tmp_path: Path) -> None:
    with running("killed", tmp_path) as one:
        [first] = one.process_ids
        os.kill(first, signal.SIGKILL)
        until(lambda: not lives(first))
        until(lambda: bool(one.process_ids - {first}))


@pytest.mark.parametrize("way", ["killed", "not_readable", "silent"])
def test_one_that_breaks_over_a_question_does_not_take_the_answer_along(
    way: str, tmp_path: Path
) -> None:
    small_engine(tmp_path)
    with running(way, tmp_path, patience=0.5 if way == "silent" else 60) as one:
        [first] = one.process_ids
        holder = EngineHolder(tmp_path / "index", HashingEncoder(), one)
        with busy_here(one):
            assert holder.ask(QUESTIONS[1], today=TODAY).status is Status.ANSWERED
        until(lambda: bool(one.process_ids - {first}))


def test_what_one_fails_at_is_answered_by_the_service_which_may_have_more(tmp_path: Path) -> None:
    """One that starts beside a broken index has none; the service still has the one before."""
    small_engine(tmp_path)
    holder = EngineHolder(tmp_path / "index", HashingEncoder())
    assert holder.ask(QUESTIONS[1], today=TODAY).status is Status.ANSWERED
    current = tmp_path / "index" / "current"
    current.write_text("no-such-version")
    with running("from_the_index", tmp_path / "index") as one:
        beside = EngineHolder(tmp_path / "index", HashingEncoder(), one)
        with busy_here(one):
            given = one.ask(
                QUESTIONS[1], TODAY, "quote", lambda q, _t, _d: holder.ask(q, today=TODAY)
            )
            assert beside.ask(QUESTIONS[1], today=TODAY).status is Status.FAILED
        assert given.status is Status.ANSWERED
        assert one.process_ids


def test_one_question_alone_crosses_no_line(tmp_path: Path) -> None:
    small_engine(tmp_path)
    with running("killed", tmp_path) as one:
        before = one.process_ids
        holder = EngineHolder(tmp_path / "index", HashingEncoder(), one)
        assert holder.ask(QUESTIONS[1], today=TODAY).status is Status.ANSWERED
        assert one.process_ids == before


def test_a_fault_of_the_service_does_not_take_its_place_away(tmp_path: Path) -> None:
    nobody = Answerers([sys.executable, CHILD, "killed"], 1, tmp_path)
    for _ in range(2):
        with pytest.raises(AssertionError, match="was asked"):
            nobody.ask(QUESTIONS[0], TODAY, "quote", not_here)


def test_before_any_is_ready_the_service_answers_by_itself(tmp_path: Path) -> None:
    small_engine(tmp_path)
    nobody = Answerers([sys.executable, CHILD, "killed"], 2, tmp_path)
    holder = EngineHolder(tmp_path / "index", HashingEncoder(), nobody)
    assert holder.ask(QUESTIONS[1], today=TODAY).status is Status.ANSWERED


def test_closing_ends_them(tmp_path: Path) -> None:
    with running("killed", tmp_path, 2) as two:
        pids = two.process_ids
        two.close()
        assert not any(map(lives, pids))


def test_closing_ends_one_that_is_not_up_yet(tmp_path: Path) -> None:
    one = Answerers([sys.executable, CHILD, "never_ready"], 1, tmp_path)
    one.start()
    until(lambda: bool(list(tmp_path.iterdir())))
    [started] = (int(path.name) for path in tmp_path.iterdir())
    assert not one.process_ids
    one.close()
    assert not lives(started)


def test_those_that_do_not_stay_are_started_ever_more_seldom() -> None:
    rests = [1.0]
    while len(rests) < 12:
        rests.append(rest_after(rests[-1], lived=2))
    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert rest_after(300, lived=3600) == 1


def test_they_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    told = (
        "import sys, time; from pathlib import Path;"
        "from inquiry_service.answering.answerers import Answerers;"
        f"one = Answerers([sys.executable, {CHILD!r}, 'killed'], 1, Path({str(tmp_path)!r}));"
        "one.start()\n"
        "while not one.process_ids: time.sleep(.02)\n"
        "print(*one.process_ids, flush=True); time.sleep(600)"
    )
    service = subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE, text=True)
    assert service.stdout
    pid = int(service.stdout.readline())
    service.kill()
    service.communicate()
    until(lambda: not _running(pid))


def _running(pid: int) -> bool:
    """One that ended may still be listed until its new parent has looked at it."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


def test_the_door_opens_what_the_settings_name(tmp_path: Path) -> None:
    """Without a model there is no engine: it says so, and the service answers."""
    several = answerers(Settings.load(home=tmp_path, answerers=1))
    assert several is not None
    several.start()
    try:
        until(lambda: bool(several.process_ids))
        [first] = several.process_ids
        for told in (signal.SIGINT, signal.SIGTERM):  # reach the whole group, which may be working
            os.kill(first, told)
        with busy_here(several):
            given = several.ask(QUESTIONS[0], TODAY, "quote", by_the_service)
            assert several.process_ids == {first}
    finally:
        several.close()
    assert given.message == "by the service"


def test_a_service_may_answer_by_itself(tmp_path: Path) -> None:
    assert answerers(Settings.load(home=tmp_path, answerers=0)) is None
