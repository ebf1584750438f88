"""What every room's tests stand on: a fresh migrated database, the shipped calendar, still time.

With INQUIRY_TEST_DATABASE_URL (a PostgreSQL address whose user may create databases) each test
gets a PostgreSQL database of its own, copied from one that was migrated once.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import URL, create_engine, make_url

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.calendar.loading import load_calendar
from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    DisclosureOffice,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
)
from inquiry_service.moments import FrozenClock
from inquiry_service.storage import Database
from inquiry_service.storage.migrating import upgrade

REPOSITORY = Path(__file__).parent.parent
POSTGRESQL = os.environ.get("INQUIRY_TEST_DATABASE_URL")

# How long an example takes depends on what else the machine does: no test asks for speed.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def _migrated(url: str) -> None:
    database = Database.open(url)
    upgrade(database)
    database.close()


def _administer(*statements: str) -> None:
    """Create or drop databases, which PostgreSQL does outside any transaction."""
    engine = create_engine(make_url(POSTGRESQL or ""), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _address(name: str) -> str:
    url: URL = make_url(POSTGRESQL or "").set(database=name)
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Migrated once; every test gets a copy."""
    if not POSTGRESQL:
        file = tmp_path_factory.mktemp("template") / "template.sqlite"
        _migrated(f"sqlite:///{file}")
        yield str(file)
        return
    name = f"inquiry_template_{uuid.uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name}")
    _migrated(_address(name))
    yield name
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(_template: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh migrated database, for tests that open it in another process."""
    if not POSTGRESQL:
        shutil.copyfile(_template, tmp_path / "inquiry.sqlite")
        yield f"sqlite:///{tmp_path / 'inquiry.sqlite'}"
        return
    name = f"inquiry_test_{uuid.uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {_template}")
    yield _address(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """Monday 2 March 2026, nine in the morning in China, until the test moves it."""
    return FrozenClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    """The calendar as it is shipped."""
    return load_calendar(REPOSITORY / "knowledge" / "calendar")


@pytest.fixture
def office(
    database: Database, calendar: WorkingCalendar, frozen_clock: FrozenClock
) -> DisclosureOffice:
    return DisclosureOffice(
        database, lambda: calendar, frozen_clock, "only-for-tests", "测试用机关"
    )


@pytest.fixture
def application() -> Application:
    """A natural person's complete application; the identity number is GB 11643's specimen."""
    return Application(
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        name="测试申请人",
        identity_kind=IdentityKind.RESIDENT_IDENTITY_CARD,
        identity_number="11010519491231002X",
        phone="13800000000",
        description="2018年度储备粮轮换计划的批复文件",
        supply_form=SupplyForm.ELECTRONIC,
        receive_by=ReceiveBy.ONLINE,
        consent=True,
    )
