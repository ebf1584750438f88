"""Settings: all of them documented, none with a working secret outside development."""

from pathlib import Path

import pytest

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


def test_production_takes_a_long_secret() -> None:
    assert Settings.load(environment="production", secret_key="x" * 32).secret == "x" * 32


def test_a_settings_object_in_a_log_shows_no_secret() -> None:
    settings = Settings.load(secret_key="s" * 40, wechat_token="quite-secret")
    assert "s" * 40 not in repr(settings)
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
    assert Settings.load(public_url="https://a.example/").address == "https://a.example"
