"""How many clusters: what is measured, and what is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_topics import OIL, SPORT, articles, matrix

import khabar as kb
from khabar.measures.partition import shuffled

SCIENCE = "الفضاء المختبر القمر المسبار العلماء التجربة الكوكب التلسكوب".split()


def curve(silhouette, resamples=0.9, jaccard=0.9, chance=0.01):
    table = pd.DataFrame({"n_clusters": range(2, 2 + len(silhouette)), "silhouette": silhouette})
    return table.assign(chance=chance, resamples=resamples, jaccard=jaccard)


def test_three_vocabularies_are_three_topics():
    texts = [a for i, w in enumerate((SPORT, OIL, SCIENCE)) for a in articles(w, 40, seed=i)]
    choices = kb.choose_n_clusters(matrix(texts), range(2, 7), n_resamples=5)
    k, reason = kb.recommend_n_clusters(choices)
    assert k == 3
    assert "a clear peak" in reason


@pytest.mark.parametrize(
    ("choices", "expected", "words"),
    [
        (curve([0.1, 0.3, 0.2]), 3, "a clear peak"),
        (curve([0.1, 0.2, 0.3]), None, "no clear number: up to 4 topics"),
        (curve([0.1, 0.2, 0.3], resamples=[1, 0.85, 0.7]), None, "up to 3 topics"),
        (curve([0.1, 0.2, 0.3, 0.4], resamples=[1, 0.7, 0.7, 0.9]), None, "no stable number"),
        (curve([0.1, 0.3, 0.2], jaccard=0.5, resamples=0.5), None, "no stable number"),
        (curve([0.1, 0.3, 0.2], chance=0.2), None, "nothing beyond chance"),
        (curve([0.5]), None, "too few documents"),
        (curve([]), None, "too few documents"),
    ],
)
def test_the_reason_says_what_the_number_is_worth(choices, expected, words):
    k, reason = kb.recommend_n_clusters(choices)
    assert k == expected
    assert words in reason


def test_two_halves_are_never_recommended_however_stable():
    k, _ = kb.recommend_n_clusters(curve([0.9, 0.3, 0.2], resamples=[1, 0.7, 0.7]))
    assert k is None


def test_documents_without_topics_are_neither_clear_nor_stable(sample):
    dtm = kb.document_term_matrix(kb.tokenize(sample["text"]))
    for seed in range(3):
        noise = replace(dtm, counts=shuffled(dtm.counts, seed + 100))
        k, _ = kb.recommend_n_clusters(kb.choose_n_clusters(noise, range(2, 8), n_resamples=5))
        assert k is None
        assert set(kb.cluster_documents(noise, 3).stability["verdict"]) <= {"unstable", "doubtful"}


def test_numbers_that_the_documents_do_not_allow_are_left_out():
    choices = kb.choose_n_clusters(matrix(articles(SPORT, 12)), range(2, 15), n_resamples=2)
    assert choices["n_clusters"].tolist() == [2, 3, 4]
    assert np.isfinite(choices.to_numpy(float)).all()


@pytest.mark.filterwarnings("error")
def test_copies_of_one_text_allow_no_number():
    choices = kb.choose_n_clusters(matrix([" ".join(SPORT)] * 12), n_resamples=2)
    assert choices.empty


def test_too_few_documents_give_no_row_and_no_number():
    choices = kb.choose_n_clusters(matrix(articles(SPORT, 5)))
    assert choices.empty
    assert kb.recommend_n_clusters(choices)[0] is None
