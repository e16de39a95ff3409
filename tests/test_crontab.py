"""Our block in the crontab: there once, gone without a trace, and a line that runs in cron's empty world."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder import crontab
from finder.cli.main import main
from finder.crontab import ALONE, BEGIN, END, JOINED, installed, with_block, without_block
from finder.errors import ConfigError

ENTRY = "17 * * * * cd / && FINDER_DB=/data/finder.db /opt/finder/bin/finder run --quiet"

CRONTAB = """#!/bin/sh
# A stand-in for crontab(1) that keeps one file.
file='{file}'
case "$1" in
  -l) [ -e "$file" ] || {{ echo "no crontab for ada" >&2; exit 1; }}; cat "$file" ;;
  -r) rm "$file" ;;
  -) cat > "$file" ;;
  *) exit 64 ;;
esac
"""


# ------------------------------------------------------------------------------------------------ the block
STRANGERS = (
    "",
    "0 5 * * * tar -zcf /var/backups/home.tgz /home/\n",
    "MAILTO=ada@example.org\n\n0 5 * * * true",
    "# finder: begin of my notes on finder\n0 5 * * * true # finder: end\n",
    f" {BEGIN}\n{END} \n",
    f"echo '{BEGIN}'; echo '{END}'\n",
    "0 5 * * * echo a\r\n# dos\r\n",
    "\n\n\n",
    "# r\x0bs\x0ct\x85u\u2028v\n",
    f"{END}\n0 5 * * * true\n",
    "# \udce9t\udce9, as another encoding has it\n",
)


@pytest.mark.parametrize("before", [None, *STRANGERS], ids=range(1 + len(STRANGERS)))
def test_there_once_and_gone_without_a_trace(before: str | None):
    once = with_block(before, ENTRY)
    assert once.startswith(before or "")
    assert once.endswith(f"\n{ENTRY}\n{END}\n")
    assert installed(once) == ENTRY
    assert with_block(once, ENTRY) == once
    assert without_block(once) == before
    assert without_block(before) == before
    assert installed(before) == ""


LINES = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["", "# finder: ", f"x {BEGIN}", f"{END}!", "0 5 * * * x"]))
)
CRONTABS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n", "\n\n", "\r\n"]))


@settings(max_examples=100)
@given(CRONTABS, CRONTABS)
def test_whatever_else_stands_there(before: str, below: str):
    ours = {BEGIN, JOINED, ALONE}
    if ours & {*before.split("\n"), *below.split("\n")}:
        return
    once = with_block(before, ENTRY)
    assert without_block(once) == before
    other = with_block(once, "0 1 * * * other")
    assert without_block(other) == before
    assert installed(other) == "0 1 * * * other"
    if any(below.split("\n")):
        left = without_block(once + below)
        assert left is not None
        assert [line for line in left.split("\n") if line] == [
            *filter(None, before.split("\n")),
            *filter(None, below.split("\n")),
        ]


def test_lines_written_below_us_stay_lines():
    assert without_block(with_block("a", ENTRY) + "b\n") == "a\nb\n"
    assert without_block(with_block(None, ENTRY) + "b\n") == "b\n"
    assert without_block("MAILTO=x\n" + with_block(None, ENTRY)) == "MAILTO=x\n"


def test_a_block_in_the_middle_is_renewed_where_it_stands():
    there = f"a\n{BEGIN}\nold line\n{END}\nb\n"
    assert with_block(there, ENTRY) == f"a\n{BEGIN}\n{ENTRY}\n{END}\nb\n"


def test_a_last_line_end_that_an_editor_took_is_given_back():
    assert without_block(with_block("a\n", ENTRY).removesuffix("\n")) == "a\n"


@pytest.mark.parametrize(
    ("there", "problem"),
    [
        (f"a\n{BEGIN}\n{ENTRY}\nb\n", "has lost its last line"),
        (f"{END}\n{BEGIN}\n{ENTRY}\n", "has lost its last line"),
        (f"{BEGIN}\nmine\n{JOINED}\n{ENTRY}\n{END}\n", "more than once"),
        (f"{BEGIN}\n{ENTRY}\n{END}\n" * 2, "more than once"),
    ],
)
def test_half_a_block_is_left_to_the_person(there: str, problem: str):
    for act in (without_block, installed, lambda text: with_block(text, ENTRY)):
        with pytest.raises(ConfigError, match=problem):
            act(there)


# ------------------------------------------------------------------------------------------------ the line
def as_cron_reads(line: str) -> str:
    """What cron hands to sh of a crontab line: without the times, cut at the first `%` that has no backslash before it;
    such a backslash is dropped, and one after a backslash escapes nothing."""
    command, escaped = "", False
    for letter in line.split(None, 5)[5]:
        if escaped and letter == "%":
            command, escaped = command[:-1] + "%", False
            continue
        if letter == "%":
            return command
        escaped = letter == "\\" and not escaped
        command += letter
    return command


def run_by_cron(line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", "-c", as_cron_reads(line)]
    return subprocess.run(command, env=environ, cwd="/", capture_output=True, text=True, check=False, timeout=60)


def teller(folder: Path) -> Path:
    """A stand-in for finder that tells where it is, what it was called with, and what its environment says."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "finder"
    script.write_text('#!/bin/sh\npwd\necho "$*"\nprintf "%s|" "$FINDER_DB" "$HTTPS_PROXY"\n')
    script.chmod(0o755)
    return script


ODD = (
    "plain",
    "with blank",
    "100%",
    "a%b%%c",
    "back\\slash",
    "a\\%b",
    "a\\\\%b",
    "it's",
    '"quoted"',
    "$HOME",
    "`id`",
    "é",
    "*",
    "~",
    "a;b",
    "a&b",
    "#x",
    "%",
)


@pytest.mark.parametrize("odd", ODD)
def test_the_line_survives_cron_and_the_shell(tmp_path: Path, odd: str):
    folder = tmp_path / odd
    told = {"FINDER_DB": str(folder / "finder.db"), "HTTPS_PROXY": f"http://proxy.example:3128/{odd}"}
    done = run_by_cron(crontab.line(teller(folder), folder, told))
    assert done.stderr == ""
    assert done.stdout == f"{folder}\nrun --quiet\n{told['FINDER_DB']}|{told['HTTPS_PROXY']}|"


@settings(max_examples=200)
@given(st.text(st.sampled_from("\\%'\" a")))
def test_any_mix_of_percent_quote_and_backslash(mix: str):
    line = crontab.line(Path("/x/finder"), Path("/"), {"A": mix})
    plain = f"cd / && A={crontab.shlex.quote(mix)} /x/finder run --quiet"
    assert as_cron_reads(line).replace("\\''%", "\\%") == plain


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "\x00", "\x1b[0m", "\udce9"])
def test_what_no_line_can_hold_is_refused(value: str):
    with pytest.raises(ConfigError, match="no crontab takes"):
        crontab.line(Path("/x/finder"), Path("/"), {"FINDER_DB": value})


def test_the_minute_is_the_installations_own():
    minutes = [int(crontab.line(Path(f"/home/u{n}/finder"), Path("/"), {}).split()[0]) for n in range(6000)]
    counts = [minutes.count(minute) for minute in range(60)]
    assert sum(counts) == 6000
    assert 60 < min(counts) <= max(counts) < 150
    assert crontab.line(Path("/a/finder"), Path("/"), {}) == crontab.line(Path("/a/finder"), Path("/"), {})


def test_variables_that_are_carried():
    environ = {"https_proxy": "http://p.example:3128", "NO_PROXY": "localhost", "SSL_CERT_FILE": "/ca.pem",
               "HTTP_PROXY": "", "PATH": "/bin", "SECRET": "x", "FINDER_NOW": "2026-08-22"}  # fmt: skip
    assert crontab.carried(environ) == {
        "https_proxy": "http://p.example:3128", "NO_PROXY": "localhost", "SSL_CERT_FILE": "/ca.pem",
    }  # fmt: skip


def test_a_password_is_never_carried():
    environ = {"HTTPS_PROXY": "http://ada:s3cret@p.example:3128", "HTTP_PROXY": "http://p.example:3128"}
    assert crontab.withheld(environ) == ["HTTPS_PROXY"]
    assert crontab.carried(environ) == {"HTTP_PROXY": "http://p.example:3128"}


def test_the_program_is_the_one_that_was_called_else_the_one_beside_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    called, beside = teller(tmp_path / "called"), teller(tmp_path / "venv")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "python"))
    assert crontab.program(str(called)) == called
    assert crontab.program("/x/finder/__main__.py") == beside
    monkeypatch.chdir(tmp_path)
    assert crontab.program("called/finder") == called
    beside.unlink()
    with pytest.raises(ConfigError, match="not where it should be"):
        crontab.program("pytest")


# ------------------------------------------------------------------------------------------------ the command
class Cron:
    """`finder schedule` beside a stand-in crontab."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self.bin = folder / "spool", folder / "bin"
        self.capsys, self.monkeypatch = capsys, monkeypatch
        self.program = teller(self.bin)
        self.stand_in(CRONTAB.format(file=self.file))
        monkeypatch.setattr(sys, "argv", [str(self.program)])
        monkeypatch.setenv("PATH", f"{self.bin}:/usr/bin:/bin")
        for name in (*crontab.CARRIED, "FINDER_CONFIG", "FINDER_PROFILE"):
            if name != "XDG_CONFIG_HOME":
                monkeypatch.delenv(name, raising=False)
        (folder / "cwd").mkdir()
        monkeypatch.chdir(folder / "cwd")

    def stand_in(self, script: str) -> None:
        path = self.bin / "crontab"
        path.write_text(script)
        path.chmod(0o755)

    def __call__(self, *argv: str) -> tuple[int, str, str]:
        code = main(["schedule", *argv])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    @property
    def bytes(self) -> bytes | None:
        return self.file.read_bytes() if self.file.exists() else None

    @property
    def line(self) -> str:
        return installed((self.bytes or b"").decode())

    @property
    def told(self) -> dict[str, str]:
        """The variables that the installed line carries."""
        return dict(re.findall(r"(\w+)=(\S+)", self.line))


@pytest.fixture
def cron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cron:
    return Cron(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("before", [None, b"", b"0 5 * * * true\n", b"0 5 * * * true", b"# caf\xe9\r\n\n", b"\n"])
def test_install_twice_is_one_block_and_remove_leaves_every_byte(cron: Cron, before: bytes | None):
    if before is not None:
        cron.file.write_bytes(before)
    code, out, _ = cron("install")
    assert code == 0
    assert out.startswith("installed: ")
    once = cron.bytes
    assert once is not None
    assert once.startswith(before or b"")
    assert cron("install")[:2] == (0, "nothing to change\n")
    assert cron.bytes == once
    assert once.count(b"run --quiet") == 1
    code, out, _ = cron("remove")
    assert (code, out.startswith("removed: ")) == (0, True)
    assert cron.bytes == before
    assert cron("remove")[:2] == (0, "nothing to change\n")
    assert cron.bytes == before


def test_show_tells_the_line_and_whether_it_is_there(cron: Cron):
    code, line, told = cron("show")
    assert (code, told) == (0, "not installed: finder schedule install\n")
    assert cron.bytes is None
    cron("install")
    assert cron.line == line.rstrip("\n")
    assert cron("show") == (0, line, "installed\n")
    cron.file.write_text(cron.file.read_text().replace("run --quiet", "run"))
    assert "as it was told before" in cron("show")[2]


def test_show_needs_no_cron(cron: Cron):
    (cron.bin / "crontab").unlink()
    cron.monkeypatch.setenv("PATH", str(cron.bin))
    code, line, told = cron("show")
    assert code == 0
    assert "run --quiet" in line
    assert "not on this machine" in told
    assert cron("install")[0] == cron("remove")[0] == 2


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("#!/bin/sh\necho 'You (ada) are not allowed to use this program (crontab)' >&2\nexit 1\n", "not allowed"),
        ("#!/bin/sh\nexit 3\n", "ended with 3"),
        ('#!/bin/sh\n[ "$1" = -l ] || { echo "disk full" >&2; exit 1; }\n', "disk full"),
        ("no program at all", "could not be run"),
    ],
)
def test_a_crontab_that_does_not_let_us(cron: Cron, script: str, words: str):
    cron.stand_in(script)
    code, _, told = cron("install")
    assert code == 2
    assert words in told


def test_busybox_says_it_otherwise(cron: Cron):
    script = CRONTAB.format(file=cron.file).replace(
        "no crontab for ada", "crontab: can't open 'ada': No such file or directory"
    )
    cron.stand_in(script)
    assert cron("install")[0] == cron("remove")[0] == 0
    assert cron.bytes is None


def test_the_line_carries_the_store_and_the_person(cron: Cron, tmp_path: Path):
    main(["schedule", "install", "--db", "../other.db", "--profile", "bob"])
    assert cron.told["FINDER_DB"] == str(tmp_path / "cwd" / ".." / "other.db")
    assert cron.told["FINDER_PROFILE"] == "bob"
    assert "FINDER_CONFIG" not in cron.told
    assert " cd / && " in cron.line


def test_the_line_carries_the_persons_configuration(cron: Cron, own_home: Path, tmp_path: Path):
    mine = own_home / "config" / "finder" / "config.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text('[profile]\nname = "ada"\n')
    cron("install")
    assert cron.told["FINDER_CONFIG"] == str(mine)
    assert cron.told["HOME"] == str(own_home)
    named = tmp_path / "named.toml"
    named.write_text('[profile]\nname = "bob"\n')
    cron("install", "--config", str(named))
    assert cron.told["FINDER_CONFIG"] == str(named)
    assert cron.told["FINDER_PROFILE"] == "bob"
    assert cron.file.read_text().count(BEGIN) == 1


def test_a_folders_configuration_is_run_in_its_folder(cron: Cron, tmp_path: Path):
    (tmp_path / "cwd" / "config.toml").write_text('[digest]\nday = "friday"\n')
    cron("install")
    assert f" cd {tmp_path}/cwd && " in cron.line
    assert "FINDER_CONFIG" not in cron.told
    cron("install", "--config", "config.toml")
    assert cron.told["FINDER_CONFIG"] == f"{tmp_path}/cwd/config.toml"


def test_secrets_stay_out_of_it_and_that_is_said(cron: Cron, own_home: Path, monkeypatch: pytest.MonkeyPatch):
    mine = own_home / "config" / "finder" / "config.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text('[mail]\nusername = "ada"\npassword_env = "MAILPASS"\n')
    monkeypatch.setenv("MAILPASS", "s3cret")
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:s3cret@proxy.example:3128")
    _, out, told = cron("install")
    assert "s3cret" not in out + told + cron.file.read_text()
    assert "HTTPS_PROXY holds a password" in told
    assert "cron does not know MAILPASS" in told
    assert "password_file" in told


def test_the_installed_line_runs_in_an_empty_world(cron: Cron, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/ca 100%.pem")
    cron("install")
    done = run_by_cron(cron.line)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == ["/", "run --quiet"]
    assert str(tmp_path / "finder.db") in done.stdout


def test_what_is_installed_is_what_is_shown(cron: Cron):
    shown = cron("show")[1].rstrip("\n")
    cron("install")
    assert cron.line == shown


def test_the_environment_of_crontab_speaks_english(cron: Cron, tmp_path: Path):
    cron.stand_in(f'#!/bin/sh\necho "$LC_ALL" > {tmp_path}/locale\necho "no crontab" >&2\nexit 1\n')
    cron("show")
    assert (tmp_path / "locale").read_text() == "C\n"


def test_every_proxy_variable_in_both_cases():
    assert {name.upper() for name in crontab.PROXIES} == {"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"}
    assert len(crontab.PROXIES) == 8
