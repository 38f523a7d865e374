"""What a clinic may set, and what stops the start."""

import pytest

from daybridge.site.config import load_config


@pytest.mark.parametrize("url", ["http://texts.example/send", "texts.example", "ftp://texts.example"])
def test_numbers_never_travel_in_the_open(monkeypatch, url):
    monkeypatch.setenv("DAYBRIDGE_TEXT_URL", url)
    with pytest.raises(SystemExit, match=r"DAYBRIDGE_TEXT_URL: .*must begin with https"):
        load_config()


@pytest.mark.parametrize(("url", "kept"), [
    ("https://texts.example/send", "https://texts.example/send"),
    ("http://127.0.0.1:9000/", "http://127.0.0.1:9000/"), ("", None),
])
def test_a_provider_is_set_or_not(monkeypatch, url, kept):
    monkeypatch.setenv("DAYBRIDGE_TEXT_URL", url)
    assert load_config().text_url == kept
