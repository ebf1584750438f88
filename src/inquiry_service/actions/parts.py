"""What the action endpoint is given."""

from dataclasses import dataclass, field

from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.threads import Threads

ACTION_THREADS = 8


@dataclass(frozen=True)
class ActionParts:
    """What actions work with, and the secret `token` shared with Rasa.

    `threads` are the endpoint's own: turns that wait must not hold what Rasa's calls back need.
    """

    sources: Sources
    token: str
    threads: Threads = field(default_factory=lambda: Threads(ACTION_THREADS))
