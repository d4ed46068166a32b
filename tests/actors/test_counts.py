import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def documents():
    return pd.DataFrame(
        {
            "published": pd.to_datetime(["2015-04-20", "2015-04-21", "2015-05-06", None]),
            "story_id": ["a", "a", "c", "d"],
        },
        index=list("abcd"),
    )


@pytest.fixture
def mentions():
    return pd.DataFrame(
        [
            ("a", "un", "actor"),
            ("a", "un", "actor"),
            ("b", "un", "actor"),
            ("b", "syria", "place"),
            ("d", "un", "actor"),
        ],
        columns=["document_id", "actor", "sense"],
    )


def test_mentions_documents_and_stories_are_three_counts(mentions, documents):
    counts = kb.mention_counts(mentions, documents).set_index("actor")
    assert counts.loc["un", ["mentions", "documents", "stories"]].tolist() == [4, 3, 2]
    assert counts.loc["un", "share"] == pytest.approx(3 / 4)


def test_empty_weeks_are_rows_with_zero_mentions_and_a_missing_share(mentions, documents):
    with pytest.warns(kb.KhabarWarning, match="1 of 4 documents have no date"):
        counts = kb.mention_counts(mentions, documents, freq="W")
    un = counts[counts["actor"] == "un"].set_index("period")
    assert un["mentions"].tolist() == [3, 0, 0]
    assert un["published"].tolist() == [2, 0, 1]
    assert un["share"].isna().tolist() == [False, True, False]


def test_places_can_be_left_out(mentions, documents):
    assert set(kb.mention_counts(mentions, documents, sense="actor")["actor"]) == {"un"}


def test_without_mentions_there_are_no_rows(mentions, documents):
    assert kb.mention_counts(mentions.head(0), documents).empty


def test_mentions_of_unknown_documents_are_refused(mentions, documents):
    with pytest.raises(kb.KhabarError, match="mentions of 1 documents that are not among"):
        kb.mention_counts(mentions, documents.drop(index="d"))


@pytest.mark.parametrize("option", [{"freq": "weekly"}, {"sense": "city"}])
def test_unknown_options_are_refused_with_what_is_accepted(mentions, documents, option):
    with pytest.raises(kb.KhabarError, match=r"must be .*not '(weekly|city)'"):
        kb.mention_counts(mentions, documents, **option)


def test_adding_up_all_periods_gives_the_count_of_the_dated_documents(ledger, sample):
    mentions = kb.find_mentions(sample["text"], ledger)
    dated = sample[sample["published"].notna()]
    inside = mentions[mentions["document_id"].isin(dated.index)]
    yearly = kb.mention_counts(inside, dated, freq="Y").groupby("actor")["mentions"].sum()
    overall = kb.mention_counts(inside, dated).set_index("actor")["mentions"]
    pd.testing.assert_series_equal(yearly, overall.sort_index(), check_index=True)
