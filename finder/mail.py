"""One message out by SMTP. Decides nothing: what is in it, and whether it is due, was decided before.

SMTP cannot promise "once": a connection that breaks while the server's last reply is awaited leaves open whether the
mail was taken (RFC 5321 §4.5.4.2 has the sender keep it). So the built bytes are kept and sent again as they are: a
repeat carries the same Message-ID.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from finder.config import MailSettings
from finder.digest import Digest
from finder.errors import ConfigError, DeliveryError

TIMEOUT = 60.0
"""Seconds for each step of the conversation."""

HEADERS = (
    "From", "To", "Subject", "Date", "Message-ID", "List-ID", "Auto-Submitted", "Precedence", "MIME-Version",
    "Content-Type",
)  # fmt: skip


def build(digest: Digest, text: str, html: str, settings: MailSettings) -> EmailMessage:
    """The message of a digest, text part first. The same digest gives the same Message-ID.

    Raises ConfigError without a recipient, DeliveryError if the bytes, read back, do not have exactly our headers.
    """
    to = _address("mail.to", settings.to)
    sender = _address("mail.sender", settings.sender or settings.to)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"finder <{sender}>"
    message["To"] = to
    message["Subject"] = digest.headline
    message["Date"] = format_datetime(digest.at)
    message["Message-ID"] = _message_id(digest, to, text, sender)
    message["List-ID"] = "finder digest <digest.finder.localhost>"
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    _verify(message)
    return message


def _address(key: str, text: str) -> str:
    name, address = parseaddr(text)
    user, at, domain = address.rpartition("@")
    if not (user and at and domain) or name or any(c.isspace() or c in ',;<>"()' for c in address):
        raise ConfigError("config", key, f"{text!r} is not one mail address; set it in [mail]")
    return address


def _message_id(digest: Digest, to: str, text: str, sender: str) -> str:
    mark = hashlib.sha256("\0".join((digest.profile, digest.week, to, text)).encode("utf-8", "replace")).hexdigest()
    return f"<finder.{digest.week}.{mark[:24]}@{sender.rpartition('@')[2]}>"


def _verify(message: EmailMessage) -> None:
    """Scraped words that smuggle a line break into a header would show as a header too many, or a body too early."""
    again = message_from_bytes(message.as_bytes(), policy=policy.default)
    if sorted(again.keys()) != sorted(HEADERS) or not again.is_multipart():
        raise DeliveryError(f"the built mail has other headers than ours: {again.keys()}; it is not sent")


def send(data: bytes, settings: MailSettings, password: str) -> None:
    """Hand built bytes to the configured server. Raises DeliveryError unless the server has taken them for everyone."""
    if not settings.host:
        raise ConfigError("config", "mail.host", "no server is set; see [mail] in `finder config show`")
    try:
        with _connected(settings) as server:
            if settings.username:
                server.login(settings.username, password)
            refused = server.sendmail(settings.sender or settings.to, [settings.to], data)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"mail not delivered, kept: {settings.host}: {_cause(error)}") from error
    if refused:
        raise DeliveryError(f"mail not delivered, kept: {settings.host} refused {', '.join(refused)}")


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """A connection that is encrypted and verified, or plain to a server on this machine."""
    context = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    if settings.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _cause(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "user name or password not accepted; many providers ask for an app password"
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {said}"[:200]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "the recipient was refused"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate not trusted ({error.verify_message})"
    return f"{type(error).__name__}: {error}"[:200]
