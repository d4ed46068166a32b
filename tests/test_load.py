import gzip
import json

import pandas as pd
import pytest

import khabar as kb


def test_every_grade_has_its_date_and_reason(sample):
    has_date = sample["published"].notna()
    assert has_date.equals(sample["published_grade"].isin(["certain", "likely"]))
    assert (sample["published_reason"].str.len() > 10).all()


def test_undated_documents_stay_and_are_counted_aloud(tmp_path):
    (tmp_path / "a.txt").write_text("عنوان\nنص بلا يوم معروف فيه.", encoding="utf-8")
    with pytest.warns(kb.KhabarWarning, match="1 of 1 documents have no certain or likely date"):
        documents = kb.load_corpus(tmp_path)
    assert documents["published_grade"].tolist() == ["unknown"]


def test_the_first_seed_is_dated_by_weekday_and_offices(seeds):
    row = seeds.loc["000_59d39410a8eaa198.txt"]
    assert (row["published"], row["published_grade"]) == (pd.Timestamp("2015-04-23"), "likely")


def test_the_print_and_issue_dates_of_the_seeds_are_not_believed(seeds):
    assert not (seeds["published"].dt.year == 2024).any()
    assert seeds.loc["001_1cf5cfd3c2176f5d.txt", "published_grade"] == "unknown"


def test_the_fourth_seed_is_of_the_april_in_which_those_it_names_acted(seeds):
    row = seeds.loc["003_104e15c28590438d.txt"]
    assert pd.isna(row["published"])
    assert "told as the present one" in row["published_reason"]
    assert row["published_reason"].endswith(": 2016")


def test_the_times_of_the_dated_sets_are_read_to_their_day(shared):
    with gzip.open(shared("data/ant-syria-diplomacy-2018/articles.jsonl.gz"), "rt") as file:
        articles = [json.loads(line) for line in file]
    assert len(articles) > 500
    for article in articles:
        parsed = kb.parse_date(article["time_raw"])
        assert (str(parsed.date), parsed.grade) == (article["date"], "certain"), article["id"]
