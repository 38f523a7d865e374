"""A real mail server and a real provider of text messages, on this machine."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Provider:
    """What the provider got, and what it answers."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    status: int = 201
    answer: bytes = b'{"id": "text-1"}'
    hangs_up: bool = False
    has_got_one: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)


@contextmanager
def text_provider(*, at_once: bool = True) -> Iterator[Provider]:
    """Serve; with at_once=False it answers when the test says so."""
    provider = Provider()
    if at_once:
        provider.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            provider.got.append(
                {"path": self.path, "headers": dict(self.headers), "body": json.loads(body)}
            )
            provider.has_got_one.set()
            provider.may_answer.wait(10)
            if provider.hangs_up:
                self.connection.close()
                return
            self.send_response(provider.status)
            self.end_headers()
            self.wfile.write(provider.answer)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that goes away is what the tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}/send?v=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.may_answer.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class MailServer:
    """What the mail server got; it refuses receivers with these answers."""

    port: int = 0
    got: list[Any] = field(default_factory=list)
    refusal: str = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        """Take a receiver, or refuse."""
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Keep the mail."""
        self.got.append(envelope)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve SMTP."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        mails = MailServer(port=free.getsockname()[1])
    controller = Controller(mails, hostname="127.0.0.1", port=mails.port)
    controller.start()
    try:
        yield mails
    finally:
        controller.stop()
