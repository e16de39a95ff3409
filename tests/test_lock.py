"""One refresh at a time, and a lock that nobody has to clean up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from finder import lock
from finder.errors import Busy, StoreError
from finder.lock import locked

ROOT = Path(__file__).parents[1]
HOLDER = """
import sys
from pathlib import Path
from finder.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(store: Path) -> subprocess.Popen[str]:
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store)], stdin=-1, stdout=-1, text=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "finder.db"


def free(store: Path) -> bool:
    try:
        with locked(store):
            return True
    except Busy:
        return False


def test_who_comes_second_is_told_at_once(store):
    with locked(store):
        told = f"another refresh of {store} is running; nothing was done"
        with pytest.raises(Busy, match=told) as caught, locked(store):
            pytest.fail("both hold it")
        assert caught.value.exit_code == 75
    assert free(store)


def test_an_error_inside_frees_it_and_passes(store):
    with pytest.raises(BlockingIOError, match="ours"), locked(store):
        raise BlockingIOError("ours")
    assert free(store)


@pytest.mark.parametrize("end", ["kill", "terminate", "close"])
def test_another_process_holds_it_until_it_ends_however_it_ends(end, store):
    with holder(store) as process:
        assert not free(store)
        if end == "close":
            assert process.stdin is not None
            process.stdin.close()
        else:
            getattr(process, end)()
        process.wait(10)
    assert free(store)


def test_a_program_that_is_started_meanwhile_does_not_keep_it(store):
    command = [sys.executable, "-c", "input('up')"]
    with locked(store):
        child = subprocess.Popen(command, stdin=-1, stdout=-1, text=True, close_fds=False)
        assert child.stdout is not None
        assert child.stdout.read(2) == "up"
    try:
        assert free(store)
    finally:
        child.communicate("\n", timeout=10)


def test_another_store_has_another_lock(store, tmp_path):
    with locked(store):
        assert free(tmp_path / "other.db")


def test_one_store_has_one_lock_by_any_name(store, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.db"
    link.symlink_to(store)
    monkeypatch.chdir(tmp_path)
    with locked(store):
        assert not free(link)
        assert not free(Path("finder.db"))
        assert not free(Path("folder/../finder.db"))


def test_the_folder_is_made_for_its_owner_alone(tmp_path):
    store = tmp_path / "data" / "finder.db"
    with locked(store):
        assert [path.name for path in store.parent.iterdir()] == ["finder.db.lock"]
        assert store.parent.stat().st_mode & 0o777 == 0o700
        assert (store.parent / "finder.db.lock").stat().st_mode & 0o777 == 0o600


def test_what_a_lock_file_says_does_not_matter(store):
    store.with_name("finder.db.lock").write_text("4711")
    assert free(store)
    assert store.with_name("finder.db.lock").read_text() == "4711"


def test_where_no_lock_can_be_made_the_way_out_is_named(store, tmp_path):
    store.with_name("finder.db.lock").mkdir()
    told = r"finder\.db\.lock: Is a directory; choose another place with FINDER_DB"
    with pytest.raises(StoreError, match=told), locked(store):
        pytest.fail("held")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="choose another place"), locked(tmp_path / "file" / "finder.db"):
        pytest.fail("held")


def test_a_file_system_without_locks_is_no_other_refresh(store, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    open_before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(lock.fcntl, "flock", refuse)
    with pytest.raises(StoreError, match="No locks available"), locked(store):
        pytest.fail("held")
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before
