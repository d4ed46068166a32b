from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import normalized_mutual_info_score, silhouette_samples

import khabar as kb
from khabar.measures.partition import shuffled, silhouettes
from khabar.measures.topics import signed_g2

SPORT = "المباراة المنتخب الهدف اللاعب المدرب الكأس الدوري الملعب".split()
OIL = "النفط البرميل الأسعار الإنتاج الأسواق الخام الطاقة الصادرات".split()


@pytest.fixture(scope="module")
def two_topics():
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(words, 6)) for words in [SPORT] * 15 + [OIL] * 15]
    return kb.document_term_matrix(kb.tokenize(pd.Series(texts)))


def test_two_vocabularies_come_out_as_two_stable_topics(two_topics):
    topics = kb.cluster_documents(two_topics, 2)
    assert topics.labels.iloc[:15].nunique() == 1
    assert topics.labels.nunique() == 2
    assert set(topics.stability["verdict"]) == {"highly stable"}


def test_the_distinctive_terms_are_those_of_the_topic(two_topics):
    topics = kb.cluster_documents(two_topics, 2)
    sport = topics.terms[topics.terms["cluster"] == topics.labels.iloc[0]]
    assert set(sport.head(5)["term"]) <= set(SPORT)


def test_the_same_random_state_gives_the_same_topics(two_topics):
    first, second = (kb.cluster_documents(two_topics, 3, random_state=4) for _ in range(2))
    pd.testing.assert_frame_equal(first.terms, second.terms)
    pd.testing.assert_frame_equal(first.documents, second.documents)
    pd.testing.assert_frame_equal(first.stability, second.stability)


def test_clusters_are_numbered_by_size(two_topics):
    sizes = kb.cluster_documents(two_topics, 4).labels.value_counts()
    assert sizes.sort_index().is_monotonic_decreasing


def test_the_number_of_clusters_is_lowered_to_one_for_every_three_documents(texts):
    words = "موسكو دمشق جنيف واشنطن باريس بغداد عمان".split()
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:] + words[:1], strict=True)]
    dtm = kb.document_term_matrix(kb.tokenize(texts(*pairs)))
    with pytest.warns(kb.KhabarWarning, match="7 documents, 7 of them distinct, allow at most 2"):
        assert kb.cluster_documents(dtm, 7).n_clusters == 2


def test_copies_of_one_text_are_one_cluster(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts(*["موسكو دمشق جنيف"] * 9)))
    with pytest.warns(kb.KhabarWarning, match="9 documents, 1 of them distinct, allow at most 1"):
        assert kb.cluster_documents(dtm, 3).n_clusters == 1


def test_few_documents_are_clustered_with_a_warning(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("موسكو دمشق", "موسكو", "دمشق", "جنيف دمشق")))
    with pytest.warns(kb.KhabarWarning, match="topics of 4 documents are not reliable"):
        topics = kb.cluster_documents(dtm, 1)
    assert topics.labels.tolist() == [0, 0, 0, 0]


def test_a_document_without_terms_is_left_unassigned(two_topics):
    words = [*[" ".join(SPORT)] * 15, *[" ".join(OIL)] * 15, "في"]
    dtm = kb.document_term_matrix(kb.tokenize(pd.Series(words)))
    topics = kb.cluster_documents(dtm, 2)
    assert topics.labels.iloc[-1] == -1
    assert topics.documents["similarity"].isna().tolist() == [False] * 30 + [True]


def test_documents_without_any_term_are_refused(texts):
    with pytest.raises(kb.KhabarError, match="none of the 2 documents holds a term"):
        kb.cluster_documents(kb.document_term_matrix(kb.tokenize(texts("في", "من"))), 1)


def test_silhouettes_equal_those_of_scikit_learn():
    rng = np.random.default_rng(1)
    space = rng.normal(size=(60, 5))
    space /= np.linalg.norm(space, axis=1, keepdims=True)
    labels = rng.permutation(np.r_[np.repeat([0, 1, 2], 19), 3, 4, 4])
    expected = silhouette_samples(space, labels, metric="cosine")
    assert silhouettes(space, labels) == pytest.approx(expected, abs=1e-10)


def test_signed_g2_is_the_likelihood_ratio_of_the_four_cells():
    from scipy.stats import chi2_contingency

    table = [[12, 3], [8, 27]]
    expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert signed_g2(np.array([12]), 20, np.array([3]), 30)[0] == pytest.approx(expected)


def test_topics_of_the_sample_are_its_sections(sample):
    from importlib.resources import files

    with files("khabar.data").joinpath("sample", "truth.csv").open(encoding="utf-8") as file:
        sections = pd.read_csv(file, index_col="document")["section"]
    topics = kb.cluster_documents(kb.document_term_matrix(kb.tokenize(sample["text"])), 3)
    agreement = normalized_mutual_info_score(sections.reindex(sample.index), topics.labels)
    assert agreement > 0.6


def test_shares_of_topics_add_up_in_every_period(two_topics):
    topics = kb.cluster_documents(two_topics, 2)
    published = pd.Series(pd.date_range("2015-01-01", periods=30, freq="10D"))
    shares = kb.topics_over_time(topics, pd.DataFrame({"published": published}), freq="M")
    assert shares.groupby("period")["share"].sum().to_numpy() == pytest.approx(1)
    assert shares["documents"].sum() == 30


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([0.1, 0.3, 0.2], 3), ([0.1, 0.2, 0.3], 4), ([], None)],
)
def test_only_an_interior_peak_is_called_clear(scores, expected):
    choices = pd.DataFrame({"n_clusters": range(2, 2 + len(scores)), "silhouette": scores})
    choices["chance"] = 0.01
    k, reason = kb.recommend_n_clusters(choices)
    assert k == expected
    assert ("a clear peak" in reason) == (expected == 3)


def test_documents_without_topics_are_neither_clear_nor_stable(sample):
    dtm = kb.document_term_matrix(kb.tokenize(sample["text"]))
    for seed in range(3):
        noise = replace(dtm, counts=shuffled(dtm.counts, seed + 100))
        _, reason = kb.recommend_n_clusters(kb.choose_n_clusters(noise))
        assert "clear peak" not in reason
        assert set(kb.cluster_documents(noise, 3).stability["verdict"]) <= {"unstable", "doubtful"}


def test_dealing_the_words_out_again_keeps_lengths_and_frequencies(two_topics):
    dealt = shuffled(two_topics.counts, 0)
    for axis in (0, 1):
        assert (dealt.sum(axis=axis) == two_topics.counts.sum(axis=axis)).all()
    assert (dealt != two_topics.counts).sum() > 0


def test_the_silhouettes_of_sparse_rows_are_those_of_dense_ones(two_topics):
    weights = two_topics.tfidf().counts
    labels = np.arange(weights.shape[0]) % 3
    assert silhouettes(weights, labels) == pytest.approx(silhouettes(weights.toarray(), labels))
