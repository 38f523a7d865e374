"""Settings of a test run: its own home, its own database, cheap password hashes."""

import os
from pathlib import Path

os.environ.update(
    DAYBRIDGE_HOME=str(Path(__file__).parents[1] / "build" / "test-home"),
    DAYBRIDGE_KIND="demo",
    DAYBRIDGE_DATABASE=os.environ.get("DAYBRIDGE_TEST_DATABASE", "daybridge_test"),
    DAYBRIDGE_ROLES="daybridge_test",
    DAYBRIDGE_POOL="false",
    DAYBRIDGE_TIME_ZONE="America/New_York",
)
os.environ.pop("DATABASE_URL", None)

from daybridge.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
