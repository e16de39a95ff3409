"""One message out by SMTP. Decides nothing: what is in it, and whether it is due, was decided before.

SMTP cannot promise "once": a connection that breaks while the server's last reply is awaited leaves open whether the
mail was taken (RFC 5321 §4.5.4.2 has the sender keep it). So the built bytes are kept and sent again as they are: a
repeat carries the same Message-ID.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from finder.clean import line
from finder.config import MailSettings, Secret, secret
from finder.digest import Digest
from finder.errors import ConfigError, DeliveryError

TIMEOUT = 60.0
"""Seconds for each step of the conversation before the mail itself."""
TAKING = 600.0
"""Seconds for the server to take the mail: RFC 5321 §4.5.3.2.6. Who gives up earlier repeats what was taken."""

HEADERS = (
    "From", "To", "Subject", "Date", "Message-ID", "List-ID", "List-Unsubscribe", "Auto-Submitted", "Precedence",
    "MIME-Version", "Content-Type",
)  # fmt: skip
"""Exactly these, in this order."""

LONGEST_LINE = 998
"""Bytes without CRLF: RFC 5322 §2.1.1."""

GREETING = "[127.0.0.1]"
"""What we call ourselves to the server: it has the address anyway, and the machine's name is nobody's business."""

_BODIES = policy.SMTP.clone(max_line_length=76)
"""76: the limit of quoted-printable (RFC 2045 §6.7), which the library takes from here."""
_HEADERS = policy.SMTP.clone(max_line_length=LONGEST_LINE)
"""Ours are short; folding would break a long address of List-Unsubscribe by encoding it."""

_MAILBOX = re.compile(r"([^<>]*)<([^<>]*)>|([^<>]*)")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9-]{1,63})*")


class Rejected(DeliveryError):
    """The server will not take this mail at any time: a 5xx reply to its recipient or its content."""


@dataclass(frozen=True, slots=True)
class Route:
    """From whom, to whom and how mail goes: all of [mail], checked, so that nothing is built for nowhere."""

    server: MailSettings
    to: Address
    sender: Address
    password: Secret


@dataclass(frozen=True, slots=True)
class Mail:
    """A built message: the bytes that go out at every attempt."""

    message_id: str
    subject: str
    data: bytes


def route(settings: MailSettings, environ: Mapping[str, str]) -> Route:
    """[mail] as something that can be sent by. Raises ConfigError for what is missing or cannot work."""
    if not settings.host:
        raise _unset("host", "no server is set to send by")
    if not settings.to:
        raise _unset("to", "nobody is set to send to")
    try:
        settings.host.encode("idna")
    except UnicodeError as error:
        raise _unset("host", f"{settings.host!r} is not the name of a server") from error
    words = secret(
        settings.password_env,
        settings.password_file,
        settings.password_keyring,
        environ,
        required=bool(settings.username),
    )
    if not (settings.username + words).isascii():
        raise _unset("username", "user name and password must be plain ASCII: SMTP logins here know no other letters")
    to = _address("to", settings.to)
    return Route(settings, to, _address("sender", settings.sender or to.addr_spec), words)


def _unset(key: str, problem: str) -> ConfigError:
    cure = 'write [mail] with host = "smtp.example.org" and to = "you@example.org" into the file that'
    return ConfigError("configuration", f"mail.{key}", f"{problem}; {cure} `finder config path` names as yours")


def _address(key: str, told: str) -> Address:
    """One mailbox, its domain as DNS writes it. Quoted and international local parts are not spoken here."""
    found = _MAILBOX.fullmatch(told.strip())
    name, inner, bare = found.groups("") if found else ("", "", "")
    user, _, domain = (inner or bare).rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    if not _LOCAL.fullmatch(user) or len(user) > 64 or not _DOMAIN.fullmatch(domain):
        raise ConfigError("configuration", f"mail.{key}", f"{told!r} is not an address that mail can go to")
    return Address(_plain(name.strip(' "')), user, domain)


def _plain(text: str) -> str:
    """Text for a header: one line without controls, and nothing that a reader would decode (RFC 2047) into more."""
    return line(text).replace("=?", "= ?")


# ------------------------------------------------------------------------------------------------ building
def build(digest: Digest, text: str, html: str, way: Route) -> Mail:
    """The message of a digest, text part first. The same digest gives the same bytes, Message-ID and Date included.

    Raises DeliveryError if the bytes, read back, do not have exactly our headers and bodies.
    """
    seed = "\0".join((digest.profile, digest.week, way.to.addr_spec, text))
    mark = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:24]
    message = EmailMessage(policy=_BODIES)
    for header, value in _headers(digest, way, mark):
        message[header] = value
    message.set_content(_speakable(text), cte="quoted-printable")
    message.add_alternative(_speakable(html), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mark}")  # quoted-printable never holds "=_"; the library's own is random
    data = message.as_bytes(policy=_HEADERS)
    _verify(data, text, html)
    return Mail(str(message["Message-ID"]), str(message["Subject"]), data)


def _headers(digest: Digest, way: Route, mark: str) -> Iterator[tuple[str, str | Address]]:
    sender = way.sender
    yield "From", Address(sender.display_name or "finder", sender.username, sender.domain)
    yield "To", way.to
    yield "Subject", _plain(digest.headline)
    yield "Date", format_datetime(digest.at)
    yield "Message-ID", f"<finder.{digest.week}.{mark}@{sender.domain}>"
    yield "List-ID", "finder digest <digest.finder.localhost>"
    yield "List-Unsubscribe", f"<mailto:{quote(sender.addr_spec, safe='@')}?subject=finder%20stop>"
    yield "Auto-Submitted", "auto-generated"
    yield "Precedence", "bulk"


def _speakable(text: str) -> str:
    """Lone surrogates have no bytes; one of them must not cost the whole mail."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _verify(data: bytes, text: str, html: str) -> None:
    """Read back, the bytes are what was meant: our headers, two bodies, lines that every server takes."""
    again = message_from_bytes(data, policy=policy.default)
    bodies = [part.get_content() for part in again.iter_parts()]
    lines = data.split(b"\r\n")
    well = (
        tuple(again.keys()) == HEADERS
        and [part.get_content_type() for part in again.iter_parts()] == ["text/plain", "text/html"]
        and [body.split() for body in bodies] == [_speakable(part).split() for part in (text, html)]
        and not any(len(one) > LONGEST_LINE or b"\n" in one or b"\r" in one for one in lines)
    )
    if not well:
        raise DeliveryError(f"the built mail does not read back as it was meant ({again.keys()}); it is not sent")


# ------------------------------------------------------------------------------------------------ sending
def send(data: bytes, way: Route) -> None:
    """Hand built bytes to the server. Raises DeliveryError unless it has taken them, Rejected if it never will."""
    host = way.server.host
    try:
        with closing(_connected(way.server)) as server:
            if way.server.username:
                server.login(way.server.username, way.password)
            if server.sock:
                server.sock.settimeout(TAKING)
            server.sendmail(way.sender.addr_spec, [way.to.addr_spec], data)
            with suppress(smtplib.SMTPException, OSError):  # taken is taken, however the good-bye goes
                server.quit()
    except (smtplib.SMTPException, OSError) as error:
        kind = Rejected if _is_final(error) else DeliveryError
        raise kind(f"{host}: {_cause(error)}") from error


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """A connection that is encrypted and verified, or plain to a server on this machine (the configuration sees to it).

    Without a context of our own smtplib would not verify certificates.
    """
    context = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, GREETING, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(settings.host, settings.port, GREETING, timeout=TIMEOUT)
    if settings.security == "starttls":
        with _closed_on_failure(server):
            server.starttls(context=context)
    return server


@contextmanager
def _closed_on_failure(server: smtplib.SMTP) -> Iterator[None]:
    try:
        yield
    except BaseException:
        server.close()
        raise


def _is_final(error: Exception) -> bool:
    """What is said of this mail, not of us: a log-in or a sender that is refused is a matter of configuration."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _cause(error: Exception) -> str:
    """In words for the person. What the server said to a log-in is left out: it may repeat what was sent."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return "user name or password not accepted; many providers ask for an app password"
        case smtplib.SMTPRecipientsRefused():
            return "recipient refused: " + "; ".join(_reply(code, said) for code, said in error.recipients.values())
        case smtplib.SMTPResponseException():
            return _reply(error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected():
            return "the connection was lost; if the mail was taken none the less, it comes once more as it is"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({error.verify_message})"
        case OSError(strerror=str() as words):
            return line(words, 200)
    return line(str(error) or type(error).__name__, 200)


def _reply(code: int, said: bytes | str) -> str:
    return line(f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}", 200)
