"""Whatever stops the work, nothing is lost, and a sentence says what to do."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import pandas as pd
import pytest

import khabar as kb
from khabar.blocks import clean, table
from khabar.blocks.files import work_in, write_whole

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*documents have no certain or likely date"),
    pytest.mark.skipif(os.name == "nt", reason="limits and signals are those of POSIX"),
]


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "مقالات"
    folder.mkdir()
    for n in range(7):
        text = f"الخميس 23 أبريل 2015\nقال لافروف في موسكو إن اللقاء رقم {n} انتهى.\nتابعونا"
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    (folder / "x.pdf").write_bytes(b"x")
    return folder


@pytest.fixture
def store(tmp_path):
    return tmp_path / "مخزن"


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(clean, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(table, "ROWS_AT_ONCE", 2)


def save(articles, store) -> kb.blocks.Table:
    with pytest.warns(kb.KhabarWarning, match="1 of the files or rows could not be read"):
        return kb.blocks.save_corpus(articles, store)


def contents(store) -> dict:
    return {str(p.relative_to(store)): p.read_bytes() for p in store.rglob("*.parquet")}


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
KILLED = """
import os, signal, sys
import khabar as kb
from khabar.blocks import clean
clean.ROWS_AT_ONCE = 2
rename, left = os.replace, int(sys.argv[3])
def replace(old, new):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(old, new)
os.replace = replace
kb.blocks.save_corpus(sys.argv[1], sys.argv[2])
"""


def test_a_run_that_was_killed_goes_on_and_ends_like_one_that_was_not(
    articles, store, small_blocks, tmp_path
):
    env = {name: value for name, value in os.environ.items() if name != "HOME"}
    for n_files in (4, 17):  # while reading, while cleaning
        command = [sys.executable, "-c", KILLED, articles, store, str(n_files)]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL
        with pytest.raises(kb.KhabarError, match="has not been completed; run the same again"):
            kb.blocks.open_corpus(store)
    corpus = save(articles, store)
    assert len(corpus.parts) == 4
    assert contents(store) == contents(save(articles, tmp_path / "other").path)
    assert not list(store.rglob("*.unfinished"))


def test_what_is_done_is_not_done_again(articles, store):
    save(articles, store)
    before = {path: path.stat().st_mtime_ns for path in store.glob("*.parquet")}
    save(articles, store)
    assert {path: path.stat().st_mtime_ns for path in store.glob("*.parquet")} == before


def test_mentions_go_on_after_the_parts_that_are_there(
    articles, store, small_blocks, ledger, tmp_path
):
    corpus = save(articles, store)
    whole = kb.blocks.find_mentions(corpus, ledger, tmp_path / "whole")
    manifest = json.loads((whole.path / "_manifest.json").read_text(encoding="utf-8"))
    begun = tmp_path / "begun"
    begun.mkdir()
    (begun / "_manifest.json").write_text(json.dumps(manifest | {"complete": False}))
    shutil.copy(whole.path / "part-000001.parquet", begun)
    assert contents(kb.blocks.find_mentions(corpus, ledger, begun).path) == contents(whole.path)


@contextmanager
def no_more_than(n_bytes: int):
    """Let no file grow beyond so many bytes, as a full disk would not."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_full_disk_is_told_and_the_work_goes_on_when_there_is_room(articles, store, tmp_path):
    with no_more_than(2_000), pytest.raises(kb.KhabarError) as told:
        kb.blocks.save_corpus(articles, store)
    assert "could not be written: File too large. What was finished before is kept" in str(
        told.value
    )
    assert not list(store.rglob("*.unfinished"))
    save(articles, store)
    assert contents(store) == contents(save(articles, tmp_path / "other").path)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "file"
    write_whole(path, lambda file: file.write(b"old"))
    with no_more_than(10), pytest.raises(kb.KhabarError):
        write_whole(path, lambda file: file.write(b"new" * 100))
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_second_run_into_one_folder_is_refused_with_the_number_of_the_first(articles, store):
    with work_in(store, {"work": "something"}), pytest.raises(kb.KhabarError) as told:
        kb.blocks.save_corpus(articles, store)
    assert f"another run (process {os.getpid()}) is writing into {str(store)!r}" in str(told.value)


@pytest.fixture
def read_only(tmp_path):
    """Return a folder that cannot be written into, for root neither."""
    folder = tmp_path / "read_only"
    folder.mkdir()
    if os.geteuid() == 0:
        mount = ["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", folder]
        if not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
            pytest.skip("root may write anywhere, and may not mount here")
        yield folder
        subprocess.run(["umount", folder], check=True)
    else:
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_folder_is_named(articles, read_only):
    with pytest.raises(kb.KhabarError, match=r"could not be written: .*allow writing there"):
        kb.blocks.save_corpus(articles, read_only / "store")
    with pytest.raises(kb.KhabarError, match=r"could not be written: .*allow writing there"):
        kb.blocks.save_corpus(articles, read_only)


def test_a_folder_of_other_work_or_with_other_files_is_refused(articles, store, tmp_path):
    save(articles, store)
    (articles / "new.txt").write_text("خبر", encoding="utf-8")
    with pytest.raises(kb.KhabarError, match="begun for something else: the state of the folder"):
        kb.blocks.save_corpus(articles, store)
    with pytest.raises(kb.KhabarError, match="must be new or empty; it holds"):
        kb.blocks.save_corpus(articles, tmp_path)


ANYWHERE = """
import sys
import khabar as kb
corpus = kb.blocks.save_corpus(sys.argv[1], sys.argv[2])
terms = kb.blocks.term_frequency(corpus)
assert len(corpus) == 7 and len(terms) == 5, (corpus, terms)
assert len(kb.load_corpus(sys.argv[1])) == 7
kb.to_csv(terms, sys.argv[2] + ".csv")
from khabar.cli import main
main(["check-ledger", sys.argv[1] + "/../ledger.yaml"])
"""


@pytest.mark.skipif(
    not kb.__file__.isascii(), reason="Python reads where a checkout lies in the locale's encoding"
)
def test_no_home_and_no_locale_are_needed(articles, store, tmp_path):
    ledger = "- {id: x, kind: person, names: {ar: فلان, en: X}, aliases: [من]}\n"
    (tmp_path / "ledger.yaml").write_text(ledger, encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-c", ANYWHERE, articles, store]
    env = os.environ | C_LOCALE | {"HOME": "/nonexistent"}
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert "من" in done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
    terms = pd.read_csv(tmp_path / "مخزن.csv", encoding="utf-8-sig")["term"]
    assert "موسكو" in set(terms)


def test_windows_line_ends_make_no_difference(articles, store, tmp_path):
    windows = tmp_path / "windows"
    windows.mkdir()
    for file in articles.iterdir():
        (windows / file.name).write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    ours, theirs = save(articles, store), save(windows, tmp_path / "other")
    columns = ["title", "text", "published", "story_id", "path"]
    pd.testing.assert_frame_equal(ours.read(columns), theirs.read(columns))
