"""The twins with which the outbox is tested keep the same contract as the real carriers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from carrier_contract import CarrierContract
from post_twins import KINDS, LedgerCarrier, carrier_of


@pytest.mark.parametrize("kind", KINDS)
class TestLedger(CarrierContract):
    @pytest.fixture
    def carrier(self, kind: str, tmp_path: Path) -> LedgerCarrier:
        return carrier_of(kind, tmp_path / "book")

    @pytest.fixture
    def arrived(self, carrier: LedgerCarrier) -> Callable[[], list[str]]:
        return carrier.texts
