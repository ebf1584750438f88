"""Drafts: what a conversation gathered, behind a link that cannot be forged and expires."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inquiry_service.disclosure import (
    DisclosureOffice,
    DraftFields,
    ReceiveBy,
    SupplyForm,
    draft_of,
    save_draft,
    store,
)
from inquiry_service.errors import NotFound
from inquiry_service.moments import FrozenClock

FIELDS = DraftFields(
    description="储备粮轮换计划",
    document_number="桐商务〔2018〕1号",
    period="2018年",
    supply_form=SupplyForm.PAPER,
    receive_by=ReceiveBy.POST,
)


def test_a_draft_comes_back_as_it_was_saved(office: DisclosureOffice) -> None:
    assert draft_of(office, save_draft(office, FIELDS, "conversation-1")) == FIELDS
    assert draft_of(office, save_draft(office, DraftFields())) == DraftFields()


def test_personal_data_does_not_get_into_a_draft(office: DisclosureOffice) -> None:
    token = save_draft(office, DraftFields(description="请打13800000000"))
    assert draft_of(office, token).description == "请打[电话号码]"


def test_a_link_lasts_seven_days(office: DisclosureOffice, frozen_clock: FrozenClock) -> None:
    token = save_draft(office, FIELDS)
    frozen_clock.advance(timedelta(days=7))
    assert draft_of(office, token) == FIELDS
    frozen_clock.advance(timedelta(seconds=1))
    with pytest.raises(NotFound, match="预填内容"):
        draft_of(office, token)


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "草稿.a.b"])
def test_a_forged_link_opens_nothing(office: DisclosureOffice, token: str) -> None:
    with pytest.raises(NotFound, match="预填内容"):
        draft_of(office, token)


def test_a_link_signed_with_another_secret_opens_nothing(office: DisclosureOffice) -> None:
    token = save_draft(office, FIELDS)
    with pytest.raises(NotFound):
        draft_of(replace(office, secret="another secret"), token)


def test_expired_drafts_are_forgotten(office: DisclosureOffice, frozen_clock: FrozenClock) -> None:
    save_draft(office, FIELDS)
    frozen_clock.advance(timedelta(days=8))
    save_draft(office, FIELDS)
    with office.database.read() as connection:
        kept = connection.execute(select(func.count()).select_from(store.drafts)).scalar_one()
    assert kept == 1
