"""Settings: all of them documented, none with a working secret outside development."""

from pathlib import Path

import pytest

from inquiry_service.bootstrap import house
from inquiry_service.cli.settings_page import settings_page, variable
from inquiry_service.errors import ConfigurationFault
from inquiry_service.settings import DEVELOPMENT_SECRET, Settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_configuration_page_is_what_the_code_says() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == settings_page(), "run `make docs`"


def test_every_setting_is_described_on_the_page() -> None:
    page = settings_page()
    assert [name for name in Settings.model_fields if f"`{variable(name)}`" not in page] == []
    assert all(field.description for field in Settings.model_fields.values())


def test_no_secret_stands_on_the_page() -> None:
    assert DEVELOPMENT_SECRET not in settings_page()


@pytest.mark.parametrize("secret", [DEVELOPMENT_SECRET, "short", ""])
def test_production_refuses_a_default_or_short_secret(secret: str) -> None:
    with pytest.raises(ConfigurationFault, match="INQUIRY_SECRET_KEY"):
        Settings.load(environment="production", secret_key=secret)


@pytest.mark.parametrize(
    "reach", [{"host": "0.0.0.0"}, {"public_url": "https://bureau.example"}, {"host": "10.0.0.5"}]
)
def test_the_development_secret_is_refused_where_others_can_reach(reach: dict[str, str]) -> None:
    with pytest.raises(ConfigurationFault, match="INQUIRY_SECRET_KEY"):
        Settings.load(**reach)
    assert Settings.load(**reach, secret_key="x" * 32)


def test_production_takes_a_long_secret() -> None:
    assert Settings.load(environment="production", secret_key="x" * 32).secret == "x" * 32


def test_production_refuses_a_short_data_key_and_takes_long_ones_in_their_order() -> None:
    first, second = "a" * 32, "b" * 32
    served = {"environment": "production", "secret_key": "x" * 32}
    with pytest.raises(ConfigurationFault, match="INQUIRY_DATA_KEYS") as refused:
        Settings.load(**served, data_keys=f"{first}, short")
    assert "short" not in refused.value.message
    taken = Settings.load(**served, data_keys=f" {first},{second}\n")
    assert taken.sealing_keys == (first, second)
    assert Settings.load(**served).sealing_keys == ()


def test_a_settings_object_in_a_log_shows_no_secret() -> None:
    settings = Settings.load(secret_key="s" * 40, wechat_token="quite-secret", data_keys="d" * 40)
    notices = Settings.load(mail_password="quite-secret", sms_token="quite-secret")
    assert "quite-secret" not in repr(notices)
    assert "s" * 40 not in repr(settings)
    assert "d" * 40 not in repr(settings)
    assert "quite-secret" not in repr(settings)


def test_the_token_for_rasa_follows_from_the_secret_but_is_not_the_secret() -> None:
    one, other = (Settings.load(secret_key=key * 40) for key in "ab")
    assert one.actions_token != other.actions_token
    assert one.secret not in one.actions_token
    assert Settings.load(rasa_actions_token="given").actions_token == "given"


def test_addresses_and_folders_follow_from_home_and_port() -> None:
    settings = Settings.load(home="/somewhere", port=9000)
    assert settings.database.endswith("/somewhere/inquiry.db")
    assert settings.index_folder == Path("/somewhere/index")
    assert settings.address == "http://127.0.0.1:9000"
    public = Settings.load(public_url="https://a.example/", secret_key="x" * 32)
    assert public.address == "https://a.example"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("port", "eighty", "应当是整数"),
        ("port", "99999", "不能大于 65535"),
        ("encoder_sessions", "0", "不能小于 1"),
        ("rasa_timeout", "0", "应当大于 0"),
        ("log_level", "loud", "只能是"),
        ("knowledge", "", "目录"),
        ("rasa_url", "localhost", "网址"),
        ("public_url", "ask us", "网址"),
        ("upload_megabytes", "0", "不能小于 1"),
        ("clamav", "clamd", "127.0.0.1:3310"),
        ("clamav", "var/clamd.sock", "完整路径"),
        ("sms_url", "sms.example.cn", "网址"),
        ("quiet_from", "9pm", "21:00"),
        ("quiet_until", "24:00", "21:00"),
        ("notice_interval", "0", "应当大于 0"),
        ("mail_security", "ssl", "只能是"),
        ("widget_origins", "*", "https://"),
        ("widget_origins", "https://a.example; default-src *", "https://"),
        ("widget_origins", "https://a.example/path", "https://"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_in_words(name: str, value: str, told: str) -> None:
    with pytest.raises(ConfigurationFault, match=f"INQUIRY_{name.upper()}") as refused:
        Settings.load(**{name: value})
    assert told in refused.value.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_host", "mail.example.cn:25"),
        ("mail_from", ""),
        ("mail_from", "某某局"),
        ("mail_from", "a@example.cn\r\nBcc: b@example.cn"),
        ("mail_password", "密码"),
        ("mail_security", "none"),
    ],
)
def test_a_mail_server_that_could_not_be_used_is_refused(name: str, value: str) -> None:
    usable = {
        "mail_host": "mail.example.cn",
        "mail_user": "open",
        "mail_from": "某某局 <open@example.cn>",
    }
    assert Settings.load(**usable).mail_host
    with pytest.raises(ConfigurationFault, match=f"INQUIRY_{name.upper()}"):
        Settings.load(**usable | {name: value})


def test_addresses_and_origins_as_the_page_shows_them_are_taken() -> None:
    settings = Settings.load(
        secret_key="x" * 32,
        public_url="https://ask.example.gov.cn/open/",
        rasa_url="http://rasa:5005",
        widget_origins="https://www.example.gov.cn http://127.0.0.1:8209",
    )
    assert len(settings.frame_origins) == 2
    assert Settings.load(rasa_url="", public_url="").rasa_url == ""


def test_an_outcome_that_does_not_exist_cannot_be_settled(tmp_path: Path) -> None:
    def opened(codes: str) -> frozenset[str]:
        settings = Settings.load(home=tmp_path / "home", settled_outcomes=codes)
        database = house.open_database(settings)
        try:
            return house.disclosure_office(settings, database).settled_outcomes
        finally:
            database.close()

    assert opened("PETITION NOT_HELD") == {"PETITION", "NOT_HELD"}
    with pytest.raises(ConfigurationFault, match="INQUIRY_SETTLED_OUTCOMES") as refused:
        opened("PETITION petition,NOT_HELD")
    assert "petition,NOT_HELD" in refused.value.message
