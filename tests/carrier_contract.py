"""The contract that every carrier keeps, the twins as well as the real ones."""

from collections.abc import Callable

import pytest

from inquiry_service.notify.carrier import Carrier
from post_twins import parcel


class CarrierContract:
    """What every carrier keeps. Subclasses give `carrier`, whom to send to, and what arrived."""

    to = "someone@example.cn"

    @pytest.fixture
    def carrier(self) -> Carrier:
        raise NotImplementedError

    @pytest.fixture
    def arrived(self) -> Callable[[], list[str]]:
        """The texts that the other side took."""
        raise NotImplementedError

    def test_what_is_sent_arrives_once_and_whole(
        self, carrier: Carrier, arrived: Callable[[], list[str]]
    ) -> None:
        text = "您的申请已经答复。\n.开头的点\n..𠮷字与 emoji 🙂 " + "很长的一行" * 80
        carrier.send(parcel("a", self.to, text))
        assert [text.splitlines() for text in arrived()] == [text.splitlines()]

    def test_two_parcels_are_two(self, carrier: Carrier, arrived: Callable[[], list[str]]) -> None:
        for key in ("a", "b"):
            carrier.send(parcel(key, self.to, f"通知{key}"))
        assert [text.strip() for text in arrived()] == ["通知a", "通知b"]

    def test_what_was_taken_is_never_denied(self, carrier: Carrier) -> None:
        sent = parcel("a", self.to)
        carrier.send(sent)
        assert carrier.accepted(sent.key) is not False

    def test_what_was_never_handed_over_is_never_claimed(self, carrier: Carrier) -> None:
        assert not carrier.accepted(parcel("b").key)

    def test_a_repeatable_carrier_takes_the_same_parcel_once(
        self, carrier: Carrier, arrived: Callable[[], list[str]]
    ) -> None:
        if not carrier.repeatable_for:
            return
        first, second = (carrier.send(parcel("a", self.to)) for _ in range(2))
        assert (len(arrived()), first) == (1, second)
