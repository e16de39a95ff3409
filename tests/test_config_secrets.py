"""No configuration file may hold a secret, whatever the key or address it hides in."""

from __future__ import annotations

from pathlib import Path

import pytest

from finder.config import Config, SourceSettings, describe, load
from finder.config.checks import a_clean_address, secret_key
from finder.errors import ConfigError

CANARY = "hunter2-canary"


def refusal(tmp_path: Path, text: str) -> ConfigError:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load({"HOME": str(tmp_path / "home"), "FINDER_DB": "/x.db"}, tmp_path)
    return caught.value


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f'[mail]\npassword = "{CANARY}"', "mail.password"),
        (f'[mail]\nsmtp_password = "{CANARY}"', "mail.smtp_password"),
        (f'[mail]\nPassword = "{CANARY}"', "mail.Password"),
        ("[mail]\npassword = 12345678", "mail.password"),
        (f'[fetch]\ntoken = "{CANARY}"', "fetch.token"),
        (f'token = "{CANARY}"', "token"),
        (f'[[source]]\nname = "x"\nadapter = "lever"\napi_key = "{CANARY}"', 'source "x".api_key'),
        (f'[[source]]\nname = "x"\nadapter = "lever"\ntoken = "{CANARY}"', 'source "x".token'),
        (f'[[source]]\nname = "x"\nadapter = "y"\nheaders = {{cookie = "{CANARY}"}}', 'source "x".headers.cookie'),
        (f'[[source]]\nname = "x"\nadapter = "y"\ndeep = [{{secret = "{CANARY}"}}]', 'source "x".deep[1].secret'),
        (f'[[source]]\nname = "x"\nadapter = "y"\ntoken = ["{CANARY}"]', 'source "x".token'),
    ],
)  # fmt: skip
def test_a_key_that_would_hold_a_secret_is_refused(tmp_path: Path, text: str, key: str) -> None:
    error = refusal(tmp_path, text)
    assert error.key == key
    assert "a secret is never written here" in error.problem
    assert "_env, _file or _keyring" in error.problem
    assert CANARY not in str(error)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'url = "https://me:{CANARY}@lists.example/a.json"', "holds a user name or password"),
        (f'url = "https://{CANARY}@lists.example/a.json"', "holds a user name or password"),
        (f'url = "HTTPS://me:{CANARY}@lists.example/a.json"', "holds a user name or password"),
        (f'url = "https://lists.example/a.json?api_key={CANARY}"', "holds a secret ('api_key=')"),
        (f'url = "https://lists.example/a.json?page=1&access_token={CANARY}"', "holds a secret ('access_token=')"),
        (f'url = "https://lists.example/a.json?apikey={CANARY}"', "holds a secret ('apikey=')"),
        (f'url = "https://lists.example/a.json?x;Token={CANARY}"', "holds a secret ('Token=')"),
        (f'lists = ["https://lists.example", "https://x:{CANARY}@lists.example"]', "holds a user name or password"),
        (f'url = "file:///etc/{CANARY}"', "must be an http or https address, not file"),
        (f'url = "ftp://lists.example/{CANARY}"', "must be an http or https address, not ftp"),
    ],
)
def test_an_address_that_carries_a_secret_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    error = refusal(tmp_path, f'[[source]]\nname = "x"\nadapter = "json_list"\n{text}\n')
    assert error.key.startswith('source "x".')
    assert error.problem.startswith(problem)
    assert CANARY not in str(error)


def test_an_address_is_refused_in_any_section(tmp_path: Path) -> None:
    error = refusal(tmp_path, f'[fetch]\ncontact = "https://me:{CANARY}@example.org"\n')
    assert error.key == "fetch.contact"
    assert CANARY not in str(error)


def test_a_name_that_is_an_address_with_a_password_does_not_show(tmp_path: Path) -> None:
    error = refusal(tmp_path, f'[[source]]\nname = "https://me:{CANARY}@lists.example"\nadapter = "y"\n')
    assert error.key == "source[1].name"
    assert CANARY not in str(error)


@pytest.mark.parametrize("key", ["password_env", "password_file", "password_keyring", "token_env", "token_file"])
def test_a_secret_in_the_place_of_a_name_does_not_show(tmp_path: Path, key: str) -> None:
    table = '[[source]]\nname = "x"\nadapter = "y"\n' if key.startswith("token") else "[mail]\n"
    for value in (f'"{CANARY}\\n"', f'["{CANARY}"]', "20061977"):
        error = refusal(tmp_path, f"{table}{key} = {value}\n")
        assert error.key.endswith(key)
        assert CANARY not in str(error)
        assert "20061977" not in str(error)


@pytest.mark.parametrize(
    "name",
    [
        "password", "PASSWORD", "smtp_password", "passwd", "pwd", "passphrase", "token", "auth_token", "access-token",
        "secret", "client_secret", "api_key", "apikey", "api-key", "access_key", "private_key", "credential",
        "credentials", "Authorization", "cookie", "x.token",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert secret_key(name)


@pytest.mark.parametrize(
    "name",
    [
        "password_env", "password_file", "password_keyring", "token_env", "token_file", "API_KEY_FILE", "name", "key",
        "keys", "board", "tokens", "tokenizer", "secretary", "authors", "keyword", "monkey", "url", "cookies_policy",
    ],
)  # fmt: skip
def test_names_that_are_none(name: str) -> None:
    assert not secret_key(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Summer 2027",
        "me@example.org",
        "mailto:me@example.org",
        "https://lists.example/a.json",
        "https://lists.example/@scope/a.json?gh_jid=12&page=2#token=fragment",
        "https://lists.example/path;api=1",
        "http://127.0.0.1:8080/",
        "://",
    ],
)
def test_addresses_and_texts_that_pass(text: str) -> None:
    assert a_clean_address(text) == ""


def test_describe_masks_what_came_another_way() -> None:
    told = Config(sources=(SourceSettings("x", "y", options={"token": CANARY, "board": "b"}),))
    rows = {key: value for key, value, _ in describe(told)}
    assert rows['source "x".token'] == "•••"
    assert rows['source "x".board'] == "b"
    assert CANARY not in str(rows)


def test_describe_shows_where_a_secret_is() -> None:
    rows = {key: value for key, value, _ in describe(Config())}
    assert rows["mail.password_env"] == ""
