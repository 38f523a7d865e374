"""How many statements a page sends, counted in this process."""

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daybridge.ops.bench.measure import Ask

COOKIE = "session"


def count(session: str, asks: Iterable[tuple[str, Ask]]) -> dict[str, int]:
    """Return the number of statements of each page, the identity's and savepoints included."""
    browser = Client()
    browser.cookies[COOKIE] = session
    found = {}
    for name, one in asks:
        browser.get(one.path)  # what a first request reads once is not counted
        with CaptureQueriesContext(connection) as caught:
            browser.get(one.path)
        found[name] = len(caught.captured_queries)
    return found
