"""The groups of documents that come in blocks."""

from collections.abc import Hashable, Iterable, Iterator

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.measures.groups import group_name, group_of_documents


class Groups:
    """The group of each document: a column of the documents, or a Series, or one for all.

    Parameters
    ----------
    by : str, Series or None
    """

    def __init__(self, by: str | pd.Series | None) -> None:
        if by is not None and not isinstance(by, str):
            require_type("by", by, pd.Series)
            if not by.index.is_unique:
                raise KhabarError(
                    "by must have one value for each document; some stand in it twice"
                )
        self._by = by

    @property
    def columns(self) -> list[str]:
        """The columns of the documents that are needed."""
        return [self._by] if isinstance(self._by, str) else []

    @property
    def name(self) -> str:
        """What the column of groups is called."""
        return self._by if isinstance(self._by, str) else group_name(self._by)

    @property
    def categories(self) -> Iterable[Hashable]:
        """The groups that are known beforehand."""
        dtype = getattr(self._by, "dtype", None)
        return dtype.categories if isinstance(dtype, pd.CategoricalDtype) else ()

    def of(self, block: pd.DataFrame) -> pd.Series | None:
        """Return the group of each document of a block, missing if it has none."""
        if self._by is None:
            return None
        if isinstance(self._by, str):
            values = block[self._by]
            is_coded = isinstance(values.dtype, pd.CategoricalDtype)
            return values.astype(values.cat.categories.dtype) if is_coded else values
        return self._by.reindex(block.index)

    def rows(self, block: pd.DataFrame) -> Iterator[tuple[Hashable, np.ndarray]]:
        """Yield the groups in a block, and the positions of their documents in it."""
        position, groups = group_of_documents(self.of(block), block.index)
        for i, group in enumerate(groups):
            rows = np.flatnonzero(position == i)
            if len(rows):
                yield group, rows

    def in_order(self, found: Iterable[Hashable]) -> list[Hashable]:
        """Put groups in their order: of the categories, else of size or spelling."""
        found = list(found)
        if len(self.categories):
            return [group for group in self.categories if group in found]
        return list(pd.factorize(pd.Series(found), sort=True)[1])
