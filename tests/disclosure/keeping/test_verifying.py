"""Verifying the whole register: what was changed behind the office's back is found and named."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import Table, delete, inspect, update

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    letter_store,
    open_case,
    store,
)
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.keeping.auditing import (
    audit_case,
    audit_register,
    heads_text,
    shortened,
)
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure import correcting, ending
from inquiry_service.disclosure.rules.events import CaseErased
from inquiry_service.disclosure.texts import add_text, texts
from inquiry_service.errors import BadInput
from inquiry_service.storage.chain import START
from procedure_house import CLERK, draft, register, reply, send_out, version


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """A case with a correction, a file, a search and a reply that has left."""
    number = file_request(office, application, submission_key="one").number
    register(office, number)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    correcting.submit_correction(office, number, description="2018年储备粮轮换计划的批复")
    correcting.add_material(office, number, "证明.txt", "附件".encode(), by="applicant")
    reply(office, number, "NOT_HELD")
    return number


def step_of(office: DisclosureOffice, number: str, name: str) -> int:
    history = open_case(office, number).history
    return next(r.sequence for r in history if type(r.event).__name__ == name)


def change(office: DisclosureOffice, table: Table, **values: object) -> None:
    with office.database.begin() as connection:
        connection.execute(update(table).values(**values))


def fault_at(office: DisclosureOffice, number: str) -> tuple[int, str]:
    fault = audit_case(office, number).fault
    assert fault is not None
    return fault.sequence, fault.told


def test_a_register_that_nobody_touched_holds(office: DisclosureOffice, number: str) -> None:
    told: list[tuple[int, int]] = []
    audit = audit_register(office, lambda done, total: told.append((done, total)))
    assert audit.holds
    assert [case.number for case in audit.cases] == [number]
    assert audit.cases[0].events == version(office, number)
    assert told == [(1, 1)]


def test_the_sent_letter_must_be_the_one_that_was_sent(
    office: DisclosureOffice, number: str
) -> None:
    change(office, letter_store.letters, sealed_file=office.seals.seal_bytes(b"another letter"))
    at, told = fault_at(office, number)
    assert at == step_of(office, number, "LetterApproved")
    assert "文书" in told


def test_a_letter_exchanged_together_with_its_digest_still_shows(
    office: DisclosureOffice, number: str
) -> None:
    forged = office.seals.seal_bytes(b"x")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    change(office, letter_store.letters, sealed_file=forged, digest=digest)
    assert fault_at(office, number) == (
        step_of(office, number, "LetterSent"),
        "文书与发出时的不是同一份",
    )


def test_a_document_number_belongs_to_its_approval(office: DisclosureOffice, number: str) -> None:
    replies = letter_store.letters.c.kind == "reply"
    with office.database.begin() as connection:
        changed = update(letter_store.letters).where(replies)
        connection.execute(changed.values(document_number="信息公开答〔2026〕9号"))
    assert fault_at(office, number)[0] == step_of(office, number, "ReplyApproved")


def test_a_draft_is_held_to_its_digest(office: DisclosureOffice, application: Application) -> None:
    drafted = file_request(office, application, submission_key="two").number
    register(office, drafted)
    draft(office, drafted, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    assert audit_case(office, drafted).fault is None
    change(office, letter_store.letters, sealed_content=office.seals.seal('{"content": {}}'))
    assert fault_at(office, drafted) == (
        step_of(office, drafted, "ReplyDrafted"),
        "文书草稿打不开，或者与起草时的摘要不符",
    )


def test_a_file_is_held_to_its_digest(office: DisclosureOffice, number: str) -> None:
    change(office, files_store.files, content=office.seals.seal_bytes(b"other"))
    assert fault_at(office, number)[0] == step_of(office, number, "FileAdded")


@pytest.mark.parametrize(
    ("about", "event"), [("application", "CorrectedRequestReceived"), ("search", "SearchRecorded")]
)
def test_a_text_that_was_taken_out_is_missed(
    office: DisclosureOffice, number: str, about: str, event: str
) -> None:
    with office.database.begin() as connection:
        connection.execute(delete(texts).where(texts.c.about == about))
    assert fault_at(office, number)[0] == step_of(office, number, event)


def test_a_corrected_application_that_nobody_received_is_found(
    office: DisclosureOffice, number: str
) -> None:
    with office.database.begin() as connection:
        add_text(
            connection,
            office.seals,
            number=number,
            about="application",
            text="{}",
            at=office.clock(),
            actor="applicant",
        )
    assert "没有记录" in fault_at(office, number)[1]


def test_the_index_of_names_must_fit_the_events(office: DisclosureOffice, number: str) -> None:
    change(office, store.events, name="Withdrawn")
    assert fault_at(office, number) == (1, "索引里的事项名称与这一步的内容不符")


def test_a_request_that_was_taken_out_leaves_a_gap(
    office: DisclosureOffice, application: Application, number: str
) -> None:
    other = file_request(office, application, submission_key="two").number
    with office.database.begin() as connection:
        connection.execute(delete(store.events).where(store.events.c.number == other))
        connection.execute(delete(store.requests).where(store.requests.c.number == other))
    assert audit_register(office).faults == (f"{other} 不在登记簿里，编号出现空缺",)


def without_foreign_keys(office: DisclosureOffice, statement: str, *values: object) -> None:
    """As somebody does it who opens the database beside the service."""
    if office.database.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(office.database.engine.url.database or "")) as connection:
            connection.execute(statement, values)
            connection.commit()
        return
    with office.database.begin() as connection:
        for key in inspect(connection).get_foreign_keys("disclosure_events"):
            connection.exec_driver_sql(
                f"ALTER TABLE disclosure_events DROP CONSTRAINT {key['name']}"
            )
        connection.exec_driver_sql(statement.replace("?", "%s"), values)


def test_events_of_a_case_that_the_register_does_not_know_are_found(
    office: DisclosureOffice, number: str
) -> None:
    statement = "UPDATE disclosure_events SET number = ? WHERE sequence = ?"
    without_foreign_keys(office, statement, "YSQ-2026-00002", version(office, number))
    assert audit_register(office).faults == ("YSQ-2026-00002 有办理记录，但登记簿里没有这件申请",)


def test_a_case_that_claims_to_be_erased_holds_nothing(
    office: DisclosureOffice, number: str
) -> None:
    with office.database.begin() as connection:
        erased = [CaseErased(date(2026, 3, 2))]
        store.append(connection, number, erased, at=office.clock(), actor="system")
    assert "已经清理" in fault_at(office, number)[1]


def test_a_document_number_without_its_letter_is_missed(
    office: DisclosureOffice, number: str
) -> None:
    answers = store.sequences.c.name == "letter 答"
    with office.database.begin() as connection:
        connection.execute(update(store.sequences).where(answers).values(last=2))
    assert audit_register(office).faults == ("文号“答〔2026〕2号”没有对应的办理记录",)


def test_a_case_without_events_is_broken(office: DisclosureOffice, number: str) -> None:
    with office.database.begin() as connection:
        connection.execute(delete(store.events))
    audited = audit_case(office, number)
    assert audited.head == START
    assert audited.fault is not None


def test_a_tail_that_was_cut_off_shows_against_the_heads_of_before(
    office: DisclosureOffice, number: str
) -> None:
    ending.complain(office, number, "没有说明理由", by=CLERK)
    heads = heads_text(audit_register(office).cases)
    last = version(office, number)
    with office.database.begin() as connection:
        connection.execute(delete(store.events).where(store.events.c.sequence == last))
    assert audit_case(office, number).fault is None
    [found] = shortened(office, heads)
    assert found.fault is not None
    assert found.fault.told == (f"上次核验时有{last}步，现在只剩{last - 1}步，后面的被截去了")


def test_a_case_that_only_went_on_is_no_finding(office: DisclosureOffice, number: str) -> None:
    heads = heads_text(audit_register(office).cases)
    ending.complain(office, number, "没有说明理由", by=CLERK)
    assert shortened(office, heads) == ()


def test_a_chain_that_was_written_anew_shows_against_the_heads(
    office: DisclosureOffice, number: str
) -> None:
    events = version(office, number)
    [found] = shortened(office, f"{number} {events} {'a' * 64}\n\n")
    assert found.fault is not None
    assert "整条链被换过" in found.fault.told


def test_heads_that_are_none_are_refused(office: DisclosureOffice) -> None:
    with pytest.raises(BadInput):
        shortened(office, "这不是链头")
