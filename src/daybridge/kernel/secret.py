"""Secrets of private addresses: what is drawn, and what alone is kept of it."""

import hashlib
import secrets

BYTES = 32


def drawn() -> str:
    """Return a new secret for an address: 32 random bytes as letters."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Return what is kept: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
