"""A real SMTP server on loopback that does what a test tells it to: take, refuse, hang up, demand TLS or a log-in."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from finder.config import MailSettings

TO = "ada@example.org"


@dataclass
class Postbox:
    """What the server does at each step, and what it got. None: it hangs up, after DATA with the mail in its hands."""

    at_rcpt: str = "250 OK"
    at_data: str | None = "250 OK"
    at_mail: str = "250 OK"
    at_quit: str | None = "221 Bye"
    login: tuple[str, str] | None = None
    taken: list[Envelope] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """Every command, in order."""
    port: int = 0
    on_data: Callable[[], None] = lambda: None

    @property
    def bytes(self) -> list[bytes]:
        return [bytes(envelope.original_content or b"") for envelope in self.taken]

    def settings(self, **others: Any) -> MailSettings:
        """[mail] for this server."""
        told: dict[str, Any] = {"to": TO, "host": "127.0.0.1", "port": self.port, "security": "none"}
        return MailSettings(**(told | others))

    # ---------------------------------------------------------------------------------------- aiosmtpd's hooks
    async def handle_EHLO(
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, replies: list[str]
    ) -> list[str]:
        self.seen.append(f"EHLO {hostname}")
        session.host_name = hostname
        return replies

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: Any) -> str:
        self.seen.append(f"MAIL {address}")
        envelope.mail_from = address
        return self.at_mail

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: Any) -> str:
        self.seen.append(f"RCPT {address}")
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.seen.append("DATA")
        self.on_data()
        if self.at_data is None or self.at_data.startswith("250"):
            self.taken.append(kept(envelope))
        if self.at_data is None:
            server.transport.abort()
            return "421 too late to be read"
        return self.at_data

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:
        self.seen.append("QUIT")
        if self.at_quit is None:
            server.transport.abort()
        return self.at_quit or "221 too late to be read"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.seen.append(f"AUTH {mechanism}")
        return AuthResult(success=(data.login.decode(), data.password.decode()) == self.login, handled=False)


def kept(envelope: Envelope) -> Envelope:
    """The server clears its envelope after the transaction; keep what was in it."""
    copy = Envelope()
    copy.mail_from, copy.rcpt_tos = envelope.mail_from, list(envelope.rcpt_tos)
    copy.original_content = envelope.original_content
    return copy


class _Anywhere(Controller):
    """Listens at a port of the system's choice; the original then knocks at port 0."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def postbox(
    starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, **does: Any
) -> Iterator[Postbox]:
    """The server, listening. `starttls`: it offers that and takes no mail without; `tls`: from the first byte."""
    box = Postbox(**does)
    smtp: dict[str, Any] = {"tls_context": starttls, "require_starttls": starttls is not None}
    if box.login:
        smtp |= {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": starttls is not None}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="aiosmtpd")  # of its own set-up, and of log-ins without TLS
        controller = _Anywhere(box, hostname="127.0.0.1", port=0, ssl_context=tls, server_hostname="box", **smtp)
        controller.start()
        box.port = controller.port
        try:
            yield box
        finally:
            controller.stop()
