"""Each setting is an environment variable, and the README's table has them all."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from app.settings import Settings

README = Path(__file__).parents[1] / "README.md"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_PORT", "9000")
    assert Settings().port == 9000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "x"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("CORS_ORIGINS", "news.example"),
        ("CORS_ORIGINS", "https://news.example/page"),
        ("CACHE_BYTES", "-1"),
        ("QUERY_SECONDS", "0"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "postgresql+asyncpg://user@host/name"),
        ("DATABASE_URL", "postgresql+psycopg://user@[::1/name"),
        ("DATABASE_URL", "sqlite://"),
        ("PROXIES", "10.0.0.1/8"),
        ("PROXIES", "proxy.example"),
        ("PROXIES", "*,10.0.0.1"),
    ],
)
def test_bad_settings_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"REPORTEDLY_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_the_readme_documents_each_setting_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    row = next(
        (
            line
            for line in README.read_text().splitlines()
            if f"`REPORTEDLY_{name.upper()}`" in line
        ),
        "",
    )
    assert str(field.default) in row


def test_the_compose_file_passes_all_settings_but_what_the_container_is_made_for() -> None:
    service = yaml.safe_load((README.parent / "compose.yaml").read_text())["services"]["reportedly"]

    names = [variable.partition("=")[0] for variable in service["environment"]]
    passed = {name.removeprefix("REPORTEDLY_").lower() for name in names}
    assert passed == Settings.model_fields.keys() - {"host", "port", "seeds"}
