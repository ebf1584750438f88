"""The console of development keeps the contract and gives nobody away."""

from collections.abc import Callable
from io import StringIO

import pytest

from carrier_contract import CarrierContract
from inquiry_service.notify import Medium
from inquiry_service.notify.console import ConsoleCarrier
from post_twins import parcel


class TestConsole(CarrierContract):
    @pytest.fixture
    def carrier(self) -> ConsoleCarrier:
        return ConsoleCarrier(Medium.EMAIL, StringIO())

    @pytest.fixture
    def arrived(self, carrier: ConsoleCarrier) -> Callable[[], list[str]]:
        return lambda: [taken.text for taken in carrier.taken]


def test_the_recipient_and_personal_data_in_the_text_are_shown_masked() -> None:
    stream = StringIO()
    console = ConsoleCarrier(Medium.SMS, stream)
    console.send(parcel("a", "13812345678", "请联系 13900001111 领取。"))
    assert stream.getvalue().startswith("[sms] 138****5678 ")
    assert "13812345678" not in stream.getvalue()
    assert "13900001111" not in stream.getvalue()
    assert "领取" in stream.getvalue()
