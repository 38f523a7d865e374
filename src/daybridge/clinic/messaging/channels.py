"""How words leave the house: one small interface, e-mail and text messages behind it.

A channel answers with the provider's reference, or says which of three things happened:
not sent but may be tried again (`Later`), not sent and never will be (`Never`), or not known
(`Unsure`: the words had left when the answer failed to come). The receiver's number never
stands in an address, an error or a log.
"""

import json
import smtplib
import ssl
from contextlib import suppress
from email.utils import make_msgid
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

import phonenumbers
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from daybridge.clinic.messaging.rules import Via

SECONDS = 15
_OK, _REFUSED, _BROKEN = 200, 300, 500
_TRY_AGAIN = {429, 503}
_MOST_BYTES = 65536
_NAMES_OF_REFERENCE = ("id", "message_id", "sid", "reference")
_NO_SMTP = "django.core.mail.backends.dummy.EmailBackend"


class NotSent(Exception):
    """It did not go out; the words may be shown."""


class Later(NotSent):
    """It did not go out now; another try may help."""


class Never(NotSent):
    """It did not go out, and another try would not help."""


class Unsure(Exception):
    """Nobody knows whether it went out."""


class Channel(Protocol):
    """Something that carries words to a person."""

    def send(self, to: str, subject: str, body: str) -> str:
        """Send, and return the provider's reference."""
        ...


class Gone:
    """A channel that was taken out of the settings after the message was claimed."""

    def send(self, to: str, subject: str, body: str) -> str:
        """Send nothing, and say so."""
        raise Later("Its provider has just been taken out of the settings.")


class EmailChannel:
    """E-mail by the mail server of the settings."""

    def send(self, to: str, subject: str, body: str) -> str:
        """Hand the message to the mail server and return its Message-ID."""
        sender = settings.DEFAULT_FROM_EMAIL
        reference = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "localhost")
        connection = get_connection(timeout=SECONDS)
        message = EmailMessage(
            subject, body, sender, [to], connection=connection,
            headers={"Message-ID": reference},
        )
        try:
            connection.open()
        except (OSError, smtplib.SMTPException):
            raise Later("The mail server can't be reached, or refuses our login.") from None
        try:
            message.send()
        except smtplib.SMTPServerDisconnected:
            raise Unsure("The mail server hung up before it answered.") from None
        except smtplib.SMTPException as error:
            raise _smtp_refusal(error) from None
        except OSError:
            raise Unsure("The mail server did not answer in time.") from None
        except ValueError:
            raise Never("This is not an e-mail address.") from None
        finally:
            with suppress(smtplib.SMTPException):  # it has gone out, whatever the goodbye was like
                connection.close()
        return reference


def _smtp_refusal(error: smtplib.SMTPException) -> NotSent:
    codes = [code for code, _ in error.recipients.values()] if isinstance(
        error, smtplib.SMTPRecipientsRefused) else [getattr(error, "smtp_code", _BROKEN)]
    code = max(codes)
    kind = Never if code >= _BROKEN else Later
    return kind(f"The mail server refused it (answer {code}).")


class TextChannel:
    """Text messages by a provider that takes one JSON POST: {"from", "to", "text"}."""

    def __init__(self, url: str, token: str, sender: str) -> None:
        self._url: SplitResult = urlsplit(url)
        self._token, self._sender = token, sender

    def send(self, to: str, subject: str, body: str) -> str:
        """Hand the words to the provider; a text message has no subject."""
        content = json.dumps({"from": self._sender, "to": dialled(to), "text": body}).encode()
        connection = self._connection()
        try:
            try:
                connection.connect()
            except OSError:
                raise Later("The provider of text messages can't be reached.") from None
            try:
                status, answer = self._post(connection, content)
            except (OSError, HTTPException):
                raise Unsure("The provider of text messages did not answer.") from None
        finally:
            connection.close()
        return _reference(status, answer)

    def _connection(self) -> HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "http":
            return HTTPConnection(host, port, timeout=SECONDS)
        return HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())

    def _post(self, connection: HTTPConnection, content: bytes) -> tuple[int, bytes]:
        target = self._url._replace(scheme="", netloc="", fragment="").geturl() or "/"
        connection.request("POST", target, content, {
            "Authorization": f"Bearer {self._token}", "Content-Type": "application/json",
            "Accept": "application/json", "User-Agent": "daybridge",
        })
        response = connection.getresponse()
        return response.status, response.read(_MOST_BYTES)


def _reference(status: int, answer: bytes) -> str:
    if status in _TRY_AGAIN:
        raise Later(f"The provider asks to try again later (answer {status}).")
    if status >= _BROKEN:
        raise Unsure(f"The provider broke down while it had the message (answer {status}).")
    if not _OK <= status < _REFUSED:
        raise Never(f"The provider refused it (answer {status}).")
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    named = found if isinstance(found, dict) else {}
    return next((str(named[name]) for name in _NAMES_OF_REFERENCE if named.get(name)), "")


def dialled(number: str) -> str:
    """Return a number as providers want it (+1...); one we can't place goes as written."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        raise Never("This is not a telephone number.") from None
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return "".join(letter for letter in number if letter.isdecimal() or letter == "+")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def channel(via: Via) -> Channel | None:
    """Return the channel that is set up, or None: then nothing may look sent."""
    config = settings.DAYBRIDGE
    if via is Via.EMAIL:
        return None if settings.EMAIL_BACKEND == _NO_SMTP else EmailChannel()
    if config.text_url is None or config.text_token is None:
        return None
    return TextChannel(config.text_url, config.text_token, config.text_sender)
