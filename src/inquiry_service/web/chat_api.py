"""The JSON API of the web chat: open a conversation, say something, listen."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from inquiry_service.conversation.replies import to_json
from inquiry_service.conversation.turn import check_token, open_conversation, take_turn
from inquiry_service.web.events import Listening, public_owner
from inquiry_service.web.parts import WebParts
from inquiry_service.web.schemas import ConversationOut, MessageIn, TurnOut, errors

bearer = HTTPBearer(auto_error=False, description="The conversation's token.")

LAST_ID = 2**31 - 1
"""The largest id a turn can have."""

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: `turn` (id = turn id) and `state`",
        "content": {
            "text/event-stream": {
                "example": 'id: 7\nevent: turn\ndata: {"turn_id": 7, "at": "…", "said": "…", '
                '"replies": []}\n\nevent: state\ndata: {"owner": "bot"}\n\n'
            }
        },
    }
}


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])
    conversations = parts.conversations

    def holder(
        conversation_id: str,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    ) -> str:
        """The conversation, once its token is proven; a missing token is a wrong one."""
        check_token(conversations, conversation_id, credentials.credentials if credentials else "")
        return conversation_id

    @routes.post("", status_code=201, summary="Open a conversation")
    def open_one() -> ConversationOut:
        """Nothing is known about the person; whoever holds the token holds the conversation."""
        opened = open_conversation(conversations, "web")
        return ConversationOut(conversation_id=opened.conversation_id, token=opened.token)

    @routes.post(
        "/{conversation_id}/messages",
        summary="Say something",
        responses=errors(404, 413, 422, 503),
    )
    async def say(held: Annotated[str, Depends(holder)], message: MessageIn) -> TurnOut:
        """One message in, its replies out.

        Sending the same `client_message_id` again gives the same replies and adds nothing.
        """
        taken = await take_turn(
            conversations,
            channel="web",
            text=message.text,
            message_id=message.client_message_id,
            conversation_id=held,
        )
        return TurnOut.model_validate(
            {
                "owner": public_owner(taken.owner),
                "replies": to_json(taken.replies),
                "turn_id": taken.turn_id,
            }
        )

    @routes.get(
        "/{conversation_id}/events",
        summary="Listen",
        response_class=StreamingResponse,
        responses={**EVENTS, **errors(404, 422)},
    )
    async def listen(
        held: Annotated[str, Depends(holder)],
        request: Request,
        last_event_id: Annotated[
            int, Header(ge=0, le=LAST_ID, description="The last turn seen.")
        ] = 0,
    ) -> StreamingResponse:
        """Every turn after the last one seen (from the beginning without one), then what comes.

        `state` follows the turns that were there already and whenever the owner changes.
        """
        listening = Listening(parts, held, after=last_event_id)
        stream = listening.events(request.is_disconnected)
        return StreamingResponse(stream, media_type="text/event-stream")

    return routes
