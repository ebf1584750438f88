"""From a conversation to the request form: a signed link that carries what was said."""

from urllib.parse import urlencode

from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import FORM_PATH
from inquiry_service.disclosure.procedure.drafts import DraftFields, save_draft


def form_link(sources: Sources, conversation_id: str, description: str) -> str:
    """The form with the description filled in."""
    return draft_link(sources, conversation_id, DraftFields(description=description))


def draft_link(sources: Sources, conversation_id: str, fields: DraftFields) -> str:
    """The form with everything filled in that the person said; the link expires."""
    token = save_draft(sources.office, fields, conversation_id)
    return f"{FORM_PATH}?{urlencode({'draft': token})}"
