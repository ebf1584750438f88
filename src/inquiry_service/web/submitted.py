"""What a form sent, before anybody looks at it."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

MOST_FIELDS = 100
MOST_PARTS = 40
"""Files in one form; how many a request may have is judged with a sentence for each."""


async def sent(request: Request) -> AsyncIterator[FormData]:
    """The form as it came. A body that is no form, or brings files, ends in 400."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        yield form


async def sent_with_files(request: Request) -> AsyncIterator[FormData]:
    """The same where files are wanted."""
    async with request.form(max_files=MOST_PARTS, max_fields=MOST_FIELDS) as form:
        yield form


Sent = Annotated[FormData, Depends(sent)]
SentWithFiles = Annotated[FormData, Depends(sent_with_files)]


def text_in(form: FormData, name: str) -> str:
    """A field's text; empty when it is absent or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def files_in(form: FormData, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file that was chosen; a browser sends a nameless one for none.

    One after the other: forty megabytes are never in memory at once.
    """
    files = (value for value in form.getlist(name) if isinstance(value, UploadFile))
    return ((file.filename, file.file.read()) for file in files if file.filename)
