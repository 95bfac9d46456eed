"""Settings, from the environment (`REPORTEDLY_…`) or a `.env` file."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is one `REPORTEDLY_` variable; the README's table is tested against this class."""

    model_config = SettingsConfigDict(
        env_prefix="REPORTEDLY_", env_file=".env", extra="ignore", frozen=True
    )

    host: str = Field("127.0.0.1", description="Address to serve on")
    port: int = Field(8000, ge=1, le=65535, description="Port to serve on")
    database_url: str = Field(
        "sqlite:///reportedly.db",
        description="SQLAlchemy URL: `sqlite:///PATH` or `postgresql+psycopg://…`",
    )
    seeds: Path = Field(Path("seeds"), description="Folder that `reportedly seed` loads")
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        "info", description="Least severe message to log"
    )


@cache
def settings() -> Settings:
    """The process's settings, read once. Raises pydantic.ValidationError for a bad value."""
    return Settings()
