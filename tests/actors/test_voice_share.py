import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def corpus():
    """Three documents: a and b name the UN, which speaks twice in a; c names and hears nobody."""
    documents = pd.DataFrame(
        {
            "story_id": ["a", "b", "c"],
            "outlet": ["x", "y", "y"],
            "published": pd.to_datetime(["2015-01-01", "2016-01-01", None]),
        },
        index=["a", "b", "c"],
    )
    mentions = pd.DataFrame({"document_id": ["a", "a", "b"], "actor": "un", "sense": "actor"})
    quotations = pd.DataFrame(
        {
            "document_id": ["a", "a", "b"],
            "start": [0, 9, 0],
            "kind": ["direct", "indirect", "indirect"],
            "speaker": ["un", "un", None],
        }
    )
    return quotations, mentions, documents


def test_heard_is_counted_against_named(corpus):
    row = kb.voice_share(*corpus).iloc[0]
    assert (row["named"], row["heard"], row["share"]) == (2, 1, 0.5)
    assert (row["direct"], row["indirect"], row["quoted"], row["published"]) == (1, 1, 1, 3)
    assert row["low"] < 0.5 < row["high"]


def test_unlisted_speakers_are_in_the_denominator_of_all_speech(corpus):
    assert kb.voice_share(*corpus)["of_speech"].tolist() == [2 / 3]


def test_each_outlet_has_its_own_denominator(corpus):
    shares = kb.voice_share(*corpus, by=corpus[2]["outlet"]).set_index("group")
    assert shares["share"].to_dict() == {"x": 1, "y": 0}
    assert shares["published"].to_dict() == {"x": 1, "y": 2}


def test_documents_without_a_date_belong_to_no_period(corpus):
    with pytest.warns(kb.KhabarWarning, match="1 of 3"):
        shares = kb.voice_share(*corpus, freq="Y")
    assert shares["published"].tolist() == [1, 1]


def test_one_who_is_heard_without_a_mention_is_named_too(corpus):
    quotations, mentions, documents = corpus
    shares = kb.voice_share(quotations, mentions.head(0), documents)
    assert shares[["named", "heard"]].values.tolist() == [[1, 1]]


def test_places_are_not_named_as_actors(corpus):
    quotations, mentions, documents = corpus
    places = mentions.assign(sense="place", actor="syria")
    assert kb.voice_share(quotations.head(0), places, documents).empty


def test_two_speakers_of_one_passage_count_once_in_all_speech(corpus):
    _, mentions, documents = corpus
    both = pd.DataFrame(
        {"document_id": "a", "start": 0, "kind": "indirect", "speaker": ["un", "eu"]}
    )
    shares = kb.voice_share(both, mentions, documents).set_index("actor")
    assert shares["of_speech"].to_dict() == {"un": 1, "eu": 1}


def test_the_charts_draw_and_refuse_the_other_kind_of_table(corpus):
    shares = kb.voice_share(*corpus)
    assert len(kb.plot_heard_and_named(shares).data) == 2
    grouped = kb.voice_share(*corpus, by=corpus[2]["outlet"])
    assert len(kb.plot_voices_by_group(grouped).data) == 2
    with pytest.raises(kb.KhabarError, match="several periods"):
        kb.plot_voices_over_time(shares)
    with pytest.warns(kb.KhabarWarning):
        periods = kb.voice_share(*corpus, freq="Y")
    assert len(kb.plot_voices_over_time(periods).data) == 2
    with pytest.raises(kb.KhabarError, match="one period"):
        kb.plot_heard_and_named(periods)


def test_an_empty_table_is_drawn_in_words(corpus):
    quotations, mentions, documents = corpus
    nobody = kb.voice_share(quotations.head(0), mentions.head(0), documents)
    for plot in (kb.plot_heard_and_named, kb.plot_voices_by_group, kb.plot_voices_over_time):
        assert plot(nobody).layout.annotations
