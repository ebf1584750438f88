"""The whole case file leaves on record only, and the page says whether it still holds."""

import io
import zipfile
from datetime import date, timedelta

from sqlalchemy import update

from desk_house import Clerk, File, assembled, signed_in
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import DisclosureOffice, open_case, store
from inquiry_service.disclosure.keeping.retaining import erase_case
from inquiry_service.disclosure.rules.events import CaseExported
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role
from procedure_house import reply


def case_at(number: str) -> str:
    return f"/desk/requests/{number}"


def test_the_head_takes_the_case_file_and_that_stands_in_it(
    desk_parts: DeskParts, office: DisclosureOffice, file: File
) -> None:
    number = file()
    reply(office, number)
    before, head = open_case(office, number), signed_in(assembled(desk_parts), Role.HEAD)
    fields = head.page(case_at(number)).form(f"{case_at(number)}/export").fields
    answer = head.client.post(f"{case_at(number)}/export", data=fields)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["cache-control"] == "no-store"
    after = open_case(office, number)
    assert (after.history[-1].event, after.history[-1].actor) == (
        CaseExported(date(2026, 3, 2)),
        "head",
    )
    assert after.position.stage is before.position.stage
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert "CaseExported" in packed.read("events.jsonl").decode()
    assert "导出案卷 测试负责人" in head.page(case_at(number)).words


def test_without_the_key_of_the_session_nothing_leaves_and_nothing_is_recorded(
    clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    answer = clerk.client.post(f"{case_at(number)}/export", data={"csrf": "other"})
    assert answer.status_code == 403
    assert open_case(office, number).version == 2


def test_who_answers_for_the_file_sees_whether_it_holds(
    desk_parts: DeskParts, office: DisclosureOffice, file: File
) -> None:
    number, app = file(), assembled(desk_parts)
    head, worker = signed_in(app, Role.HEAD), signed_in(app, Role.CLERK)
    assert "案卷核验：完好" in head.page(case_at(number)).words
    with office.database.begin() as connection:
        c = store.requests.c
        changed = update(store.requests).where(c.number == number)
        row = store.request_row(connection, number)
        assert row is not None
        plain = office.seals.unseal(row.sealed_application).replace("2018", "2019")
        sealed = office.seals.seal(plain)
        connection.execute(changed.values(sealed_application=sealed))
    words = head.page(case_at(number)).words
    assert "案卷核验：不完好" in words
    assert "第 1 步" in words
    assert "案卷核验" not in worker.page(case_at(number)).words
    assert "导出案卷" not in worker.page(case_at(number)).words


def test_an_erased_case_holds_and_its_chain_can_still_be_taken(
    desk_parts: DeskParts, office: DisclosureOffice, file: File, frozen_clock: FrozenClock
) -> None:
    number = file()
    reply(office, number)
    frozen_clock.advance(timedelta(days=366))
    erase_case(office, number, {Matter.REQUEST: 1})
    head = signed_in(assembled(desk_parts), Role.HEAD)
    assert head.send(f"{case_at(number)}/export", case_at(number)).status_code == 200
    assert "案卷核验：完好" in head.page(case_at(number)).words
