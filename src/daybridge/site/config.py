"""What a clinic may set: from the environment (DAYBRIDGE_...), or from a file.

The file is `daybridge.env` in the home folder, or the one that DAYBRIDGE_ENV_FILE names.
A bad value stops the start with one sentence each: which setting, what is wrong.
"""

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_THIS_MACHINE = ("localhost", "127.0.0.1")


def _default_home() -> Path:
    here = Path.cwd()
    if (here / "pyproject.toml").exists() and (here / "src" / "daybridge").exists():
        return here / "var"
    return Path.home() / ".local" / "share" / "daybridge"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be a time zone like America/New_York")
    return name


def _safe_address(url: str | None) -> str | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        return url
    raise ValueError("must begin with https://: telephone numbers travel to it")


def _split(value: object) -> object:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


class Config(BaseSettings):
    """Every setting of an installation, with its default."""

    model_config = SettingsConfigDict(env_prefix="DAYBRIDGE_", extra="ignore")

    home: Path = Field(default_factory=_default_home)
    kind: Literal["demo", "real"] = "demo"
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    database: str = Field(default="", pattern=r"^[a-z_][a-z0-9_]{0,40}$|^$")
    roles: str = Field(default="", pattern=r"^[a-z_][a-z0-9_]{0,40}$|^$")
    host: str = "localhost"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=64)
    pool: bool = False  # the web server turns it on; commands and the worker do without
    debug: bool = False
    allowed_hosts: Annotated[list[str], NoDecode, BeforeValidator(_split)] = []
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_tls: bool = True
    smtp_from: str = "noreply@example.org"
    text_url: Annotated[str | None, AfterValidator(_safe_address)] = None
    text_token: str | None = None
    text_sender: str = Field(default="", max_length=20)
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "America/New_York"

    def model_post_init(self, _context: object) -> None:
        """Fill what follows from other settings."""
        self.home = self.home.expanduser().resolve()
        if not self.database:
            self.database = "daybridge_demo" if self.kind == "demo" else "daybridge"
        self.roles = self.roles or self.database


def load_config() -> Config:
    """Return the settings, or stop with a sentence for each bad value."""
    named = os.environ.get("DAYBRIDGE_ENV_FILE")
    home = Path(os.environ.get("DAYBRIDGE_HOME") or _default_home())
    try:
        return Config(_env_file=named or home / "daybridge.env")  # type: ignore[call-arg]
    except ValidationError as error:
        raise SystemExit("\n".join(_sentences(error))) from None


def _sentences(error: ValidationError) -> list[str]:
    return [
        f"Setting DAYBRIDGE_{str(item['loc'][0]).upper()}: {item['msg'].lower()} "
        f"(it is {item['input']!r}). Change it in the environment or in daybridge.env."
        for item in error.errors()
    ]
