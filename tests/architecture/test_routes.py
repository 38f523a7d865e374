"""Every address declares who may call it."""

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from daybridge.access.pages import Route


def patterns(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def test_every_route_declares_its_policy():
    undeclared = [
        address
        for address, entry in patterns(get_resolver())
        if not isinstance(getattr(entry.callback, "route", None), Route)
    ]
    assert undeclared == []


def test_an_open_route_says_why():
    silent = [
        address
        for address, entry in patterns(get_resolver())
        if entry.callback.route.can is None and not entry.callback.route.why_open
    ]
    assert silent == []
