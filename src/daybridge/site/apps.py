"""The outermost app: hands the wiring to the gate."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Wires the parts together."""

    name = "daybridge.site"
    label = "site"

    def ready(self) -> None:
        """Tell the gate what follows from what."""
        from daybridge.access import gate  # noqa: PLC0415 - apps must be loaded first
        from daybridge.site import wiring  # noqa: PLC0415

        gate.react_with(wiring.react)
