"""The message and its way to the server: headers that nothing scraped can reach, and what each answer means."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from _smtp import TO, Postbox, postbox
from making import NOW

from finder import mail
from finder.config import MailSettings
from finder.digest import Collected, Digest, Section
from finder.errors import ConfigError, DeliveryError
from finder.mail import HEADERS, LONGEST_LINE, Mail, Rejected, Route, build, route, send

LETTER = b"Subject: 1 ready\r\nMessage-ID: <a@b.example>\r\n\r\nHello\r\n.\r\n..two\r\n"


def settings(**others: object) -> MailSettings:
    return MailSettings(**({"to": TO, "host": "smtp.example.org"} | others))


def way(**others: object) -> Route:
    return route(settings(**others), {})


def letter(**changes: object) -> Digest:
    made = Digest(
        profile="me", week="2026-W34", at=NOW, since=None, sections=(), still_open=0, collected=Collected(NOW)
    )
    return replace(made, **changes)


def built(digest: Digest | None = None, text: str = "Hello\n", html: str = "<p>Hello</p>\n", **others: object) -> Mail:
    return build(digest or letter(), text, html, way(**others))


def parsed(made: Mail) -> EmailMessage:
    read = message_from_bytes(made.data, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def bodies(made: Mail) -> list[str]:
    return [part.get_content().replace("\r\n", "\n") for part in parsed(made).iter_parts()]


# ------------------------------------------------------------------------------------------------ the message
def test_the_headers():
    read = parsed(built())
    assert tuple(read.keys()) == HEADERS
    assert read["From"] == "finder <ada@example.org>"
    assert read["To"] == "ada@example.org"
    assert read["Subject"] == "Nothing new (week 34)"
    assert read["Date"].datetime == NOW
    assert read["List-ID"] == "finder digest <digest.finder.localhost>"
    assert read["List-Unsubscribe"] == "<mailto:ada@example.org?subject=finder%20stop>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Precedence"] == "bulk"
    assert read["Message-ID"].startswith("<finder.2026-W34.")
    assert read["Message-ID"].endswith("@example.org>")


def test_text_first_then_html():
    made = built(text="Grüße 👋\n.\nFrom here\n", html="<p>Grüße — 機械</p>\n")
    read = parsed(made)
    assert read.get_content_type() == "multipart/alternative"
    plain, rich = read.iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    assert bodies(made) == ["Grüße 👋\n.\nFrom here\n", "<p>Grüße — 機械</p>\n"]
    assert plain.get_content_charset() == rich.get_content_charset() == "utf-8"


def test_the_same_digest_gives_the_same_bytes():
    assert built() == built()


@pytest.mark.parametrize(
    ("digest", "text", "others"),
    [
        (letter(week="2026-W35"), "Hello\n", {}),
        (letter(profile="bob"), "Hello\n", {}),
        (letter(), "Hallo\n", {}),
        (letter(), "Hello\n", {"to": "bob@example.org"}),
    ],
)
def test_another_digest_has_another_message_id(digest: Digest, text: str, others: dict[str, str]):
    assert built(digest, text, **others).message_id != built().message_id


def test_what_is_kept_beside_the_bytes_is_what_is_in_them():
    made = built()
    assert parsed(made)["Message-ID"] == made.message_id
    assert parsed(made)["Subject"] == made.subject


def test_the_date_is_that_of_the_digest():
    winter = datetime(2027, 1, 1, 23, 59, 58, tzinfo=UTC)
    assert b"Date: Fri, 01 Jan 2027 23:59:58 +0000\r\n" in built(letter(at=winter)).data


def test_bytes_that_every_server_takes():
    data = built(text="x" * 5000 + "\n" + ".\n" * 3 + "ä" * 3000, html="<p>" + "y" * 20_000 + "</p>").data
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 78 < LONGEST_LINE
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert data.isascii()
    body = data.partition(b"\r\n\r\n")[2]
    assert all(len(line) <= 76 for line in body.split(b"\r\n"))


def test_a_lone_surrogate_costs_itself_and_not_the_mail():
    assert bodies(built(text="before \ud800 after\n", html="<p>\udfff</p>")) == ["before ? after\n", "<p>?</p>\n"]


PAYLOADS = [
    head + between + tail
    for head in ("", "ML intern ")
    for between in (
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "\x00",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x85",
        "\u2028",
        "\u2029",
        "\t\r\n ",
        "\ud800",
        "=?utf-8?q?=0D=0A=0D=0A?=",
        "=?utf-8?q?hi=0ABcc:_evil=40evil.example?=",
        "=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
        "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0A=3F=3D?=",
        "==??utf-8?q?=0A?=",
        "=?us-ascii?q?=0D?= =?us-ascii?q?=0A?=",
        "=?",
        "=\x00?utf-8?q?=0D=0AX:_y?=",
        "=\u200b?utf-8?q?=0A?=",
    )
    for tail in ("Bcc: evil@evil.example", "<h1>phish</h1>", "X-Evil: 1\r\n\r\nbody", ", evil@evil.example", "")
]


@pytest.mark.parametrize("words", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_word_makes_a_header_or_a_body(words: str):
    digest = letter(sections=(Section(words, (object(),), 1),))  # type: ignore[arg-type]
    # a name that the configuration would not let through either
    named = Address(mail._plain(words), "ada", "example.org")
    evil = replace(way(), sender=named, to=named)
    made = build(digest, "Hello\n", "<p>Hello</p>\n", evil)
    read = parsed(made)
    assert tuple(read.keys()) == HEADERS
    assert bodies(made) == ["Hello\n", "<p>Hello</p>\n"]
    for header in ("From", "To"):
        (address,) = read[header].addresses
        assert address.addr_spec == TO
    assert "\n" not in read["Subject"]


def test_a_message_that_reads_back_otherwise_is_not_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mail, "HEADERS", (*HEADERS, "X-More"))
    with pytest.raises(DeliveryError, match="does not read back"):
        built()


def test_long_addresses_stay_whole():
    long = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example"
    read = parsed(built(to=long))
    assert read["To"].addresses[0].addr_spec == long
    assert read["List-Unsubscribe"] == f"<mailto:{long}?subject=finder%20stop>"
    assert b"=?" not in built(to=long).data.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    ("told", "spec", "name"),
    [
        ("ada@example.org", "ada@example.org", "finder"),
        ("Ada Byron <ada@example.org>", "ada@example.org", "Ada Byron"),
        ("Ada Müller <ada@example.org>", "ada@example.org", "Ada Müller"),
        ("ada+list@bücher.example", "ada+list@xn--bcher-kva.example", "finder"),
        ('"Ada" <ada@example.org>', "ada@example.org", "Ada"),
        ("o'neil_x-1@mail.example.org", "o'neil_x-1@mail.example.org", "finder"),
    ],
)
def test_senders(told: str, spec: str, name: str):
    read = parsed(built(sender=told))
    assert [(one.addr_spec, one.display_name) for one in read["From"].addresses] == [(spec, name)]
    assert read["Message-ID"].endswith(spec.partition("@")[2] + ">")
    assert read["List-Unsubscribe"].startswith(f"<mailto:{spec.replace('+', '%2B').replace(chr(39), '%27')}?")


# ------------------------------------------------------------------------------------------------ what is set
@pytest.mark.parametrize(
    ("others", "key"),
    [
        ({"host": ""}, "mail.host"),
        ({"to": ""}, "mail.to"),
        ({"host": "smtp..example.org"}, "mail.host"),
        ({"to": "nobody"}, "mail.to"),
        ({"to": "a@b.example, c@d.example"}, "mail.to"),
        ({"to": "a@b.example,evil@evil.example"}, "mail.to"),
        ({"to": "a@b.example\r\nBcc: c@d.example"}, "mail.to"),
        ({"to": "ädä@example.org"}, "mail.to"),
        ({"to": '"a b"@example.org'}, "mail.to"),
        ({"to": "a@-x.example"}, "mail.to"),
        ({"to": "a..b@example.org"}, "mail.to"),
        ({"to": "a" * 65 + "@example.org"}, "mail.to"),
        ({"to": "a@example.org>"}, "mail.to"),
        ({"to": "<a@example.org> SIZE=1"}, "mail.to"),
        ({"sender": "x@y@z.example"}, "mail.sender"),
    ],
)
def test_settings_that_cannot_work_are_named(others: dict[str, str], key: str):
    with pytest.raises(ConfigError) as caught:
        way(**others)
    assert caught.value.key == key
    assert caught.value.exit_code == 2


def test_what_to_set_is_told():
    with pytest.raises(ConfigError, match=r"write \[mail\] with host = .* and to = "):
        way(host="")


def test_a_user_name_needs_a_password():
    with pytest.raises(ConfigError, match="MAILPASS"):
        route(settings(username="ada", password_env="MAILPASS"), {})
    assert route(settings(username="ada", password_env="MAILPASS"), {"MAILPASS": "s3cret"}).password == "s3cret"


def test_a_password_beyond_ascii_is_refused_without_being_shown():
    with pytest.raises(ConfigError, match="plain ASCII") as caught:
        route(settings(username="ada", password_env="MAILPASS"), {"MAILPASS": "gehéim"})
    assert "gehéim" not in str(caught.value)


# ------------------------------------------------------------------------------------------------ sending
def hand(box: Postbox, data: bytes = LETTER, **others: object) -> None:
    send(data, route(box.settings(**others), {"MAILPASS": "s3cret"}))


def test_the_server_gets_the_bytes_as_they_are():
    with postbox() as box:
        hand(box, sender="Finder <finder@example.net>")
    assert box.bytes == [LETTER]
    assert (box.taken[0].mail_from, box.taken[0].rcpt_tos) == ("finder@example.net", [TO])


def test_a_built_mail_arrives_whole():
    made = built(text=".\n..\nFrom me\n")
    with postbox() as box:
        hand(box, made.data)
    assert box.bytes == [made.data]


def test_the_name_of_the_machine_is_not_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "adas-laptop.home.example")
    with postbox() as box:
        hand(box)
    assert box.seen[0] == "EHLO [127.0.0.1]"
    assert box.seen[-1] == "QUIT"


@pytest.mark.parametrize("good_bye", ["500 what?", None])
def test_taken_is_taken_however_the_good_bye_goes(good_bye: str | None):
    with postbox(at_quit=good_bye) as box:
        hand(box)
    assert len(box.taken) == 1


@pytest.mark.parametrize(
    ("does", "final", "words"),
    [
        ({"at_rcpt": "550 5.1.1 no such user"}, True, "recipient refused: 550 5.1.1 no such user"),
        ({"at_rcpt": "451 4.7.1 greylisted"}, False, "recipient refused: 451"),
        ({"at_data": "451 try later"}, False, "451 try later"),
        ({"at_data": "452 full"}, False, "452 full"),
        ({"at_data": "550 we do not like it"}, True, "550 we do not like it"),
        ({"at_data": "552 too big"}, True, "552 too big"),
        ({"at_mail": "550 not from you"}, False, "550 not from you"),
        ({"at_mail": "421 busy"}, False, "421 busy"),
    ],
)
def test_refusals(does: dict[str, str], final: bool, words: str):
    with postbox(**does) as box, pytest.raises(DeliveryError) as caught:
        hand(box)
    assert isinstance(caught.value, Rejected) == final
    assert caught.value.exit_code == 6
    assert str(caught.value).startswith(f"127.0.0.1: {words}")
    assert box.taken == []


def test_a_drop_after_the_data_leaves_open_whether_it_was_taken():
    with postbox(at_data=None) as box, pytest.raises(DeliveryError, match="if the mail was taken") as caught:
        hand(box)
    assert not isinstance(caught.value, Rejected)
    assert box.bytes == [LETTER]


def test_what_a_server_says_cannot_reach_the_terminal():
    with postbox(at_data="550 \x1b[31mred " + "x" * 400) as box, pytest.raises(DeliveryError) as caught:
        hand(box)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_nobody_listens():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(DeliveryError, match=r"^127\.0\.0\.1: Connection refused$"):
            hand(Postbox(port=unused.getsockname()[1]))


@contextmanager
def raw(*said: bytes) -> Iterator[Postbox]:
    """A server that says this, one piece for each connection, and hangs up."""

    def answer() -> None:
        for piece in said:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(piece)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        yield Postbox(port=listener.getsockname()[1])
        thread.join()


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"554 go away\r\n", b"\xff\xfe" * 99, b"2" * 9000]
)
def test_what_is_no_mail_server_is_a_failure_and_no_more(said: bytes):
    with raw(said) as box, pytest.raises(DeliveryError) as caught:
        hand(box)
    assert not isinstance(caught.value, Rejected)


# ------------------------------------------------------------------------------------------------ log-in
def test_a_log_in():
    with postbox(login=("ada", "s3cret")) as box:
        hand(box, username="ada", password_env="MAILPASS")
    assert len(box.taken) == 1
    assert any(command.startswith("AUTH") for command in box.seen)


def test_a_refused_log_in_hints_at_app_passwords_and_tells_no_password():
    with postbox(login=("ada", "other")) as box, pytest.raises(DeliveryError, match="app password") as caught:
        hand(box, username="ada", password_env="MAILPASS")
    assert "s3cret" not in repr(caught.value)
    assert not isinstance(caught.value, Rejected)
    assert not any(command.startswith("MAIL") for command in box.seen)


def test_a_server_that_knows_no_log_in():
    with postbox() as box, pytest.raises(DeliveryError, match="AUTH"):
        hand(box, username="ada", password_env="MAILPASS")
    assert box.taken == []


# ------------------------------------------------------------------------------------------------ TLS
@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Our authority stands in the place of the system's, by the variable that OpenSSL reads."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def serving(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


def test_starttls_before_log_in_and_mail(trusted: trustme.CA):
    with postbox(starttls=serving(trusted, "127.0.0.1"), login=("ada", "s3cret")) as box:
        hand(box, security="starttls", username="ada", password_env="MAILPASS")
    assert box.bytes == [LETTER]
    assert [word for command in box.seen if (word := command.split()[0]) != "EHLO"] == [
        "AUTH",
        "MAIL",
        "RCPT",
        "DATA",
        "QUIT",
    ]


def test_tls_from_the_first_byte(trusted: trustme.CA):
    with postbox(tls=serving(trusted, "127.0.0.1")) as box:
        hand(box, security="tls")
    assert box.bytes == [LETTER]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_nobody_is_not_trusted(authority: trustme.CA, security: str):
    context = serving(authority, "127.0.0.1")
    with postbox(**{security: context}) as box, pytest.raises(DeliveryError, match="certificate is not trusted"):
        hand(box, security=security, username="ada", password_env="MAILPASS")
    assert box.taken == []
    assert not any(command.startswith(("AUTH", "MAIL")) for command in box.seen)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_host_is_not_trusted(trusted: trustme.CA, security: str):
    context = serving(trusted, "smtp.example.org")
    with postbox(**{security: context}) as box, pytest.raises(DeliveryError, match="certificate is not trusted"):
        hand(box, security=security)
    assert box.taken == []


def test_without_starttls_nothing_is_said():
    with postbox() as box, pytest.raises(DeliveryError, match="STARTTLS"):
        hand(box, security="starttls", username="ada", password_env="MAILPASS")
    assert [command.split()[0] for command in box.seen] == ["EHLO"]


def test_plain_text_where_tls_was_due(trusted: trustme.CA):
    with raw(b"220 hello\r\n") as box, pytest.raises(DeliveryError):
        hand(box, security="tls")
