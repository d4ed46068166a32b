import pandas as pd

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


def test_real_near_duplicates_are_found(shared):
    pairs = pd.read_csv(shared("data/near-duplicates/pairs.tsv"), sep="\t")
    path = shared("data/ant-syria-diplomacy-2018/articles.jsonl.gz")
    articles = pd.read_json(path, lines=True).set_index("id")["text"].astype("str")
    known = pairs[pairs["id_a"].isin(articles.index) & pairs["id_b"].isin(articles.index)]
    strong = known[known["jaccard4"] >= 0.5]
    stories = kb.story_ids(articles)
    found = stories.loc[strong["id_a"]].to_numpy() == stories.loc[strong["id_b"]].to_numpy()
    assert len(strong) > 0
    assert found.mean() >= 0.9
