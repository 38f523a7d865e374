"""The installation's own secrets: made once, kept in a file that only its owner reads."""

import contextlib
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet

FILE_NAME = "secrets.json"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys and passwords; `identity_key` is 32 bytes as hex, `field_key` a Fernet key."""

    django_secret_key: str
    identity_key: str
    field_key: str
    superuser_password: str
    owner_password: str
    app_password: str
    backup_password: str


def load_secrets(home: Path) -> Secrets:
    """Return the secrets of this home, made on first use; two starters get the same ones."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / FILE_NAME
    if not path.exists():
        _write_once(path)
    return Secrets(**json.loads(path.read_text()))


def _write_once(path: Path) -> None:
    fresh = Secrets(
        django_secret_key=secrets.token_urlsafe(48),
        identity_key=secrets.token_hex(32),
        field_key=Fernet.generate_key().decode(),
        superuser_password=secrets.token_urlsafe(24),
        owner_password=secrets.token_urlsafe(24),
        app_password=secrets.token_urlsafe(24),
        backup_password=secrets.token_urlsafe(24),
    )
    handle, draft = tempfile.mkstemp(dir=path.parent)  # made 0600
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(fresh), file)
    # a link fails when somebody else was first: then theirs counts
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()
