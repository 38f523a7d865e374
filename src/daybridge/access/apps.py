"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may do what."""

    name = "daybridge.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
