"""Topics: TF-IDF and k-means, with an account of how far to trust them.

The recipe is in the notes of `cluster_documents`, its steps in `partition`; what can be looked at
in topics is in `topic_views`.
"""

import json
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
from scipy import sparse
from threadpoolctl import threadpool_limits

from khabar.checks import require_type, require_whole
from khabar.errors import KhabarError, KhabarWarning
from khabar.language.citation import citation_forms
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix, tfidf_weights
from khabar.language.orthography import keys_of_types
from khabar.language.tokens import tokenize
from khabar.measures.association import signed_g2
from khabar.measures.partition import (
    Recipe,
    cluster_sums,
    complement_weights,
    cut,
    distinct_documents,
    neighbours,
    partition,
    unit_rows,
    usable_documents,
)
from khabar.measures.stability import N_RESAMPLES, best_jaccard, mean_of_known, resamples, verdict
from khabar.progress import progress

UNASSIGNED = -1
_FEW_DOCUMENTS = 30


@dataclass(frozen=True, eq=False, repr=False)
class Topics:
    """A partition of the documents, with what describes and what qualifies it.

    Attributes
    ----------
    labels : Series of int, indexed by document
        The cluster, from 0, the largest first; -1 for a document without usable terms.
    dtm : DocumentTermMatrix
        What was clustered: the documents that have usable terms, and those terms.
    moved : float
        Share of the documents that the steps after k-means took from the cluster it gave them.
    recipe : Recipe
        The steps that led here.
    random_state : int
    names : dict of str
        The analyst's names, by cluster; see `rename`.
    """

    labels: pd.Series
    dtm: DocumentTermMatrix
    moved: float
    recipe: Recipe
    random_state: int
    names: Mapping[int, str] = field(default_factory=dict)
    # What takes long is computed once, also for the same topics under other names.
    _known: dict[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        n_assigned = len(self.dtm.document_ids)
        caution = "; too few to rely on" if n_assigned < _FEW_DOCUMENTS else ""
        return (
            f"<Topics: {self.n_clusters} clusters of {n_assigned} documents, "
            f"{len(self.unassigned)} without usable terms{caution}>"
        )

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return int(self.labels.max()) + 1

    @property
    def unassigned(self) -> pd.Index:
        """The documents without usable terms, which are in no cluster."""
        return self.labels.index[self.labels == UNASSIGNED]

    @property
    def sizes(self) -> pd.Series:
        """Documents of each cluster."""
        sizes = self.labels[self.labels != UNASSIGNED].value_counts().sort_index()
        return sizes.rename("documents")

    @property
    def titles(self) -> pd.Series:
        """What each cluster is called: the analyst's name, or its number and first two terms."""
        if "titles" not in self._known:
            first = _ranked_terms(self, "g2", 2).groupby("cluster")["term"].agg(" / ".join)
            self._known["titles"] = [f"{c}: {first.get(c, '')}" for c in range(self.n_clusters)]
        titles = [self.names.get(c, title) for c, title in enumerate(self._known["titles"])]
        return pd.Series(titles, pd.RangeIndex(self.n_clusters, name="cluster"), name="topic")

    @property
    def terms(self) -> pd.DataFrame:
        """The ten most distinctive terms of each cluster, as `topic_terms` lists them."""
        return topic_terms(self)

    @property
    def documents(self) -> pd.DataFrame:
        """How each document sits in its cluster.

        Indexed by document: `cluster`, `topic`, `similarity` (cosine to the centre of the cluster
        on TF-IDF, 0 to 1), `silhouette` (-1 to 1; below 0 another cluster is nearer), `next` (the
        cluster it would go to next). Missing for documents without usable terms.
        """
        if "documents" not in self._known:
            self._known["documents"] = self._describe_documents()
        table = self._known["documents"].copy()
        table.insert(1, "topic", table["cluster"].map(self.titles))
        return table

    @property
    def stability(self) -> pd.DataFrame:
        """How far each cluster comes back when the documents are drawn again.

        One row per cluster: `cluster`, `topic`, `documents`, `jaccard` (mean over 20 resamples, 0
        to 1), `verdict` (below .60 unstable, .60 doubtful, .75 stable, .85 highly stable; not
        measured where there is one cluster). Computed when first asked for: every resample goes
        the whole way from TF-IDF to the reassignment.
        """
        if "jaccard" not in self._known:
            self._known["jaccard"] = _jaccard(self)
        jaccard = self._known["jaccard"]
        table = self.titles.reset_index().assign(documents=self.sizes.to_numpy(), jaccard=jaccard)
        return table.assign(verdict=[verdict(j) for j in jaccard])

    def rename(self, names: Mapping[int, str]) -> "Topics":
        """Return the same topics with names of the analyst's, by cluster number.

        Every table and chart made from the topics returned shows them; clusters not named keep
        the names they had.
        """
        require_type("names", names, Mapping)
        if unknown := set(names) - set(range(self.n_clusters)):
            raise KhabarError(
                f"names must be given by cluster, 0 to {self.n_clusters - 1}, "
                f"not {min(unknown, key=str)!r}"
            )
        return replace(self, names={**self.names, **{int(c): str(n) for c, n in names.items()}})

    def assign(self, new_documents: DocumentTermMatrix | pd.Series) -> pd.DataFrame:
        """Put documents that were not clustered into the clusters there are.

        Parameters
        ----------
        new_documents : DocumentTermMatrix or Series of str
            Terms are recognized by their citation form, so that a matrix of other texts will do.

        Returns
        -------
        DataFrame
            Indexed by document: `cluster` (-1 if no term is known), `topic`, `similarity` (cosine
            to the centre of the cluster on TF-IDF: low for what belongs to none of the topics).

        Notes
        -----
        Decided by the classifier of the reassignment, trained on the clusters as they are.
        """
        require_type("new_documents", new_documents, DocumentTermMatrix, pd.Series)
        if isinstance(new_documents, pd.Series):
            new_documents = document_term_matrix(tokenize(new_documents))
        counts = self._in_known_terms(new_documents)
        against = counts @ complement_weights(self._sums(self.dtm.counts)).T
        known = counts.sum(axis=1) > 0
        cluster = np.where(known, against.argmin(axis=1), UNASSIGNED)
        df, n = self.dtm.document_frequency, len(self.dtm.document_ids)
        cosines = tfidf_weights(counts, df, n) @ self._centres().T
        table = pd.DataFrame({"cluster": cluster}, index=new_documents.document_ids)
        table["topic"] = table["cluster"].map(self.titles)
        return table.assign(similarity=np.where(known, _at(cosines, cluster), np.nan))

    def save(self, path: str | Path) -> None:
        """Write the topics, names and all, to one file that `load_topics` reads."""
        told = {
            "documents": list(self.labels.index),
            "used": list(self.dtm.document_ids),
            "terms": list(self.dtm.terms),
            "names": list(self.names.items()),
            "recipe": asdict(self.recipe),
            "moved": self.moved,
            "random_state": int(self.random_state),
        }
        counts = self.dtm.counts
        with Path(path).open("wb") as file:
            np.savez_compressed(
                file,
                told=np.array(json.dumps(told, ensure_ascii=False, default=_plain)),
                labels=self.labels.to_numpy(),
                data=counts.data,
                indices=counts.indices,
                indptr=counts.indptr,
                lengths=self.dtm.lengths,
                jaccard=self._known.get("jaccard", np.zeros(0)),
            )

    def _positions(self) -> np.ndarray:
        """Return the cluster of each row of `dtm`."""
        return self.labels.reindex(self.dtm.document_ids).to_numpy()

    def _sums(self, rows: sparse.csr_array) -> np.ndarray:
        return cluster_sums(rows, self._positions(), self.n_clusters)

    def _centres(self) -> np.ndarray:
        return unit_rows(self._sums(tfidf_weights(self.dtm.counts)))

    def _describe_documents(self) -> pd.DataFrame:
        weights, clusters = tfidf_weights(self.dtm.counts), self._positions()
        silhouette, following = neighbours(weights, clusters)
        similarity = _at(weights @ self._centres().T, clusters)
        columns = {"similarity": similarity, "silhouette": silhouette, "next": following}
        table = pd.DataFrame(columns, index=self.dtm.document_ids).reindex(self.labels.index)
        table["next"] = table["next"].astype("Int64")
        table.insert(0, "cluster", self.labels)
        return table

    def _in_known_terms(self, new: DocumentTermMatrix) -> sparse.csr_array:
        """Move the counts of another matrix into the columns of this one."""
        if new.terms.equals(self.dtm.terms):
            return new.counts
        known, theirs = _keys(self.dtm.terms), _keys(new.terms)
        column = pd.Series(np.arange(len(known)), known).groupby(level=0).first()
        target = column.reindex(theirs)
        held = np.flatnonzero(target.notna())
        cells = (np.ones(len(held), np.int32), (held, target.iloc[held].astype(int)))
        shape = (len(theirs), len(known))
        return sparse.csr_array(new.counts @ sparse.csr_array(cells, shape))


def _keys(terms: pd.Index) -> list[str]:
    return keys_of_types(citation_forms(pd.Series(terms, dtype=object)))


def _at(table: np.ndarray, columns: np.ndarray) -> np.ndarray:
    return table[np.arange(len(columns)), columns]


def _plain(value: object) -> object:
    """Return a number of numpy's, or a time, as JSON knows it."""
    return value.item() if isinstance(value, np.generic) else str(value)


def load_topics(path: str | Path) -> Topics:
    """Read topics that `Topics.save` wrote.

    Raises
    ------
    KhabarError
        If the file is something else.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(str(file["told"]))
            labels, lengths, jaccard = file["labels"], file["lengths"], file["jaccard"]
            cells = (file["data"], file["indices"], file["indptr"])
    except (ValueError, KeyError, BadZipFile) as error:
        raise KhabarError(f"{path} is no file that Topics.save wrote") from error
    index = pd.Index(told["documents"], name="document_id")
    counts = sparse.csr_array(cells, (len(told["used"]), len(told["terms"])))
    terms = pd.Index(told["terms"], dtype=object, name="term")
    return Topics(
        pd.Series(labels, index, name="cluster"),
        DocumentTermMatrix(counts, terms, pd.Index(told["used"], name="document_id"), lengths),
        moved=told["moved"],
        recipe=Recipe(**told["recipe"]),
        random_state=told["random_state"],
        names=dict(told["names"]),
        _known={"jaccard": jaccard} if len(jaccard) else {},
    )


# One thread: the same figures on every machine, and no waiting for threads on a busy one.
@threadpool_limits.wrap(limits=1)
def cluster_documents(
    dtm: DocumentTermMatrix,
    n_clusters: int = 5,
    *,
    random_state: int = 0,
    tfidf: bool = True,
    dimensions: int | None = 75,
    unit_rows: bool = True,
    n_init: int = 20,
    soften: bool = True,
    reassign: bool = True,
) -> Topics:
    """Group documents that share vocabulary.

    Parameters
    ----------
    dtm : DocumentTermMatrix
        Counts, as `document_term_matrix` makes them. Trimmed here.
    n_clusters : int
        At most one for every three documents; more are lowered to that, with a warning.
    random_state : int
        The only source of chance.
    tfidf : bool
        Weigh counts by TF-IDF; else they stay counts, in rows of length 1.
    dimensions : int or None
        Of the latent space, at most; small corpora get fewer. None stays with the terms.
    unit_rows : bool
        Scale the rows of the latent space to length 1.
    n_init : int
        Starts of k-means, of which the best is kept.
    soften : bool
        Let documents between clusters count for several, and k-means settle again.
    reassign : bool
        Let a classifier of the clusters correct their borders.

    Returns
    -------
    Topics

    Notes
    -----
    Unit rows of TF-IDF, reduced to unit rows of at most 75 latent dimensions (truncated SVD),
    k-means with 20 restarts, soft k-means from there, then up to 10 rounds in which a complement
    naive Bayes classifier, trained on the clusters, reassigns documents. Of more than 6,000
    documents a sample goes this way, and the classifier assigns the others. `Topics.moved` tells
    what the steps after k-means changed; `benchmarks/topics.py` measures each step.

    Stability is the cluster-wise Jaccard coefficient over resamples of C. Hennig (2007),
    Cluster-wise assessment of cluster stability, CSDA 52, 258-271; every resample goes the whole
    way. Terms are ranked by Dunning's G2, the strength of the evidence that a term is commoner
    here than elsewhere.

    The number of clusters is a choice, not a finding, and the names one gives them are a reading.
    The order of the documents makes no difference.
    """
    require_type("dtm", dtm, DocumentTermMatrix)
    require_whole("n_clusters", n_clusters)
    require_whole("n_init", n_init)
    if dimensions is not None:
        require_whole("dimensions", dimensions)
    recipe = Recipe(tfidf, dimensions, unit_rows, n_init, soften, reassign)
    index = dtm.document_ids
    dtm, usable = usable_documents(dtm)
    usable = usable[np.argsort(index[usable].astype(str), kind="stable")]
    used = replace(
        dtm, counts=dtm.counts[usable], document_ids=index[usable], lengths=dtm.lengths[usable]
    )
    n_clusters = _allowed_n_clusters(int(n_clusters), used.counts)
    assigned, moved = partition(used.counts, n_clusters, recipe, random_state)
    order = np.argsort(-np.bincount(assigned, minlength=n_clusters), kind="stable")
    labels = pd.Series(UNASSIGNED, index=index, name="cluster")
    labels.iloc[usable] = np.argsort(order)[assigned]
    return Topics(labels, used, moved, recipe, random_state)


def _allowed_n_clusters(n_clusters: int, counts: sparse.csr_array) -> int:
    n_documents = counts.shape[0]
    n_distinct = distinct_documents(counts)
    allowed = min(n_clusters, max(n_documents // 3, 1), n_distinct)
    if allowed < n_clusters:
        _warn(
            f"{n_documents} documents, {n_distinct} of them distinct, allow at most {allowed} "
            f"clusters (one for every three), not {n_clusters}"
        )
    if n_documents < _FEW_DOCUMENTS:
        _warn(
            f"topics of {n_documents} documents are not reliable; below {_FEW_DOCUMENTS} look at "
            "term frequencies instead"
        )
    return allowed


def _warn(message: str) -> None:
    # Five frames up, past the thread limit, is the caller of cluster_documents.
    warnings.warn(message, KhabarWarning, stacklevel=5)


@threadpool_limits.wrap(limits=1)
def _jaccard(topics: Topics) -> np.ndarray:
    """Return the mean over resamples of how much of each cluster comes back."""
    n_clusters, counts, labels = topics.n_clusters, topics.dtm.counts, topics._positions()
    if n_clusters < 2:
        return np.full(n_clusters, np.nan)
    recipe = replace(topics.recipe, n_init=min(topics.recipe.n_init, 10))
    draws = resamples(counts, recipe, N_RESAMPLES, topics.random_state)
    found = []
    for drawn, space in progress(draws, "stability", total=N_RESAMPLES):
        _, again = cut(counts[drawn], space, n_clusters, recipe, topics.random_state)
        found.append(best_jaccard(labels[drawn], again, n_clusters))
    return mean_of_known(found)


def topic_terms(topics: Topics, *, rank_by: str = "g2", n: int = 10) -> pd.DataFrame:
    """List the terms that tell each topic apart, or that are simply common in it.

    Parameters
    ----------
    topics : Topics
    rank_by : {'g2', 'frequency'}
        Distinctive here against elsewhere, or frequent here. The second names what the documents
        talk of, the first what only they do.
    n : int
        Terms per topic at most; none is called distinctive that is rarer here than elsewhere.

    Returns
    -------
    DataFrame
        `cluster`, `topic`, `rank`, `term` (its commonest written form), `g2` (signed, on documents,
        against the other clusters), `share` (of the cluster's documents that hold the term, 0 to
        1), `share_elsewhere` (missing if there is one cluster), `frequency` (occurrences in the
        cluster).
    """
    if rank_by not in {"g2", "frequency"}:
        raise KhabarError(f"rank_by must be 'g2' or 'frequency', not {rank_by!r}")
    table = _ranked_terms(topics, rank_by, n)
    table.insert(1, "topic", table["cluster"].map(topics.titles))
    return table


def _ranked_terms(topics: Topics, rank_by: str, n: int) -> pd.DataFrame:
    counts, sizes = topics.dtm.counts, topics.sizes.to_numpy()
    occurrences = topics._sums(counts)
    inside = topics._sums(counts.astype(bool).astype(np.int32))
    everywhere, n_documents = inside.sum(axis=0), int(sizes.sum())
    spelling = np.argsort(np.argsort(topics.dtm.terms))
    tables = []
    for cluster, size in enumerate(sizes):
        elsewhere, rest = everywhere - inside[cluster], n_documents - size
        g2 = signed_g2(inside[cluster], size, elsewhere, rest)
        ranking = g2 if rank_by == "g2" else occurrences[cluster]
        top = np.lexsort([spelling, -inside[cluster], -ranking])[:n]
        if rank_by == "g2" and rest:
            top = top[g2[top] > 0]
        table = pd.DataFrame(
            {
                "cluster": cluster,
                "rank": np.arange(1, len(top) + 1),
                "term": topics.dtm.terms[top],
                "g2": g2[top],
                "share": inside[cluster, top] / size,
                "share_elsewhere": elsewhere[top] / rest if rest else np.nan,
                "frequency": occurrences[cluster, top],
            }
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
