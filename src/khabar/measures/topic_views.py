"""What can be looked at in topics: their cards, a map, time, outlets, actors."""

from collections.abc import Hashable

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from khabar.checks import require_columns
from khabar.corpus.timeline import all_periods, period_of
from khabar.errors import KhabarError
from khabar.measures.intervals import wilson_interval
from khabar.measures.partition import latent_space, unit_rows
from khabar.measures.topics import UNASSIGNED, Topics, topic_terms

_FEWEST_FOR_A_MAP = 8
_MOST_SHOWN = 1_500


def nearest_documents(topics: Topics, *, n: int = 3) -> pd.DataFrame:
    """List the documents nearest to the centre of each topic: what it is really about.

    Parameters
    ----------
    topics : Topics
    n : int
        Documents per topic.

    Returns
    -------
    DataFrame, indexed by document
        The columns of `Topics.documents`; topics in order, the nearest first.
    """
    table = topics.documents.drop(index=topics.unassigned)
    table = table.sort_values(["cluster", "similarity"], ascending=[True, False], kind="stable")
    return table.groupby("cluster").head(n)


def borderline_documents(topics: Topics, *, n: int = 10) -> pd.DataFrame:
    """List the documents that sit worst: another topic would do as well, or better.

    Parameters
    ----------
    topics : Topics
    n : int
        Documents in all.

    Returns
    -------
    DataFrame, indexed by document
        The columns of `Topics.documents`, with `next_topic`, the name of the topic in `next`; the
        lowest silhouette first.
    """
    table = topics.documents.drop(index=topics.unassigned)
    table = table.sort_values("silhouette", kind="stable").head(n)
    return table.assign(next_topic=table["next"].map(topics.titles))


def topic_cards(topics: Topics, documents: pd.DataFrame, *, n: int = 3) -> pd.DataFrame:
    """Put together what tells a reader what a topic is, and how far to trust it.

    Parameters
    ----------
    topics : Topics
    documents : DataFrame
        The documents clustered, with `title` and `text`, and `url` or `path` where there is one.
    n : int
        Headlines per topic.

    Returns
    -------
    DataFrame
        One row per topic: `cluster`, `topic`, `documents`, `share` (of all that have a topic, 0 to
        1), `jaccard`, `verdict` (as `Topics.stability`), `terms` (list of str, the most
        distinctive first), `frequent` (list of str, the most frequent); of the nearest documents
        `headlines` (list of str, the id where there is no title), `texts` (list of str, the first
        1,500 characters) and `links` (list of str: url, else path, else empty).
    """
    require_columns("documents", documents, ["title", "text"])
    cards = topics.stability
    cards.insert(3, "share", cards["documents"] / cards["documents"].sum())
    for name, rank_by in (("terms", "g2"), ("frequent", "frequency")):
        ranked = topic_terms(topics, rank_by=rank_by).groupby("cluster")["term"].agg(list)
        cards[name] = [ranked.get(cluster, []) for cluster in cards["cluster"]]
    nearest = nearest_documents(topics, n=n)
    shown = documents.reindex(nearest.index)
    columns = {
        "headlines": shown["title"].where(shown["title"].notna(), shown.index.to_series()),
        "texts": shown["text"].map(_beginning),
        "links": _links(shown),
    }
    for name, values in columns.items():
        cards[name] = values.astype(str).groupby(nearest["cluster"]).agg(list)
    return cards


def _beginning(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rsplit(maxsplit=1)[0] + " …"


def _links(documents: pd.DataFrame) -> pd.Series:
    """Return where each document is from: its address, else its file, else nothing."""
    links = pd.Series("", documents.index, dtype=object)
    for column in ("path", "url"):
        if column in documents:
            links = documents[column].astype(object).where(documents[column].notna(), links)
    return links


@threadpool_limits.wrap(limits=1)
def document_map(topics: Topics, documents: pd.DataFrame, *, n: int = 2_000) -> pd.DataFrame:
    """Place the documents on a plane, those that share vocabulary near one another.

    Parameters
    ----------
    topics : Topics
    documents : DataFrame
        The documents clustered, with `title` and `outlet`.
    n : int
        Documents at most: of more than that, a sample spread evenly over all.

    Returns
    -------
    DataFrame, indexed by document
        `x`, `y` (without a unit), `cluster`, `topic`, `title`, `outlet`, `similarity`.

    Notes
    -----
    t-SNE of the latent space in which the clusters were found, of L. van der Maaten and G. Hinton
    (2008), JMLR 9. It keeps neighbours together; the distance between two islands, and how large
    they are, mean nothing. Fewer than 8 documents are placed by the first two dimensions.
    """
    require_columns("documents", documents, ["title", "outlet"])
    space = latent_space(topics.dtm.counts, topics.recipe, topics.random_state)
    space = space if isinstance(space, np.ndarray) else space.toarray()
    rows = np.unique(np.linspace(0, len(space) - 1, min(n, len(space))).round().astype(int))
    place = _plane(space[rows].astype(np.float64), topics.random_state)
    ids = topics.dtm.document_ids[rows]
    placed = pd.DataFrame(place, index=ids, columns=["x", "y"])
    described = topics.documents.loc[ids, ["cluster", "topic", "similarity"]]
    return placed.join(described).join(documents[["title", "outlet"]])


def _plane(space: np.ndarray, random_state: int) -> np.ndarray:
    if len(space) < _FEWEST_FOR_A_MAP:
        return np.pad(space[:, :2], [(0, 0), (0, max(0, 2 - space.shape[1]))])
    from sklearn.manifold import TSNE

    perplexity = min(30, (len(space) - 1) / 3)
    tsne = TSNE(2, perplexity=perplexity, init="random", random_state=random_state, n_jobs=1)
    # Copies stand in one place; a breath of noise keeps their distances from being all zero.
    breath = np.random.default_rng(random_state).normal(scale=1e-4, size=space.shape)
    return tsne.fit_transform(unit_rows(space + breath))


def topics_over_time(topics: Topics, documents: pd.DataFrame, *, freq: str = "M") -> pd.DataFrame:
    """Share of each topic in the documents of each period.

    Parameters
    ----------
    topics : Topics
    documents : DataFrame
        The documents clustered, with `published`.
    freq : {'D', 'W', 'M', 'Y'}
        Length of a period.

    Returns
    -------
    DataFrame
        One row per period and cluster, empty periods included: `period` (first day), `cluster`,
        `topic`, `documents`, `published` (documents of the period with a topic), `share` (missing
        where nothing was published), `low`, `high` (its 95 % Wilson interval). Documents without a
        date are in none.
    """
    require_columns("documents", documents, ["published"])
    period = period_of(documents["published"].reindex(topics.labels.index), freq)
    table = _crossed(topics, period.rename("period"), all_periods(period, freq))
    return table.rename(columns={"total": "published"})


def topics_by_outlet(topics: Topics, documents: pd.DataFrame) -> pd.DataFrame:
    """Share of each topic in the documents of each outlet.

    Parameters
    ----------
    topics : Topics
    documents : DataFrame
        The documents clustered, with `outlet`.

    Returns
    -------
    DataFrame
        One row per outlet ('unknown' where missing) and cluster: `outlet`, `cluster`, `topic`,
        `documents`, `total` (documents of the outlet with a topic: the denominator), `share`,
        `low`, `high` (its 95 % Wilson interval).

    Notes
    -----
    A topic of one outlet alone may be its way of writing rather than a subject.
    """
    require_columns("documents", documents, ["outlet"])
    outlet = documents["outlet"].reindex(topics.labels.index).fillna("unknown")
    return _crossed(topics, outlet.rename("outlet"), sorted(outlet.unique()))


def topics_by_actor(
    topics: Topics, mentions: pd.DataFrame, *, top: int = 12, sense: str | None = None
) -> pd.DataFrame:
    """Share of each topic's documents that name an actor.

    Parameters
    ----------
    topics : Topics
    mentions : DataFrame
        As `find_mentions` returns them: `document_id`, `actor`, and `sense` if that is asked for.
    top : int
        Actors, those named in the most documents that have a topic.
    sense : {'actor', 'place'}, optional
        Count only mentions in this sense; without it both.

    Returns
    -------
    DataFrame
        One row per actor and cluster: `actor`, `cluster`, `topic`, `documents` (of the topic, that
        name the actor), `total` (documents of the topic: the denominator), `share`, `low`, `high`
        (its 95 % Wilson interval).
    """
    if sense not in {None, "actor", "place"}:
        raise KhabarError(f"sense must be 'actor', 'place' or None, not {sense!r}")
    require_columns("mentions", mentions, ["document_id", "actor", *(["sense"] if sense else [])])
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    pairs = mentions[["document_id", "actor"]].drop_duplicates()
    pairs = pairs.assign(cluster=pairs["document_id"].map(topics.labels))
    pairs = pairs[pairs["cluster"].notna() & (pairs["cluster"] != UNASSIGNED)]
    totals = pairs["actor"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    grid = pd.MultiIndex.from_product(
        [totals.index[:top], range(topics.n_clusters)], names=["actor", "cluster"]
    )
    counts = pairs.groupby(["actor", "cluster"]).size().reindex(grid, fill_value=0)
    table = counts.rename("documents").reset_index()
    return _with_shares(topics, table, table["cluster"].map(topics.sizes))


def _crossed(topics: Topics, groups: pd.Series, order: list[Hashable]) -> pd.DataFrame:
    """Count documents per group and cluster, with what each group holds in all."""
    kept = (topics.labels != UNASSIGNED) & groups.notna()
    grid = pd.MultiIndex.from_product(
        [order, range(topics.n_clusters)], names=[groups.name, "cluster"]
    )
    counts = topics.labels[kept].groupby([groups[kept], topics.labels[kept]]).size()
    table = counts.reindex(grid, fill_value=0).rename("documents").reset_index()
    return _with_shares(topics, table, table.groupby(groups.name)["documents"].transform("sum"))


def _with_shares(topics: Topics, table: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    table.insert(2, "topic", table["cluster"].map(topics.titles))
    low, high = wilson_interval(table["documents"], total)
    share = table["documents"] / total.where(total > 0)
    return table.assign(total=total, share=share, low=low, high=high)
