import json
import subprocess
import sys

import nbformat
import pytest

from khabar.cli import main


def run(*arguments: str, cwd=None) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "khabar", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def notebook(path, *cells: str):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Why?\n\nBecause.")])
    for source in cells:
        book.cells.append(nbformat.v4.new_code_cell(source))
    book.cells[1].metadata["tags"] = ["parameters"]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(book, path)


def test_help_tells_the_verbs_of_the_makefile():
    done = run("--help")
    assert done.returncode == 0
    for verb in ("site", "export", "lab", "test", "check-ledger"):
        assert verb in done.stdout


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [("missing", "khabar: no such folder of articles"), ("empty", "holds no files")],
)
def test_a_missing_or_empty_corpus_ends_in_one_clear_sentence(tmp_path, capsys, folder, sentence):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["site", "--corpus", str(tmp_path / folder)])
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert sentence in message
    assert len(message.strip().splitlines()) == 1


def test_an_unreadable_file_is_listed_and_the_rest_goes_on(tmp_path, capsys):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text("عنوان\nخبر", encoding="utf-8")
    (articles / "bad.txt").write_bytes(b"\0\1\2")
    notebook(tmp_path / "notebooks" / "one.ipynb", "corpus = None", "print(corpus)")
    options = ["--notebooks", str(tmp_path / "notebooks"), "--output", str(tmp_path / "site")]
    with pytest.raises(SystemExit) as ended:
        main(["site", "--corpus", str(articles), *options])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert "1 articles" in told
    assert "bad.txt: binary data, not text" in told
    assert str(articles) in (tmp_path / "site" / "en" / "one.html").read_text(encoding="utf-8")


def test_a_failing_notebook_fails_the_site_and_is_named_with_its_error(tmp_path, capsys):
    notebook(tmp_path / "notebooks" / "broken.ipynb", "corpus = None", "1 / 0")
    options = ["--notebooks", str(tmp_path / "notebooks"), "--output", str(tmp_path / "site")]
    with pytest.raises(SystemExit) as ended:
        main(["site", *options])
    message = capsys.readouterr().err
    assert ended.value.code == 2
    assert "broken.ipynb failed" in message
    assert "ZeroDivisionError" in message
    assert not (tmp_path / "site").exists()


def test_a_folder_that_is_no_site_of_ours_is_never_overwritten(tmp_path, capsys):
    notebook(tmp_path / "notebooks" / "one.ipynb", "corpus = None")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").touch()
    with pytest.raises(SystemExit):
        main(
            ["site", "--notebooks", str(tmp_path / "notebooks"), "--output", str(tmp_path / "home")]
        )
    assert "name another folder" in capsys.readouterr().err
    assert (tmp_path / "home" / "letter.txt").exists()


def test_check_ledger_passes_the_bundled_ledger_and_names_a_fault(tmp_path):
    assert run("check-ledger").returncode == 0
    faulty = tmp_path / "mine.yaml"
    faulty.write_text(json.dumps([{"id": "x", "kind": "band"}]), encoding="utf-8")
    done = run("check-ledger", str(faulty))
    assert done.returncode == 2
    assert "mine.yaml, line 1" in done.stderr
