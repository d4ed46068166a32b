"""The bundled sample against the answer key beside it."""

from importlib.resources import files

import pandas as pd
import pytest
from sklearn.metrics import normalized_mutual_info_score

import khabar as kb

SAMPLE = files("khabar.data") / "sample"


def _table(name: str, **options) -> pd.DataFrame:
    with SAMPLE.joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, **options)


@pytest.fixture(scope="module")
def truth(sample) -> pd.DataFrame:
    table = _table("truth.csv", index_col="document", parse_dates=["date"])
    assert set(table.index) == set(sample.index)
    return table.reindex(sample.index)


def test_every_headline_and_outlet_is_read(sample, truth):
    titles = sample["title"].str.split().str.join(" ")
    assert titles[titles != truth["title"]].empty
    assert sample["outlet"].equals(truth["outlet"].rename("outlet").astype("str"))


def test_nine_of_ten_days_are_told_and_none_is_wrong(sample, truth):
    dated = sample["published"].dropna()
    assert len(dated) >= 0.88 * len(sample)
    assert (dated == truth.loc[dated.index, "date"]).all()


def test_the_true_day_is_never_ruled_out(sample, truth):
    for document_id, text in sample["text"].items():
        found = kb.parse_date(text[:600])
        if found.candidates:
            assert truth.loc[document_id, "date"].date() in found.candidates, document_id


def test_wire_copies_are_one_story_and_nothing_else_is(sample, truth):
    assert sample.groupby("story_id").ngroups == truth["story"].nunique()
    assert (sample.groupby(truth["story"])["story_id"].nunique() == 1).all()


@pytest.mark.parametrize(
    "words",
    ["تابعوا شرفة", "ملفات تعريف", "ملفات الارتباط", "تمت طباعة", "المصدر: ", "جميع الحقوق",
     "مواضيع ذات صلة", "شارك الخبر", "اقرأ أيضا", "حجم الخط", "صورة من الأرشيف"],
)  # fmt: skip
def test_no_furniture_is_left_in_a_body(sample, words):
    assert sample.index[sample["text"].str.contains(words, regex=False)].empty


def test_topics_are_near_the_sections_but_not_they(sample, truth):
    dtm = kb.document_term_matrix(kb.tokenize(sample["text"]))
    topics = kb.cluster_documents(dtm, 6, random_state=0)
    agreement = normalized_mutual_info_score(truth["section"], topics.labels)
    assert 0.45 < agreement < 0.95


def test_nine_of_ten_mentions_counted_by_readers_are_found_and_few_others(sample, ledger):
    read = _table("truth_mentions.csv", index_col=["document", "actor"])
    documents = sample.loc[read.index.unique("document")]
    mentions = kb.find_mentions(documents["text"], ledger, dates=documents["published"])
    acting = mentions[mentions["sense"] == "actor"]
    found = acting.groupby(["document_id", "actor"]).size().rename_axis(["document", "actor"])
    both = read.join(found.rename("found"), how="outer").fillna(0)
    both = both[both.index.isin(ledger.actors.index, level="actor")]
    missed = (both["mentions"] - both["found"]).clip(lower=0).sum()
    more = (both["found"] - both["mentions"] - both["optional"]).clip(lower=0).sum()
    assert missed / both["mentions"].sum() <= 0.1
    assert more / both["found"].sum() <= 0.1


def test_the_hostile_article_is_text(sample, truth):
    hostile = truth.index[truth["title"].str.contains("<script>", regex=False)]
    assert len(hostile) == 1
    row = sample.loc[hostile[0]]
    assert "<script>" in row["title"]
    assert "<img src=x onerror=" in row["text"]
    assert "\u202e" in row["text"]


def test_the_dirt_is_in_the_files():
    folders = [entry for entry in SAMPLE.joinpath("articles").iterdir() if entry.is_dir()]
    pages = {(f.name, page.name): page.read_bytes() for f in folders for page in f.iterdir()}
    texts = {name: page.decode("utf-8", "ignore") for name, page in pages.items()}
    changed = [name for name, text in texts.items() if text.encode() != pages[name]]
    assert changed == [("ميناء اليوم", "027.txt")]  # windows-1256
    for sign in ("\u0640", "\u00a0", "\ufee3", "\u200f", "</html>"):
        assert any(sign in text for text in texts.values()), ascii(sign)
