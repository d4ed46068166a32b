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


def test_texts_too_short_for_a_shingle_are_their_own_stories(texts):
    assert kb.story_ids(texts("خبر", "خبر", "")).tolist() == ["a", "b", "c"]


def test_the_wire_copies_of_the_sample_are_found(sample):
    sizes = sample["story_id"].value_counts()
    assert sizes[sizes > 1].to_dict() == {"rq-0004": 2, "rq-0006": 2}


def test_real_near_duplicates_are_one_story_and_nothing_else_is(shared):
    pairs = pd.read_csv(shared("data/near-duplicates/pairs.tsv"), sep="\t")
    sets = ["ant-news-2018", "ant-syria-diplomacy-2018", "saudinewsnet-2015", "ant-jawhara"]
    read = [pd.read_json(shared(f"data/{name}/articles.jsonl.gz"), lines=True) for name in sets]
    articles = pd.concat(read).drop_duplicates("id").set_index("id")["text"].astype("str")
    stories = kb.story_ids(articles)
    groups = stories.groupby(stories).groups.values()
    found = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    alike = {frozenset(row[1:]): row[0] for row in pairs[["jaccard4", "id_a", "id_b"]].to_numpy()}
    strong = {
        pair for pair, jaccard in alike.items() if jaccard >= 0.5 and pair <= set(articles.index)
    }
    assert len(strong) > 30
    assert len(found & strong) / len(strong) >= 0.95
    assert len(found & set(alike)) / len(found) >= 0.95


def test_a_thousand_identical_documents_are_one_story():
    texts = pd.Series(["أعلن مجلس الأمن الدولي اليوم"] * 1000, index=range(1000), dtype="str")
    assert kb.story_ids(texts).unique().tolist() == [0]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("ابتثج"), max_size=12), min_size=1, max_size=12))
def test_no_pair_of_copies_is_missed_and_no_other_is_made(documents):
    texts = pd.Series([" ".join(words) for words in documents], dtype="str")
    shingles = [{tuple(w[i : i + 4]) for i in range(len(w) - 3)} for w in documents]
    story = list(range(len(documents)))
    for a, b in combinations(range(len(documents)), 2):
        both = shingles[a] | shingles[b]
        if both and len(shingles[a] & shingles[b]) >= 0.5 * len(both):
            story = [story[a] if s == story[b] else s for s in story]
    first = [story.index(s) for s in story]
    assert kb.story_ids(texts).tolist() == first


def test_a_similarity_that_cannot_be_is_refused_by_name(texts):
    with pytest.raises(kb.KhabarError, match="similarity must be"):
        kb.story_ids(texts("خبر"), similarity=0)
