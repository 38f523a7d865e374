"""The ui app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Page frames, template tags, styles and small scripts; no models."""

    name = "daybridge.ui"
    label = "ui"
