from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb


def test_a_reprint_with_another_headline_is_the_same_story(texts):
    body = "أعلنت الأمم المتحدة في جنيف بدء مشاورات منفصلة مع أطراف الأزمة السورية كافة"
    stories = kb.story_ids(texts(body, f"{body} أمس", "خبر آخر عن النفط وأسعاره في الأسواق"))
    assert stories.tolist() == ["a", "a", "c"]


def test_copies_of_copies_are_one_story_whatever_the_order(texts):
    words = [chr(0x628 + i) * 3 for i in range(15)]
    chain = [" ".join(words[i : i + 12]) for i in (0, 1, 2)]
    series = texts(*chain)
    assert kb.story_ids(series).nunique() == 1
    assert kb.story_ids(series.iloc[::-1]).loc["c"] == "a"


def test_a_chain_whose_ends_have_nothing_in_common_is_not_one_story(texts):
    words = [chr(0x628 + i) * 3 for i in range(16)]
    first, middle, last = (" ".join(words[i : i + 8]) for i in (0, 1, 4))
    # Shingles: 5 each; 4 of 6 common, then 2 of 8; the ends have 1 of 9.
    assert kb.near_duplicates(texts(first, middle, last), similarity=0.25).shape == (2, 3)
    assert kb.story_ids(texts(first, middle, last), similarity=0.25).tolist() == ["a", "a", "c"]


def test_exact_copies_are_pairs_of_similarity_one(texts):
    pairs = kb.near_duplicates(texts("وصل الوزير إلى موسكو", "خبر", "وصل الوزير إلى موسكو"))
    assert pairs.to_numpy().tolist() == [["a", "c", 1.0]]


def test_texts_too_short_for_a_shingle_are_their_own_stories(texts):
    assert kb.story_ids(texts("خبر", "خبر", "")).tolist() == ["a", "b", "c"]


@pytest.fixture(scope="module")
def real_articles(shared):
    sets = ["ant-news-2018", "ant-syria-diplomacy-2018", "saudinewsnet-2015", "ant-jawhara"]
    sets.append("sanad-alkhaleej")
    read = [pd.read_json(shared(f"data/{name}/articles.jsonl.gz"), lines=True) for name in sets]
    return pd.concat(read).drop_duplicates("id").set_index("id")["text"].astype("str")


@pytest.fixture(scope="module")
def silver_pairs(shared, real_articles):
    """Pairs of those articles that share half of their shingles, computed by others."""
    pairs = pd.read_csv(shared("data/near-duplicates/pairs.tsv"), sep="\t")
    pairs = pairs[pairs["id_a"].isin(real_articles.index) & pairs["id_b"].isin(real_articles.index)]
    alike = pairs.loc[pairs["jaccard4"] >= 0.5, ["id_a", "id_b"]]
    return {frozenset(pair) for pair in alike.to_numpy().tolist()}


def test_real_near_duplicates_are_found_and_nothing_else_is(real_articles, silver_pairs):
    pairs = kb.near_duplicates(real_articles)[["document_id", "copy_id"]].to_numpy().tolist()
    found = set(map(frozenset, pairs))
    assert len(silver_pairs) > 200
    assert len(found & silver_pairs) / len(silver_pairs) >= 0.95
    assert len(found & silver_pairs) / len(found) >= 0.95


def test_copies_share_a_story_and_bulletins_of_one_pattern_mostly_do_not(
    real_articles, silver_pairs
):
    stories = kb.story_ids(real_articles)
    groups = stories.groupby(stories).groups.values()
    found = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    bulletins = set(real_articles.index[-3500:])  # sanad-alkhaleej
    copies = {pair for pair in silver_pairs if not pair & bulletins}
    assert len(found & copies) / len(copies) >= 0.95
    assert len(found - silver_pairs) / len(found) <= 0.15


def test_a_thousand_identical_documents_are_one_story():
    texts = pd.Series(["أعلن مجلس الأمن الدولي اليوم"] * 1000, index=range(1000), dtype="str")
    assert kb.story_ids(texts).unique().tolist() == [0]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("ابتثج"), max_size=12), min_size=1, max_size=12))
def test_no_pair_of_copies_is_missed_and_no_other_is_made(documents):
    texts = pd.Series([" ".join(words) for words in documents], dtype="str")
    shingles = [{tuple(w[i : i + 4]) for i in range(len(w) - 3)} for w in documents]
    expected = {
        (a, b): len(shingles[a] & shingles[b]) / len(shingles[a] | shingles[b])
        for a, b in combinations(range(len(documents)), 2)
        if 2 * len(shingles[a] & shingles[b]) >= len(shingles[a] | shingles[b]) > 0
    }
    pairs = kb.near_duplicates(texts).set_index(["document_id", "copy_id"])["similarity"]
    assert pairs.to_dict() == pytest.approx(expected)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("ابتثج"), max_size=12), min_size=1, max_size=12))
def test_the_order_of_the_documents_changes_no_story(documents):
    texts = pd.Series([" ".join(words) for words in documents], dtype="str")
    assert kb.story_ids(texts[::-1])[texts.index].equals(kb.story_ids(texts))


def test_a_similarity_that_cannot_be_is_refused_by_name(texts):
    with pytest.raises(kb.KhabarError, match="similarity must be"):
        kb.story_ids(texts("خبر"), similarity=0)
