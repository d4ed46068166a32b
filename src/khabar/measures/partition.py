"""Cut documents into groups: TF-IDF, latent space, k-means, reassignment.

scikit-learn is imported where it is used: it is most of the time that `import khabar` would take.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix, tfidf_weights

_SMOOTHING, _MOST_ROUNDS, _SETTLED = 0.5, 10, 0.001
# How much a document's cosine to a centre, and its mean word, weigh against the size of a cluster.
# Both may be half or twice as much and change little.
_CONCENTRATION, _EVIDENCE_OF_WORDS, _MOST_SOFT_ROUNDS = 30, 40, 20
# As many documents tell what the topics are; more of them cost time and change little.
MOST_SEEN = 6_000


@dataclass(frozen=True)
class Recipe:
    """The steps from counts to groups, each of which can be left out.

    Attributes
    ----------
    tfidf : bool
        Weigh counts by TF-IDF; else they stay counts, in rows of length 1.
    dimensions : int or None
        Of the latent space, at most; small corpora get fewer. None stays with the terms.
    unit_rows : bool
        Scale the rows of the latent space to length 1, which makes k-means compare directions.
    n_init : int
        Starts of k-means, of which the best is kept.
    soften : bool
        Let documents between groups count for several, and settle again.
    reassign : bool
        Let a complement naive Bayes classifier of the groups correct their borders.
    """

    tfidf: bool = True
    dimensions: int | None = 75
    unit_rows: bool = True
    n_init: int = 20
    soften: bool = True
    reassign: bool = True


def usable_documents(dtm: DocumentTermMatrix) -> tuple[DocumentTermMatrix, np.ndarray]:
    """Trim to the terms that can connect documents; return also the rows that keep any.

    Raises
    ------
    KhabarError
        If no document keeps a term.
    """
    n = len(dtm.document_ids)
    min_df = 1 if n < 10 else 2 if n < 1000 else 3
    max_df = 1.0 if n < 60 else 0.3
    trimmed = dtm.trim(min_df=min_df, max_df=max_df, max_terms=30_000)
    usable = np.flatnonzero(trimmed.counts.sum(axis=1))
    if not len(usable):
        raise KhabarError(
            f"none of the {n} documents holds a term that stands in at least {min_df} and at most "
            f"{max_df:.0%} of them: are they empty, all alike, or not in Arabic?"
        )
    return trimmed, usable


def distinct_documents(counts: sparse.csr_array) -> int:
    """Return how many different rows there are: no more clusters than that can be told apart."""
    ends = zip(counts.indptr, counts.indptr[1:], strict=False)
    return len({(counts.indices[a:b].tobytes(), counts.data[a:b].tobytes()) for a, b in ends})


def partition(
    counts: sparse.csr_array, n_clusters: int, recipe: Recipe, random_state: int
) -> tuple[np.ndarray, float]:
    """Return the cluster of each document, and the share that the steps after k-means moved.

    Of a large corpus the steps see a part, and the rest goes where the classifier of the clusters
    found in it says: that costs a fraction, and many restarts on a part are worth more than few on
    the whole.
    """
    rows = sample_rows(counts.shape[0], random_state)
    part = counts[rows]
    space = latent_space(part, recipe, random_state)
    first, settled = cut(part, space, n_clusters, recipe, random_state)
    labels = settled
    if len(rows) < counts.shape[0]:
        against = complement_weights(cluster_sums(part, settled, n_clusters))
        labels = (counts @ against.T.astype(np.float32)).argmin(axis=1)
        labels[rows] = settled
    return labels, float(np.mean(settled != first))


def sample_rows(n: int, random_state: int) -> np.ndarray:
    """Return the positions of the documents that are looked at, in order: all, up to 6,000."""
    if n <= MOST_SEEN:
        return np.arange(n)
    return np.sort(np.random.default_rng(random_state).choice(n, MOST_SEEN, replace=False))


def cut(
    counts: sparse.csr_array,
    space: np.ndarray | sparse.csr_array,
    n_clusters: int,
    recipe: Recipe,
    random_state: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the labels of k-means in the latent space, and the labels when all has settled."""
    first = k_means(space, n_clusters, random_state, n_init=recipe.n_init)
    settled = soften(counts, space, first) if recipe.soften else first
    return first, reassign(counts, settled) if recipe.reassign else settled


def latent_space(
    counts: sparse.csr_array, recipe: Recipe, random_state: int
) -> np.ndarray | sparse.csr_array:
    """Return the rows that k-means sees, whatever the number of clusters to come."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    weights = tfidf_weights(counts) if recipe.tfidf else normalize(counts.astype(np.float32))
    if recipe.dimensions is None:
        return weights
    room = min(max(5, counts.shape[0] // 10), min(weights.shape) - 1)
    n_dimensions = min(recipe.dimensions, room)
    if n_dimensions < 1:
        return weights.toarray()
    with np.errstate(invalid="ignore"):  # documents all alike have no variance to explain
        svd = TruncatedSVD(n_dimensions, n_iter=6, random_state=random_state)
        space = svd.fit_transform(weights)
    return unit_rows(space) if recipe.unit_rows else space


def k_means(
    space: np.ndarray | sparse.csr_array, n_clusters: int, random_state: int, *, n_init: int
) -> np.ndarray:
    """Return the labels of the best of `n_init` starts."""
    from sklearn.cluster import KMeans

    n_clusters = min(n_clusters, space.shape[0])  # a draw from few documents may hold fewer
    return KMeans(n_clusters, n_init=n_init, random_state=random_state).fit(space).labels_


def soften(
    counts: sparse.csr_array, space: np.ndarray | sparse.csr_array, labels: np.ndarray
) -> np.ndarray:
    """Let k-means settle again while a document between clusters counts for each of them.

    Notes
    -----
    First by direction alone: a mixture of von Mises-Fisher distributions with one concentration,
    started from `labels`: A. Banerjee et al. (2005), Clustering on the unit hypersphere using von
    Mises-Fisher distributions, JMLR 6. Then by direction and words together: complement naive Bayes
    (see `complement_weights`) joins in, by the mean over a document's words, for a sum would leave
    no document between clusters. In both, large clusters attract. The labels stay as they are if a
    cluster would be emptied.
    """
    n_clusters, dtype = labels.max() + 1, np.float32
    if n_clusters < 2:
        return labels
    counts = counts.astype(dtype)
    mean_words = counts.copy()
    mean_words.data /= np.repeat(counts.sum(axis=1), np.diff(counts.indptr))
    weights = np.eye(n_clusters, dtype=dtype)[labels]
    for evidence in (0, _EVIDENCE_OF_WORDS):
        for _ in range(_MOST_SOFT_ROUNDS):
            logs = _CONCENTRATION * (space @ unit_rows((space.T @ weights).T).T)
            logs += np.log(weights.mean(axis=0) + 1e-9)
            if evidence:
                against = complement_weights((counts.T @ weights).T)
                logs -= evidence * (mean_words @ against.T.astype(dtype))
            again = np.exp(logs - logs.max(axis=1, keepdims=True))
            again /= again.sum(axis=1, keepdims=True)
            moved, weights = np.abs(again - weights).sum(axis=1).mean() / 2, again
            if moved < _SETTLED:
                break
    settled = weights.argmax(axis=1)
    return settled if len(np.unique(settled)) == n_clusters else labels


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Scale rows to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)


def cluster_sums(rows: sparse.csr_array, labels: np.ndarray, n_clusters: int) -> np.ndarray:
    """Add up the rows of each cluster."""
    ones = (np.ones(len(labels), rows.dtype), (labels, np.arange(len(labels))))
    return (sparse.csr_array(ones, (n_clusters, len(labels))) @ rows).toarray()


def complement_weights(term_counts: np.ndarray) -> np.ndarray:
    """Return what each term speaks against each cluster: its log share in all other clusters.

    Parameters
    ----------
    term_counts : ndarray, shape (n_clusters, n_terms)
        Occurrences of each term in each cluster.

    Notes
    -----
    Complement naive Bayes of J. Rennie et al. (2003), Tackling the poor assumptions of naive Bayes
    text classifiers, ICML; a document belongs where `counts @ weights` is lowest. As scikit-learn's
    `ComplementNB(alpha=0.5)`. Estimating from the other clusters keeps a large one from swallowing
    what is short or odd.
    """
    elsewhere = term_counts.sum(axis=0) - term_counts + _SMOOTHING
    return np.log(elsewhere / elsewhere.sum(axis=1, keepdims=True))


def reassign(counts: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Let a classifier of the clusters correct their borders, as long as none is emptied."""
    n_clusters = labels.max() + 1
    if n_clusters < 2:
        return labels
    counts = counts.astype(np.float64)
    for _ in range(_MOST_ROUNDS):
        against = counts @ complement_weights(cluster_sums(counts, labels, n_clusters)).T
        proposal = against.argmin(axis=1)
        if len(np.unique(proposal)) < n_clusters:
            break
        moved = np.mean(proposal != labels)
        labels = proposal
        if moved < _SETTLED:
            break
    return labels


def silhouettes(rows: np.ndarray | sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Return each row's exact cosine silhouette, from cluster sums instead of all pairs.

    See `neighbours`, which tells the nearest other cluster too.
    """
    return neighbours(rows, labels)[0]


def neighbours(
    rows: np.ndarray | sparse.csr_array, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's exact cosine silhouette, and the cluster it would go to next.

    Parameters
    ----------
    rows : ndarray or csr_array, shape (n, d)
        Of length 1. Those of TF-IDF, not of the latent space: in few dimensions even noise falls
        into tight groups, the more so the nearer their number is to that of the dimensions.
    labels : ndarray of int, shape (n,)
        From 0, no cluster empty.

    Returns
    -------
    ndarray, shape (n,)
        Between -1 and 1; 0 in a cluster of one, and everywhere if there is one cluster.
    ndarray of int, shape (n,)
        The other cluster whose documents are nearest on average; the own one if there is no other.

    Notes
    -----
    With unit rows the mean distance of x to a set with sum S and size n is 1 - x.S/n, so the cost
    is O(n k d). Equal to `sklearn.metrics.silhouette_samples(metric="cosine")`.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return np.zeros(len(labels)), labels
    indicator = sparse.csr_array((np.ones(len(labels)), (labels, np.arange(len(labels)))))
    products = rows @ (indicator @ rows).T
    products = products.toarray() if sparse.issparse(products) else products
    own_size = sizes[labels]
    own = (np.arange(len(labels)), labels)
    within = 1 - (products[own] - 1) / np.maximum(own_size - 1, 1)
    distances = 1 - products / sizes
    distances[own] = np.inf
    nearest = distances.min(axis=1)
    scores = (nearest - within) / np.maximum(np.maximum(nearest, within), np.finfo(float).tiny)
    return np.where(own_size > 1, scores, 0), distances.argmin(axis=1)


def shuffled(counts: sparse.csr_array, random_state: int) -> sparse.csr_array:
    """Deal all occurrences out again at random: the same lengths and frequencies, no topics."""
    rows, columns = counts.tocoo().coords
    columns = np.repeat(columns, counts.data)
    np.random.default_rng(random_state).shuffle(columns)
    entries = (np.ones(len(columns), counts.dtype), (np.repeat(rows, counts.data), columns))
    dealt = sparse.coo_array(entries, counts.shape).tocsr()
    dealt.sum_duplicates()
    return dealt
