"""The outermost app: hands the wiring to the gate."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Wires the parts together."""

    name = "daybridge.site"
    label = "site"

    def ready(self) -> None:
        """Tell the gate what follows from what."""
        from daybridge.access import gate, posting  # noqa: PLC0415 - apps must be loaded first
        from daybridge.clinic.messaging.channels import channel  # noqa: PLC0415
        from daybridge.clinic.messaging.rules import Via  # noqa: PLC0415
        from daybridge.site import wiring  # noqa: PLC0415

        gate.react_with(wiring.react)
        if channel(Via.TEXT) is not None:
            posting.carry_with("text", wiring.text)
