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


def test_counts_by_outlet_have_the_documents_of_the_outlet_as_denominator(mentions, documents):
    outlet = pd.Series(["x", "x", "y", "y"], index=list("abcd"))
    counts = kb.mention_counts(mentions, documents, by=outlet).set_index(["group", "actor"])
    assert counts.loc[("x", "un"), ["mentions", "documents", "published"]].tolist() == [3, 2, 2]
    assert counts.loc[("y", "syria"), ["mentions", "published"]].tolist() == [0, 2]


def test_a_ranking_counts_forms_apart_and_knows_the_first_and_last_day(mentions, documents):
    forms = mentions.assign(form=["name", "role", "name", "name", "name"])
    un = kb.rank_actors(forms, documents).set_index("actor").loc["un"]
    assert un[["rank", "by_name", "by_role"]].tolist() == [1, 3, 1]
    assert [un["first"], un["last"]] == list(pd.to_datetime(["2015-04-20", "2015-04-21"]))


def test_an_actor_is_rising_when_the_whole_interval_of_its_change_is_above_zero():
    days = pd.date_range("2015-01-01", periods=40)
    index = [str(i) for i in range(40)]
    documents = pd.DataFrame({"published": days, "story_id": index}, index=index)
    later = pd.DataFrame({"document_id": index[20:], "actor": "new", "sense": "actor"})
    always = pd.DataFrame({"document_id": index[::2], "actor": "old", "sense": "actor"})
    rising = kb.rising_actors(pd.concat([later, always]), documents, since="2015-01-21")
    assert rising[["actor", "before", "after", "rising"]].values.tolist() == [
        ["new", 0, 20, True],
        ["old", 10, 10, False],
    ]


def test_a_day_with_nothing_on_one_side_is_refused(mentions, documents):
    with pytest.raises(kb.KhabarError, match="since must leave dated documents on both sides"):
        kb.rising_actors(mentions, documents, since="2030-01-01")


def test_named_together_in_a_document_or_in_a_sentence(ledger):
    texts = pd.Series({"a": "قال لافروف كذا. وقال كيري كذا", "b": "التقى لافروف كيري"})
    found = kb.find_mentions(texts, ledger)
    assert kb.cooccurrence(found)["together"].tolist() == [2]
    assert kb.cooccurrence(found, texts=texts, at_least=1)["together"].tolist() == [1]
