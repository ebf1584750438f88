"""The post office: what every use case of this room stands on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from inquiry_service.moments import Clock
from inquiry_service.notify.carrier import Carrier
from inquiry_service.notify.notice import Medium
from inquiry_service.notify.timing import QuietHours
from inquiry_service.storage import Database


@dataclass(frozen=True)
class PostOffice:
    """Database, clock and carriers. `seal` and `unseal` close and open what is kept of people.

    A medium without a carrier keeps its notices until it has one; in-app notices need none.
    `lease`: how long a worker that took a notice may be silent before it is thought dead. Longer
    than any carrier's time-outs together.
    """

    database: Database
    clock: Clock
    seal: Callable[[str], str] = field(repr=False)
    unseal: Callable[[str], str] = field(repr=False)
    carriers: Mapping[Medium, Carrier] = field(default_factory=dict)
    quiet: QuietHours = field(default_factory=QuietHours)
    lease: timedelta = timedelta(minutes=10)

    def carries(self, medium: Medium) -> bool:
        """Whether a notice of this medium would leave the house."""
        return medium is Medium.IN_APP or medium in self.carriers
