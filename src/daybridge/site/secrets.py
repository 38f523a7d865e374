"""Secrets (temporary)."""
import json, os, secrets as s
from types import SimpleNamespace


def load_secrets(home):
    home.mkdir(parents=True, exist_ok=True)
    p = home / "secrets.json"
    if not p.exists():
        from cryptography.fernet import Fernet
        d = {k: s.token_urlsafe(32) for k in ("django_secret_key", "superuser_password", "owner_password", "app_password", "backup_password")}
        d["identity_key"] = s.token_hex(32)
        d["field_key"] = Fernet.generate_key().decode()
        p.write_text(json.dumps(d)); p.chmod(0o600)
    return SimpleNamespace(**json.loads(p.read_text()))
