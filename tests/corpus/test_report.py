import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def documents() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "raw": ["مباشر\nقال كذا اليوم", "قال كذا اليوم", "خبر"],
            "text": ["قال كذا اليوم", "قال كذا اليوم", "خبر"],
            "outlet": pd.Series(["شرفة", "شرفة", None], dtype="str", index=list("abc")),
            "published": pd.to_datetime(["2015-04-23", None, "2015-05-01"]),
            "story_id": ["a", "a", "c"],
        },
        index=pd.Index(list("abc"), name="document_id"),
    )


@pytest.fixture
def removed() -> pd.DataFrame:
    rows = [("a", 1, "مباشر", "live badge")]
    return pd.DataFrame(rows, columns=["document_id", "line", "text", "rule"])


def test_the_overview_counts_what_is_missing_what_repeats_and_what_went(documents, removed):
    overview = kb.corpus_report(documents, removed).overview.set_index("what")
    assert overview["n"].to_dict() == {
        "documents": 3,
        "without an outlet": 1,
        "without a date": 1,
        "without text": 0,
        "copies": 1,
        "lines taken away": 1,
        "characters taken away": 5,
    }
    assert overview.loc["copies", "share"] == pytest.approx(1 / 3)
    assert overview.loc["characters taken away", "share"] == pytest.approx(5 / 35)


def test_outlets_are_listed_by_size_with_lengths_in_words(documents, removed):
    outlets = kb.corpus_report(documents, removed).outlets
    assert outlets["outlet"].tolist() == ["شرفة", "unknown"]
    columns = ["documents", "undated", "copies", "median_words", "shortest", "longest"]
    assert outlets[columns].iloc[0].tolist() == [2, 1, 1, 3, 3, 3]


def test_months_add_up_to_the_documents(documents, removed):
    months = kb.corpus_report(documents, removed).months
    assert months["documents"].sum() == 3
    assert months["period"].isna().sum() == 1


def test_each_rule_is_shown_with_its_lines_and_an_example(documents, removed):
    rules = kb.corpus_report(documents, removed).rules
    assert rules.loc[0, ["rule", "lines", "documents", "example"]].tolist() == [
        "live badge", 1, 1, "مباشر",
    ]  # fmt: skip


def test_the_report_tells_itself_in_a_line(documents, removed):
    assert repr(kb.corpus_report(documents, removed)) == (
        "<CorpusReport: 3 documents of 2 outlets, 1 undated, 1 copies, "
        "1 lines taken away by 1 rules>"
    )


def test_nothing_removed_is_a_report_without_rules(documents, removed):
    report = kb.corpus_report(documents, removed.iloc[:0])
    assert report.rules.empty
    assert report.overview.set_index("what").loc["lines taken away", "n"] == 0


def test_row_order_does_not_change_the_tables(sample):
    _, removed = kb.clean_articles(kb.read_articles()[0])
    a, b = kb.corpus_report(sample, removed), kb.corpus_report(sample[::-1], removed[::-1])
    pd.testing.assert_frame_equal(a.overview, b.overview)
    pd.testing.assert_frame_equal(a.rules, b.rules)
    pd.testing.assert_frame_equal(a.outlets, b.outlets)


def test_a_table_that_was_not_loaded_is_refused_with_what_it_lacks(documents, removed):
    with pytest.raises(kb.KhabarError, match="story_id"):
        kb.corpus_report(documents.drop(columns="story_id"), removed)
