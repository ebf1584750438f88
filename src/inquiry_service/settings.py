"""Every setting, read from environment variables with the prefix `INQUIRY_`.

`docs/configuration.md` is generated from this class. Only the doors (`cli`, `asgi`,
`bootstrap`) read settings; every room is handed what it needs.
"""

import hashlib
import hmac
import os
import re
from datetime import time
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from inquiry_service.errors import ConfigurationFault

DEVELOPMENT_SECRET = "development-only-secret-never-use-in-production"  # noqa: S105
"""Refused outside development, see `Settings.load`."""

_SHORTEST_SECRET = 32
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}

_ORIGIN = re.compile(r"https?://[\w.:\[\]-]+")
_ADDRESS = re.compile(rf"{_ORIGIN.pattern}(?:/[^\s?#]*)?")
_CLAMD = re.compile(r"/\S+|(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
_RETENTION = re.compile(r"(?:request|record_correction|suggestion)=(?:[1-9]\d?|100)")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*")
_SENDER = re.compile(r"[\w.+-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+", re.ASCII)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

_COMPLAINTS = {
    "int_parsing": "应当是整数。",
    "float_parsing": "应当是数字。",
    "literal_error": "只能是 {expected} 之一。",
    "less_than_equal": "不能大于 {le}。",
    "greater_than_equal": "不能小于 {ge}。",
    "greater_than": "应当大于 {gt}。",
}
"""What pydantic complains about, for a person."""


class Settings(BaseSettings):
    """The whole configuration. Field descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix="INQUIRY_", env_file=None, extra="ignore")

    environment: Literal["development", "production"] = Field(
        "development",
        description="`production` refuses default secrets and marks cookies as secure.",
    )
    home: Path = Field(
        Path("var"), description="Folder for database, index, model and logs; kept by backups."
    )
    secret_key: SecretStr = Field(
        SecretStr(DEVELOPMENT_SECRET),
        description="At least 32 characters. Signs links, derives look-up codes and seals"
        " applicants' data: losing it makes stored applications unreadable.",
    )
    data_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys that seal applications and files, each at least 32 characters, separated"
        " by spaces or commas: the first seals, all open. Empty means one derived from"
        " `INQUIRY_SECRET_KEY`, which always opens. See `docs/runbooks/keys.md`.",
    )
    database_url: str = Field(
        "",
        description="`postgresql+psycopg://…`; empty means SQLite at `INQUIRY_HOME/inquiry.db`.",
    )
    knowledge: str = Field(
        "knowledge",
        description="Folders with published documents, several separated by the path separator"
        " (`:`; `;` on Windows). The first one also holds `calendar/`; each may have a"
        " `glossary.yaml`.",
    )
    index: str = Field("", description="Index folder; empty means `INQUIRY_HOME/index`.")
    models: str = Field(
        "", description="Folder of prepared models; empty means `INQUIRY_HOME/models`."
    )
    encoder_model: str = Field(
        "",
        description="Folder of another sentence-transformers model; empty means the bundled"
        " multilingual-e5-small, prepared once under `INQUIRY_MODELS`.",
    )
    encoder_sessions: int = Field(
        2, ge=1, le=64, description="Questions encoded at the same time, one thread each."
    )
    host: str = Field("127.0.0.1", description="Address the service listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the service listens on.")
    public_url: str = Field(
        "", description="Address people reach the service at; empty means `http://HOST:PORT`."
    )
    bureau: str = Field(
        "桐乡市商务局（粮食局）", description="Name of the bureau on pages and letters."
    )
    reconsideration_organ: str = Field(
        "桐乡市人民政府",
        description="Who reviews the bureau's replies (行政复议法 24: the people's government of"
        " the same level).",
    )
    court: str = Field("有管辖权的人民法院", description="The court named in remedy paragraphs.")
    upload_megabytes: int = Field(
        10, ge=1, le=100, description="Largest file that may be attached to a request, in MB."
    )
    access_minutes: int = Field(
        120,
        ge=30,
        le=1440,
        description="How long after typing number and look-up code an applicant stays on the page"
        " of a request, in minutes: then both are asked for again, and without any use after 30.",
    )
    filings_per_address: int = Field(
        60,
        ge=0,
        le=10_000,
        description="Requests that may be filed online from one address within 15 minutes; 0 means"
        " any number. Many people may share an address. Behind a proxy on another machine name it"
        " in `FORWARDED_ALLOW_IPS`, or all visitors seem to come from the proxy, and a"
        " stranger's wrong passwords make a clerk wait.",
    )
    uploads_per_address: int = Field(
        120,
        ge=0,
        le=10_000,
        description="The same for uploads, however many files are in one.",
    )
    clamav: str = Field(
        "",
        description="clamd that checks attached files for viruses: `host:port`, or the path of its"
        " socket; empty means they are marked as not checked. See `docs/runbooks/attachments.md`.",
    )
    contact: str = Field(
        "", description="How to reach the disclosure office, as letters end: room, telephone."
    )
    document_mark: str = Field(
        "信息公开", description="How the document numbers of letters begin (机关代字)."
    )
    letter_templates: str = Field(
        "", description="Folder with the bureau's own letter templates; empty means the house's."
    )
    consultation_days: Literal["after_asking", "from_asking"] = Field(
        "after_asking",
        description="Whether the day on which a third party or agency is asked counts towards the"
        " limit: `after_asking` counts it, `from_asking` does not. The law leaves it open.",
    )
    fees: bool = Field(
        False,
        description="Information processing fees (条例 42). Off until the finance bureau has set"
        " them up; what a fee notice does to the limit has not been verified.",
    )
    frequent_requests: int = Field(
        0,
        ge=0,
        description="From how many requests of one applicant within 30 days on the desk points to"
        " 条例 35; 0 means never. The law names no number, and nothing follows by itself.",
    )
    settled_outcomes: str = Field(
        "",
        description="Outcome codes whose wording the bureau's lawyer has confirmed, separated by"
        " spaces; the others stay marked on the desk.",
    )
    retention: str = Field(
        "",
        description="Years for which a closed case is kept, by matter, such as `request=10"
        " record_correction=10 suggestion=5`; what is not named is kept for ever. The archives"
        " authority sets them. Nothing is erased but by `disclosure retain --erase`, see"
        " `docs/runbooks/retention.md`.",
    )
    rasa_url: str = Field(
        "http://127.0.0.1:5005",
        description="Where the Rasa server listens; empty means none, then questions are"
        " answered by retrieval alone.",
    )
    rasa_timeout: float = Field(
        3.0, gt=0, le=30, description="Seconds to wait for Rasa before answering by retrieval."
    )
    rasa_actions_token: SecretStr = Field(
        SecretStr(""),
        description="Shared with Rasa to protect `/rasa/actions`; empty means derived from"
        " `INQUIRY_SECRET_KEY`.",
    )
    bot_python: str = Field(
        "bot/.venv/bin/python",
        description="Interpreter of the bot's environment (CPython 3.10 with Rasa), used by `up`.",
    )
    bot_model: str = Field(
        "", description="Trained Rasa model; empty means `INQUIRY_HOME/bot/model.tar.gz`."
    )
    wechat_token: SecretStr = Field(
        SecretStr(""),
        description="Token of the Official Account's server settings; empty means WeChat is off.",
    )
    wechat_app_id: str = Field("", description="AppID of the Official Account (safe mode).")
    wechat_aes_key: SecretStr = Field(
        SecretStr(""), description="EncodingAESKey, 43 characters; empty means plain mode."
    )
    widget_origins: str = Field(
        "",
        description="Sites that may embed the chat, such as `https://www.example.gov.cn`,"
        " separated by spaces; empty means none but this one.",
    )
    mail_host: str = Field(
        "",
        description="Mail server that takes the notices; empty means none: in development they"
        " are shown on the console, in production they wait and `/readyz` says so.",
    )
    mail_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    mail_security: Literal["none", "starttls", "tls"] = Field(
        "starttls",
        description="How the way to the mail server is protected: `starttls` (usually port 587),"
        " `tls` (465), `none` (25, without a user).",
    )
    mail_user: str = Field("", description="Account at the mail server; empty means none.")
    mail_password: SecretStr = Field(SecretStr(""), description="Password of that account.")
    mail_from: str = Field(
        "", description="Sender of e-mail, such as `某某局 <open@example.gov.cn>`."
    )
    sms_url: str = Field(
        "",
        description="Where short messages are posted, see `docs/runbooks/notices.md`; empty means"
        " none, as for `INQUIRY_MAIL_HOST`.",
    )
    sms_token: SecretStr = Field(SecretStr(""), description="Bearer token sent to it.")
    quiet_from: str = Field(
        "21:00", description="From this time in China on, no short message leaves."
    )
    quiet_until: str = Field(
        "08:00", description="Until this time. The same as `INQUIRY_QUIET_FROM` means no rest."
    )
    notice_interval: float = Field(
        5.0, gt=0, le=3600, description="Seconds between looks for notices that are due."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Logs never carry what people wrote, at any level."
    )

    @classmethod
    def load(cls, **overrides: object) -> "Settings":
        """Read the environment. Raises `ConfigurationFault` naming the variable that is wrong."""
        try:
            settings = cls(**overrides)  # type: ignore[arg-type]
        except ValidationError as fault:
            first = fault.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "?"
            reason = _COMPLAINTS.get(first["type"], first["msg"]).format(**first.get("ctx", {}))
            raise ConfigurationFault(f"INQUIRY_{name.upper()}", reason) from None
        settings.refuse_unusable()
        settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """A default or short secret is refused outside development, and where others can reach.

        With a known secret anybody could derive look-up codes and open sealed applications.
        """
        if self.environment == "development" and self._reached_from_here_only():
            return
        if self.secret == DEVELOPMENT_SECRET or len(self.secret) < _SHORTEST_SECRET:
            raise ConfigurationFault(
                "INQUIRY_SECRET_KEY",
                f"正式环境或者对外提供服务时，必须设置至少 {_SHORTEST_SECRET} 个字符的随机密钥。",
            )
        if any(len(key) < _SHORTEST_SECRET for key in self.sealing_keys):
            raise ConfigurationFault(
                "INQUIRY_DATA_KEYS",
                f"每个密钥至少要有 {_SHORTEST_SECRET} 个字符；多个密钥用空格或逗号隔开。",
            )

    def _reached_from_here_only(self) -> bool:
        public = urlsplit(self.public_url).hostname if self.public_url else self.host
        return {self.host, public} <= _THIS_MACHINE

    def refuse_unusable(self) -> None:
        """What would start and then fail at every call, or let any site embed the chat."""
        if not self.knowledge_folders:
            raise ConfigurationFault("INQUIRY_KNOWLEDGE", "至少要有一个目录。")
        for name in ("public_url", "rasa_url", "sms_url"):
            address = getattr(self, name)
            if address and not _ADDRESS.fullmatch(address):
                reason = "应写成 http://主机:端口 或 https://主机 这样的网址。"
                raise ConfigurationFault(f"INQUIRY_{name.upper()}", reason)
        if self.clamav and not _CLAMD.fullmatch(self.clamav):
            reason = "应写成 主机:端口，例如 127.0.0.1:3310，或者 clamd 套接字的完整路径。"
            raise ConfigurationFault("INQUIRY_CLAMAV", reason)
        for origin in self.frame_origins:
            if not _ORIGIN.fullmatch(origin):
                reason = (
                    f"{origin} 应写成 https://www.example.gov.cn 这样，不带路径；多个用空格隔开。"
                )
                raise ConfigurationFault("INQUIRY_WIDGET_ORIGINS", reason)
        self._refuse_unusable_retention()
        self._refuse_unusable_notices()

    def _refuse_unusable_retention(self) -> None:
        for part in self.retention.split():
            if not _RETENTION.fullmatch(part):
                reason = (
                    f"“{part}”应写成 request=10 这样，年限为1至100，多项用空格隔开；"
                    "事项是 request、record_correction、suggestion。"
                )
                raise ConfigurationFault("INQUIRY_RETENTION", reason)

    def _refuse_unusable_notices(self) -> None:
        for name in ("quiet_from", "quiet_until"):
            if not _TIME.fullmatch(getattr(self, name)):
                raise ConfigurationFault(f"INQUIRY_{name.upper()}", "应写成 21:00 这样的时刻。")
        if not self.mail_host:
            return
        if not _HOST.fullmatch(self.mail_host):
            raise ConfigurationFault("INQUIRY_MAIL_HOST", "应是邮件服务器的主机名，不带端口。")
        if not (self.mail_from.isprintable() and _SENDER.fullmatch(parseaddr(self.mail_from)[1])):
            reason = "应写成 open@example.gov.cn 或者 某某局 <open@example.gov.cn> 这样。"
            raise ConfigurationFault("INQUIRY_MAIL_FROM", reason)
        if not (self.mail_user + self.mail_password.get_secret_value()).isascii():
            raise ConfigurationFault("INQUIRY_MAIL_PASSWORD", "账号和密码只能用英文字符。")
        if self.mail_user and self.mail_security == "none" and self.mail_host not in _THIS_MACHINE:
            reason = "用账号登录邮件服务器时应是 starttls 或 tls，否则密码会明文传送。"
            raise ConfigurationFault("INQUIRY_MAIL_SECURITY", reason)

    @property
    def quiet_hours(self) -> tuple[time, time]:
        return time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)

    @property
    def secret(self) -> str:
        return self.secret_key.get_secret_value()

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """The data keys in their order, the one that seals first."""
        return tuple(self.data_keys.get_secret_value().replace(",", " ").split())

    @property
    def actions_token(self) -> str:
        """The token Rasa sends back with each action call."""
        given = self.rasa_actions_token.get_secret_value()
        derived = hmac.new(self.secret.encode(), b"rasa actions", hashlib.sha256)
        return given or derived.hexdigest()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.home / 'inquiry.db').resolve()}"

    @property
    def knowledge_folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder) for folder in self.knowledge.split(os.pathsep) if folder)

    @property
    def calendar_folder(self) -> Path:
        return self.knowledge_folders[0] / "calendar"

    @property
    def index_folder(self) -> Path:
        return Path(self.index) if self.index else self.home / "index"

    @property
    def models_folder(self) -> Path:
        return Path(self.models) if self.models else self.home / "models"

    @property
    def bot_model_file(self) -> Path:
        return Path(self.bot_model) if self.bot_model else self.home / "bot" / "model.tar.gz"

    @property
    def address(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def frame_origins(self) -> tuple[str, ...]:
        return tuple(self.widget_origins.split())
