"""`khabar export`: the tables of a corpus as files, and its charts as pictures."""

import pandas as pd
import pytest

from khabar.cli import main

ARTICLES = {
    "a.txt": "لقاء في جنيف\n\nقال سيرغي لافروف إن روسيا تدعم الحل. وزار لافروف دمشق.",
    "b.txt": "سوق النفط\n\nارتفع سعر النفط يوم 13 مايو 2017، وقالت روسيا إن السوق مستقرة.",
}


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def export(corpus, tmp_path, capsys):
    """Run the verb; return the folder it wrote and what it said."""

    def run(*options: str):
        with pytest.raises(SystemExit) as ended:
            main(["export", "--corpus", str(corpus), "--output", str(tmp_path / "out"), *options])
        told = capsys.readouterr()
        return ended.value.code, tmp_path / "out", told.out + told.err

    return run


def test_every_table_is_a_file_and_no_text_is_passed_on_unasked(export):
    status, folder, told = export("--charts", "none")
    assert status == 0
    assert "documents.csv: 2 rows" in told
    mentions = pd.read_csv(folder / "mentions.csv")
    counts = pd.read_csv(folder / "mention_counts.csv").set_index("actor")["mentions"]
    assert counts["lavrov"] == 2
    assert counts.sum() == len(mentions)
    assert set(mentions["actor"]) == set(pd.read_csv(folder / "actors.csv")["actor"])
    assert not {"text", "raw"} & set(pd.read_csv(folder / "documents.csv").columns)
    assert all(file.suffix == ".csv" for file in folder.iterdir())
    assert len(list(folder.iterdir())) == 13


def test_parquet_keeps_types_and_the_texts_when_asked(export):
    status, folder, _ = export("--charts", "none", "--format", "parquet", "--texts")
    documents = pd.read_parquet(folder / "documents.parquet")
    assert status == 0
    assert pd.api.types.is_datetime64_dtype(documents["published"])
    assert documents["text"].str.contains("النفط").sum() == 1
    assert documents["raw"].tolist() == list(ARTICLES.values())


def test_the_charts_are_pictures_with_arabic_in_them(export, browser):
    pytest.importorskip("kaleido", reason="kaleido, which draws the pictures, is not installed")
    status, folder, _ = export("--charts", "svg")
    assert status == 0
    drawn = (folder / "terms.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "النفط" in drawn
    assert len(list(folder.glob("*.svg"))) == 6


def test_without_a_browser_one_sentence_says_so_and_the_tables_are_there(export, monkeypatch):
    pytest.importorskip("kaleido", reason="kaleido, which draws the pictures, is not installed")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    status, folder, told = export()
    assert status == 0
    assert "No chart was drawn: it takes Chrome or Chromium, and none was found here." in told
    assert (folder / "terms.csv").exists()


def test_a_file_is_no_folder_for_tables(export, tmp_path):
    (tmp_path / "out").touch()
    status, _, told = export("--charts", "none")
    assert status == 2
    assert "is a file; name a folder for the tables" in told
