"""Words to one address: a sign-in code or a link. Neutral: no name, no programme, no illness.

E-mail goes by the mail server. Another channel is plugged in by `carry_with` (site/apps.py).
Codes are handed on by a thread of their own, so that the answer to a known address takes no
longer than the answer to an unknown one.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.core.mail import send_mail

Carrier = Callable[[str, str], None]
_NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="posting")
_log = logging.getLogger(__name__)


class NotDelivered(Exception):
    """The words did not leave the house; the message may be shown."""


def _by_mail(to: str, words: str) -> None:
    try:
        send_mail("Your message", words, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError as error:
        raise NotDelivered("The mail server did not take the message.") from error


_carriers: dict[str, Carrier] = {"email": _by_mail}


def carry_with(channel: str, carrier: Carrier) -> None:
    """Plug in what carries words on a channel ("text"); it raises NotDelivered if it can't."""
    _carriers[channel] = carrier


def can_deliver(channel: str) -> bool:
    """Tell whether anything carries words on this channel."""
    if channel == "email":
        return bool(settings.EMAIL_BACKEND != _NO_MAIL)
    return channel in _carriers


def deliver_code(channel: str, to: str, words: str) -> None:
    """Hand the words on, or raise NotDelivered."""
    if not can_deliver(channel):
        raise NotDelivered("Nothing is set up that could send this.")
    _carriers[channel](to, words)


def deliver_later(channel: str, to: str, words: str) -> Future[None]:
    """Hand the words on while the page is already answered; a failure is logged, not shown."""
    return _threads.submit(_deliver_or_log, channel, to, words)


def _deliver_or_log(channel: str, to: str, words: str) -> None:
    try:
        deliver_code(channel, to, words)
    except NotDelivered:
        _log.exception("A sign-in message was not sent (%s).", channel)
