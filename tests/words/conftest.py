"""The pages of visitors, clients and supporters, walked once for all that is asked of them."""

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.canaries import plant
from tests.words.walk import Pages, settle, walk


@pytest.fixture(scope="session")
def walked() -> dict[str, Pages]:
    """Remember the walk: its pages are only read."""
    return {}


@pytest.fixture
def pages(cast, monkeypatch, walked) -> dict[str, Pages]:
    """Return every page by language, as a clinic with real clients shows it."""
    if not walked:
        cache.clear()
        monkeypatch.setattr(settings.DAYBRIDGE, "kind", "real")
        ids = plant(cast)
        settle(cast)
        walked.update({language: walk(cast, ids, language) for language in ("en", "es")})
    return walked
