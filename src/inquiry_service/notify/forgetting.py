"""What a notice said, blotted out when the case it told of is erased."""

from sqlalchemy import Connection, update

from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.store import notices


def blot_out(post: PostOffice, connection: Connection, key_prefix: str) -> int:
    """Overwrite recipient and text of the notices whose key begins so, in the caller's transaction.

    Keys and ends stay, so that nothing is told twice. Gives how many there were.
    """
    begins = notices.c.key.startswith(key_prefix, autoescape=True)
    blank = {"recipient": post.seal(""), "subject": post.seal(""), "text": post.seal("")}
    return connection.execute(update(notices).where(begins).values(**blank)).rowcount
