"""Views of topics, on documents whose topics are known."""

import pandas as pd
import pytest
from test_topics import OIL, SPORT, articles, matrix

import khabar as kb


@pytest.fixture(scope="module")
def topics():
    return kb.cluster_documents(matrix([*articles(SPORT, 20), *articles(OIL, 10, seed=1)]), 2)


@pytest.fixture
def documents(topics):
    index = topics.labels.index
    table = pd.DataFrame({"title": "عنوان", "text": "نص", "outlet": "a"}, index=index)
    table.loc[index[25:], "outlet"] = None
    return table.assign(
        published=pd.date_range("2015-01-01", periods=30, freq="10D"), url=None, path="a.jsonl"
    )


def test_shares_of_topics_add_up_in_every_period(topics, documents):
    shares = kb.topics_over_time(topics, documents, freq="M")
    assert shares.groupby("period")["share"].sum().to_numpy() == pytest.approx(1)
    assert shares["documents"].sum() == 30
    assert (shares["low"] <= shares["share"]).all()


def test_documents_without_a_date_are_in_no_period(topics, documents):
    documents.loc[documents.index[:4], "published"] = pd.NaT
    assert kb.topics_over_time(topics, documents, freq="Y")["documents"].sum() == 26


def test_the_share_of_an_outlet_is_of_its_own_documents(topics, documents):
    table = kb.topics_by_outlet(topics, documents).set_index(["outlet", "cluster"])
    assert table["total"].to_dict() == {
        ("a", 0): 25, ("a", 1): 25, ("unknown", 0): 5, ("unknown", 1): 5,
    }  # fmt: skip
    assert table.loc[("a", 0), "share"] == 20 / 25
    assert table.loc[("unknown", 1), "share"] == 1


def test_the_share_of_an_actor_is_of_the_documents_of_the_topic(topics):
    rows = [("d000", "un"), ("d000", "un"), ("d001", "un"), ("d025", "un"), ("d025", "opec")]
    mentions = pd.DataFrame(rows, columns=["document_id", "actor"])
    table = kb.topics_by_actor(topics, mentions).set_index(["actor", "cluster"])
    assert table["documents"].to_dict() == {
        ("un", 0): 2, ("un", 1): 1, ("opec", 0): 0, ("opec", 1): 1,
    }  # fmt: skip
    assert table["share"].tolist() == [2 / 20, 1 / 10, 0, 1 / 10]


def test_an_unknown_sense_is_refused(topics):
    mentions = pd.DataFrame({"document_id": [], "actor": [], "sense": []})
    with pytest.raises(kb.KhabarError, match="sense must be 'actor', 'place' or None"):
        kb.topics_by_actor(topics, mentions, sense="power")


def test_the_nearest_documents_are_the_most_similar_of_each_topic(topics):
    nearest = kb.nearest_documents(topics, n=2)
    assert nearest["cluster"].tolist() == [0, 0, 1, 1]
    others = topics.documents.drop(index=nearest.index).groupby("cluster")["similarity"].max()
    assert (nearest.groupby("cluster")["similarity"].min() >= others).all()


def test_borderline_documents_come_with_the_topic_they_would_go_to_next():
    mixed = " ".join(SPORT[:2] + OIL[:3])
    dtm = matrix([*articles(SPORT, 15), *articles(OIL, 15, seed=1), mixed])
    worst = kb.borderline_documents(kb.cluster_documents(dtm, 2), n=1)
    assert worst.index.tolist() == ["d030"]
    assert worst["next"].iloc[0] == 1 - worst["cluster"].iloc[0]


def test_a_card_tells_size_terms_stability_and_where_its_headlines_are_from(topics, documents):
    documents["url"] = documents["url"].astype(object)
    documents.loc["d000", "url"] = "https://a.example/1"
    documents.loc["d025", "title"] = None
    cards = kb.topic_cards(topics, documents, n=20)
    assert cards["documents"].tolist() == [20, 10]
    assert cards["share"].tolist() == [2 / 3, 1 / 3]
    assert set(cards["terms"][0]) <= set(SPORT)
    assert "https://a.example/1" in cards["links"][0]
    assert set(cards["links"][1]) == {"a.jsonl"}
    assert "d025" in cards["headlines"][1]


def test_a_map_of_many_documents_is_drawn_from_a_sample(topics, documents):
    assert len(kb.document_map(topics, documents, n=12)) == 12


def test_copies_of_one_text_have_a_place_each(documents):
    topics = kb.cluster_documents(matrix([" ".join(SPORT)] * 30), 1)
    assert kb.document_map(topics, documents)[["x", "y"]].notna().all(axis=None)
