"""One way to split documents into groups, for every measure that takes `by`."""

from collections.abc import Callable, Hashable, Mapping

import numpy as np
import pandas as pd

from khabar.checks import require_documents
from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix


def group_of_documents(by: pd.Series | None, document_ids: pd.Index) -> tuple[np.ndarray, pd.Index]:
    """Return for each document the position of its group, -1 if it has none, and the groups.

    Groups stand in their order; those of a categorical in the order of its categories, with the
    ones that no document belongs to. Without `by` all documents are one group.

    Examples
    --------
    >>> by = pd.Series({"a": "y", "b": "x", "c": None})
    >>> position, groups = group_of_documents(by, pd.Index(["c", "b", "a"]))
    >>> position.tolist(), list(groups)
    ([-1, 0, 1], ['x', 'y'])
    """
    if by is None:
        return np.zeros(len(document_ids), np.int64), pd.Index(["all"])
    require_documents("by", by, document_ids)
    if not by.index.is_unique:
        raise KhabarError("by must have one value for each document; some stand in it twice")
    values = by.reindex(document_ids)
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy(np.int64), pd.Index(values.cat.categories)
    position, groups = pd.factorize(values, sort=True)
    return position, pd.Index(groups)


def group_name(by: pd.Series) -> str:
    """Return what the column of groups is called."""
    return by.name or "group"


def in_each_group(
    by: pd.Series | None,
    document_ids: pd.Index,
    table: Callable[[np.ndarray], pd.DataFrame],
    *,
    empty: bool = False,
) -> pd.DataFrame:
    """Put the tables of all groups under one another, with the group in the first column.

    `table` gets the positions of a group's documents. Without `by` its result is returned as it
    is; a group without documents has no rows, unless `empty`.
    """
    position, groups = group_of_documents(by, document_ids)
    if by is None:
        return table(np.arange(len(document_ids)))
    rows = {group: np.flatnonzero(position == i) for i, group in enumerate(groups)}
    tables = {group: table(r) for group, r in rows.items() if empty or len(r)}
    return under_one_another(tables, group_name(by), table(np.zeros(0, np.int64)))


def under_one_another(
    tables: Mapping[Hashable, pd.DataFrame], name: str, nothing: pd.DataFrame
) -> pd.DataFrame:
    """Join the tables of groups, the group in the first column; without groups, as `nothing`."""
    if not tables:
        nothing = nothing.head(0)
        nothing.insert(0, name, [])
        return nothing
    joined = pd.concat(tables, names=[name]).reset_index(level=0)
    return joined.reset_index(drop=True)


def documents_at(dtm: DocumentTermMatrix, rows: np.ndarray) -> DocumentTermMatrix:
    """Return the matrix of the documents at these positions, all terms kept."""
    return DocumentTermMatrix(
        dtm.counts[rows], dtm.terms, dtm.document_ids[rows], dtm.lengths[rows]
    )
