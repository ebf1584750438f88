"""The database, the offices and every face, from settings."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import ArgumentError, OperationalError

from inquiry_service import moments
from inquiry_service.actions.parts import ActionParts
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.bootstrap.engine import prepared_encoder
from inquiry_service.bootstrap.notices import post_office
from inquiry_service.calendar.book import CalendarBook
from inquiry_service.conversation.conversations import TURN_THREADS, Conversations
from inquiry_service.conversation.direct import DirectDialogue
from inquiry_service.conversation.port import Dialogue
from inquiry_service.conversation.rasa import RasaDialogue
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.threads import Threads
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.attachments.clamd import scanner_at
from inquiry_service.disclosure.attachments.scanning import NoScanner, Scanner
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.clock import Reading
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.disclosure.sealing import Seals
from inquiry_service.errors import ConfigurationFault
from inquiry_service.moments import Clock
from inquiry_service.notify import PostOffice
from inquiry_service.settings import Settings
from inquiry_service.staff.accounts import StaffOffice
from inquiry_service.storage import Database
from inquiry_service.storage.migrating import upgrade
from inquiry_service.web.parts import WebParts
from inquiry_service.wechat.account import Account
from inquiry_service.wechat.deliveries import Deliveries
from inquiry_service.wechat.parts import WechatParts


@dataclass(frozen=True)
class House:
    """Every face's parts, and what the doors close when they shut."""

    database: Database
    engine: EngineHolder
    conversations: Conversations
    web: WebParts
    desk: DeskParts
    actions: ActionParts
    wechat: WechatParts | None
    post: PostOffice
    notice_interval: float = 5.0
    scanner: Scanner = field(default_factory=NoScanner)

    async def close(self) -> None:
        self.web.closing.set()
        await self.conversations.dialogue.close()
        self.database.close()


def build(settings: Settings, *, clock: Clock = moments.now) -> House:
    """The whole house. A missing index is no fault here: questions then end in `failed`."""
    database = open_database(settings)
    book = CalendarBook(database, settings.calendar_folder, clock)
    office = disclosure_office(settings, database, clock, book)
    post = office.post or post_office(settings, office)
    engine = EngineHolder(settings.index_folder, prepared_encoder(settings))
    sources = Sources(database, engine, office, clock)
    threads = Threads(TURN_THREADS)
    conversations = Conversations(
        database=database,
        engine=engine,
        office=office,
        dialogue=_dialogue(settings, sources, threads),
        clock=clock,
        secret=settings.secret,
        public_url=settings.address,
        threads=threads,
        # Longer than Rasa is waited for, or one message could be computed twice.
        lease=timedelta(seconds=settings.rasa_timeout + 12),
    )
    return House(
        database=database,
        engine=engine,
        conversations=conversations,
        web=WebParts(
            conversations=conversations,
            engine=engine,
            office=office,
            public_url=settings.address,
            bureau=settings.bureau,
            allowed_frame_origins=settings.frame_origins,
            access_at_most=timedelta(minutes=settings.access_minutes),
            filings_per_address=settings.filings_per_address,
            uploads_per_address=settings.uploads_per_address,
        ),
        desk=DeskParts(
            office=office,
            staff=staff_office(settings, database, clock),
            conversations=conversations,
            calendar=book,
            secure_cookies=settings.environment == "production",
        ),
        actions=ActionParts(sources, settings.actions_token),
        wechat=_wechat(settings, conversations),
        post=post,
        notice_interval=settings.notice_interval,
        scanner=scanner(settings),
    )


def open_database(settings: Settings) -> Database:
    """The database with its tables made or upgraded.

    Raises `ConfigurationFault` when it cannot be reached; the address, which may hold a password,
    is not repeated.
    """
    setting = "INQUIRY_DATABASE_URL" if settings.database_url else "INQUIRY_HOME"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        database = Database.open(settings.database)
        upgrade(database)
    except OSError as fault:
        reason = f"不能建立目录 {settings.home}（{fault.strerror}）。"
        raise ConfigurationFault("INQUIRY_HOME", reason) from fault
    except (ArgumentError, ImportError) as fault:
        reason = "应写成 postgresql+psycopg://用户:密码@主机/库名，留空则用 SQLite。"
        raise ConfigurationFault(setting, reason) from fault
    except OperationalError as fault:
        reason = f"数据库连接不上：{str(fault.orig).splitlines()[0]}"
        raise ConfigurationFault(setting, reason) from fault
    return database


def disclosure_office(
    settings: Settings,
    database: Database,
    clock: Clock = moments.now,
    book: CalendarBook | None = None,
) -> DisclosureOffice:
    """The office with its calendar, keys and outbox."""
    book = book or CalendarBook(database, settings.calendar_folder, clock)
    book.current()  # a calendar that cannot be trusted is said at the start, not at a request
    office = DisclosureOffice(
        database=database,
        calendars=book.current,
        clock=clock,
        secret=settings.secret,
        bureau=settings.bureau,
        reconsideration_organ=settings.reconsideration_organ,
        court=settings.court,
        data_keys=settings.sealing_keys,
        upload_megabytes=settings.upload_megabytes,
        fees=settings.fees,
        reading=Reading(settings.consultation_days),
        document_mark=settings.document_mark,
        contact=settings.contact,
        letter_templates=Path(settings.letter_templates) if settings.letter_templates else None,
        settled_outcomes=_settled(settings),
        frequent_requests=settings.frequent_requests,
    )
    return replace(office, post=post_office(settings, office))


def staff_office(settings: Settings, database: Database, clock: Clock) -> StaffOffice:
    """Accounts, with what is kept of their holders sealed like everything of people."""
    seals = Seals(settings.secret, settings.sealing_keys)
    return StaffOffice(database, clock, seal=seals.seal, unseal=seals.unseal)


def _settled(settings: Settings) -> frozenset[str]:
    """Raises `ConfigurationFault` for a code that is no outcome: it would confirm nothing."""
    codes = frozenset(settings.settled_outcomes.split())
    unknown = sorted(code for code in codes if outcome_of(code) is None)
    if unknown:
        reason = f"没有这样的办理结果：{'、'.join(unknown)}。代码按大写填写，用空格分开。"
        raise ConfigurationFault("INQUIRY_SETTLED_OUTCOMES", reason)
    return codes


def scanner(settings: Settings) -> Scanner:
    """What checks attached files; without a setting, one that says that nothing was checked."""
    return scanner_at(settings.clamav)


def _dialogue(settings: Settings, sources: Sources, threads: Threads) -> Dialogue:
    if not settings.rasa_url:
        return DirectDialogue(sources, threads)
    return RasaDialogue(settings.rasa_url, timeout=settings.rasa_timeout)


def _wechat(settings: Settings, conversations: Conversations) -> WechatParts | None:
    token = settings.wechat_token.get_secret_value()
    if not token:
        return None
    aes_key = settings.wechat_aes_key.get_secret_value()
    return WechatParts(
        account=Account(token=token, app_id=settings.wechat_app_id, aes_key=aes_key),
        conversations=conversations,
        deliveries=Deliveries(conversations.database, conversations.clock),
        public_url=settings.address,
        bureau=settings.bureau,
    )
