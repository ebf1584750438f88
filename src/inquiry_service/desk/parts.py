"""What the desk is given."""

from dataclasses import dataclass

from inquiry_service.calendar.book import CalendarBook
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.staff.accounts import StaffOffice


@dataclass(frozen=True)
class DeskParts:
    """`secure_cookies` is set outside development: the session then travels over TLS only."""

    office: DisclosureOffice
    staff: StaffOffice
    conversations: Conversations
    calendar: CalendarBook
    secure_cookies: bool
