"""One reply for one push, however often WeChat sends it: the database remembers what was said.

WeChat waits five seconds, then sends the same message again, three times in all. The first
delivery claims the message and computes; the others find its reply, or wait for it. Only the
text is kept: the envelope would hold the person's openid, and is made again the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, Text, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from inquiry_service.moments import Clock
from inquiry_service.storage import Database, UtcMoment, metadata

LEASE = timedelta(seconds=30)
"""A claim whose holder has not answered by then is given to the next delivery."""

KEPT = timedelta(days=1)
"""WeChat's retries end within seconds; replies are forgotten after a day."""

wechat_deliveries = Table(
    "wechat_deliveries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("claimed_at", UtcMoment, nullable=False, index=True),
    Column("reply", Text),
)

wechat_unread = Table(
    "wechat_unread",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)


@dataclass(frozen=True)
class Deliveries:
    """The record of pushes, and of what a person has not read yet ("更多")."""

    database: Database
    clock: Clock

    def claim(self, key: str) -> bool:
        """True for the one delivery that shall compute the reply."""
        at = self.clock()
        try:
            with self.database.begin() as connection:
                connection.execute(insert(wechat_deliveries).values(key=key, claimed_at=at))
        except IntegrityError:
            return self._take_over(key, at)
        return True

    def reply(self, key: str) -> str | None:
        """What was said, empty for nothing; None while it is still being made."""
        with self.database.read() as connection:
            query = select(wechat_deliveries.c.reply).where(wechat_deliveries.c.key == key)
            return connection.execute(query).scalar_one_or_none()

    def settle(self, key: str, reply: str) -> None:
        """Keep what was said, and forget what is older than a day."""
        with self.database.begin() as connection:
            connection.execute(
                update(wechat_deliveries).where(wechat_deliveries.c.key == key).values(reply=reply)
            )
            old = wechat_deliveries.c.claimed_at < self.clock() - KEPT
            connection.execute(delete(wechat_deliveries).where(old))

    def leave_unread(self, person: str, text: str) -> None:
        """Keep the rest of a long reply for the person's next "更多"; replaces an older rest."""
        with self.database.begin() as connection:
            connection.execute(delete(wechat_unread).where(wechat_unread.c.person == person))
            if text:
                connection.execute(insert(wechat_unread).values(person=person, text=text))

    def unread(self, person: str) -> str:
        with self.database.read() as connection:
            query = select(wechat_unread.c.text).where(wechat_unread.c.person == person)
            return connection.execute(query).scalar_one_or_none() or ""

    def _take_over(self, key: str, at: datetime) -> bool:
        with self.database.begin() as connection:
            taken = connection.execute(
                update(wechat_deliveries)
                .where(wechat_deliveries.c.key == key, wechat_deliveries.c.reply.is_(None))
                .where(wechat_deliveries.c.claimed_at < at - LEASE)
                .values(claimed_at=at)
            )
            return taken.rowcount == 1
