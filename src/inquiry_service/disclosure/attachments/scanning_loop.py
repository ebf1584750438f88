"""The running service checks attached files as they come in."""

import logging
from threading import Event

from anyio import sleep, to_thread

from inquiry_service.disclosure.attachments.scanning import Scanner, scan_waiting
from inquiry_service.disclosure.office import DisclosureOffice

logger = logging.getLogger(__name__)

SECONDS = 5.0
_PATIENCE = 12
"""How many times longer the next look waits while something cannot be checked."""


async def keep_scanning(
    office: DisclosureOffice, scanner: Scanner, closing: Event, interval: float = SECONDS
) -> None:
    """Look for files in quarantine until `closing` is set or the task is cancelled.

    `interval`: seconds to rest before each look. Several processes may do this at once.
    """
    well = True
    while not closing.is_set():
        await sleep(interval if well else interval * _PATIENCE)
        well = await to_thread.run_sync(_look, office, scanner, closing)


def _look(office: DisclosureOffice, scanner: Scanner, closing: Event) -> bool:
    """Whether nothing was left in quarantine."""
    try:
        scanned = scan_waiting(office, scanner, stop=closing.is_set)
    except Exception as fault:  # an outer door: the watch outlives any fault
        # The class alone: the text of an error may repeat what was stored.
        logger.error("checking attached files: %s", type(fault).__name__)
        return False
    if scanned.waiting and not closing.is_set():
        logger.warning("%d attached files wait for the virus scanner", scanned.waiting)
    for file_id in scanned.unreadable:
        logger.error("attached file %s cannot be opened with any key", file_id)
    return not (scanned.waiting or scanned.unreadable)
