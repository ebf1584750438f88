"""What a form sent, before anybody looks at it."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

MOST_FIELDS = 100


async def sent(request: Request) -> AsyncIterator[FormData]:
    """The form as it came. A body that is no form, or brings files, ends in 400."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        yield form


Sent = Annotated[FormData, Depends(sent)]
