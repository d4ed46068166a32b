"""Say in one sentence what a parameter should have been."""

from collections.abc import Iterable
from numbers import Integral

import pandas as pd

from khabar.errors import KhabarError


def require_type(name: str, value: object, *types: type) -> None:
    """Refuse a value that is of none of the types."""
    if not isinstance(value, types):
        expected = " or ".join(t.__name__ for t in types)
        raise KhabarError(f"{name} must be a {expected}, not {type(value).__name__}")


def require_whole(name: str, value: object) -> None:
    """Refuse what is no whole number from 1 on."""
    if not isinstance(value, Integral) or value < 1:
        raise KhabarError(f"{name} must be a whole number, 1 or more, not {value!r}")


def require_columns(name: str, table: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse a table that lacks a column."""
    require_type(name, table, pd.DataFrame)
    missing = [column for column in columns if column not in table]
    if missing:
        raise KhabarError(
            f"{name} must have the columns {', '.join(columns)}; {missing[0]!r} is missing"
        )


def require_documents(name: str, value: pd.Series, documents: pd.Index) -> None:
    """Refuse what is no Series indexed by document, or is of other documents."""
    require_type(name, value, pd.Series)
    if len(documents) and not documents.isin(value.index).any():
        raise KhabarError(
            f"{name} must be indexed by document; none of the documents is in its index"
        )
