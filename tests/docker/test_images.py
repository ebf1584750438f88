"""No engine builds the images in CI, so their files are held to the code here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry_service import asgi
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILES = [ROOT / "docker" / "service.Dockerfile", ROOT / "docker" / "bot.Dockerfile"]


def compose() -> dict[str, Any]:
    text = (ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def settings_of_the_bot() -> set[str]:
    endpoints = (ROOT / "bot" / "endpoints.yml").read_text(encoding="utf-8")
    return set(re.findall(r"\$\{(INQUIRY_\w+)\}", endpoints))


def known_settings() -> set[str]:
    return {f"INQUIRY_{name.upper()}" for name in Settings.model_fields} | settings_of_the_bot()


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.name)
def test_every_copied_path_exists_in_the_repository(dockerfile: Path) -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile.read_text(), re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.name)
def test_the_image_runs_as_an_ordinary_user_and_reports_its_health(dockerfile: Path) -> None:
    text = dockerfile.read_text()
    assert re.search(r"^USER inquiry$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text


def test_every_setting_named_in_an_image_or_in_compose_is_a_setting_of_the_code() -> None:
    files = [*DOCKERFILES, *(ROOT / "docker").glob("compose*.yaml")]
    named = {name for file in files for name in re.findall(r"INQUIRY_\w+", file.read_text())}
    assert named - known_settings() == set()


def test_the_health_check_asks_a_route_that_exists_on_the_port_that_is_exposed() -> None:
    text = DOCKERFILES[0].read_text()
    port, path = re.findall(r"127\.0\.0\.1:(\d+)(/\w+)", text)[0]
    assert f"EXPOSE {port}" in text
    assert f"INQUIRY_PORT={port}" in text
    assert path == asgi.HEALTH


def test_compose_publishes_the_service_only_and_on_this_machine_only() -> None:
    published = {name: part.get("ports", []) for name, part in compose()["services"].items()}
    assert published == {"service": ["127.0.0.1:8000:8000"], "bot": [], "database": []}


def test_compose_points_the_service_and_the_bot_at_each_other() -> None:
    services = compose()["services"]
    bot = DOCKERFILES[1].read_text()
    assert services["service"]["environment"]["INQUIRY_RASA_URL"] == "http://bot:5005"
    assert "EXPOSE 5005" in bot
    actions = services["bot"]["environment"]["INQUIRY_RASA_ACTIONS_URL"]
    assert actions == "http://service:8000/rasa/actions"
    assert set(services["bot"]["environment"]) == settings_of_the_bot()


def test_what_a_bureau_must_set_for_itself_reaches_the_service_through_compose() -> None:
    handed_on = compose()["services"]["service"]["environment"]
    own = ("BUREAU", "RECONSIDERATION_ORGAN", "COURT", "PUBLIC_URL", "WIDGET_ORIGINS")
    assert [name for name in own if f"INQUIRY_{name}" not in handed_on] == []


def test_compose_has_no_secret_with_a_working_default() -> None:
    text = (ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8")
    secrets = re.findall(
        r"\$\{(INQUIRY_SECRET_KEY|INQUIRY_RASA_ACTIONS_TOKEN|POSTGRES_PASSWORD)(.)", text
    )
    assert secrets
    assert {rest for _, rest in secrets} == {":"}
    assert ":?" in text
    assert not re.search(
        r"\$\{(INQUIRY_SECRET_KEY|INQUIRY_RASA_ACTIONS_TOKEN|POSTGRES_PASSWORD):-", text
    )
