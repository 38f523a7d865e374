"""What a search keeps of clients: encrypted, for it holds who is in which group."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings


def opened(content: bytes | memoryview) -> dict[str, Any]:
    """Return what `closed` has encrypted."""
    data: dict[str, Any] = json.loads(Fernet(settings.FIELD_KEY).decrypt(bytes(content)))
    return data


def closed(data: Mapping[str, Any]) -> bytes:
    """Return data as it is kept."""
    return Fernet(settings.FIELD_KEY).encrypt(json.dumps(data).encode())
