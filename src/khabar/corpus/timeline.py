"""How many documents there are, of whom and when: the denominator of everything."""

import warnings

import pandas as pd

from khabar.checks import require_columns
from khabar.errors import KhabarError, KhabarWarning

FREQUENCIES = {"D": "D", "W": "W-SUN", "M": "M", "Y": "Y"}


def require_freq(freq: str) -> None:
    """Refuse what is no length of a period."""
    if freq not in FREQUENCIES:
        raise KhabarError(f"freq must be one of 'D', 'W', 'M' or 'Y'; not {freq!r}")


def period_of(dates: pd.Series, freq: str) -> pd.Series:
    """Return the first day of the period in which each date lies, missing for a missing date.

    Parameters
    ----------
    dates : Series of datetime
    freq : {'D', 'W', 'M', 'Y'}
        Day, week (Monday to Sunday), month or year.
    """
    require_freq(freq)
    if not pd.api.types.is_datetime64_any_dtype(dates):
        raise KhabarError(
            f"dates must be of type datetime, as pd.to_datetime makes; not {dates.dtype}"
        )
    return dates.dt.to_period(FREQUENCIES[freq]).dt.start_time


def all_periods(periods: pd.Series, freq: str) -> pd.DatetimeIndex:
    """Return every period from the first to the last, empty ones between included."""
    known = periods.dropna()
    if known.empty:
        return pd.DatetimeIndex([])
    return pd.period_range(known.min(), known.max(), freq=FREQUENCIES[freq]).start_time


def documents_over_time(documents: pd.DataFrame, *, freq: str = "M") -> pd.DataFrame:
    """Count the documents of each outlet in each period.

    Parameters
    ----------
    documents : DataFrame
        With `published` and `outlet`.
    freq : {'D', 'W', 'M', 'Y'}
        Length of a period.

    Returns
    -------
    DataFrame
        One row per period and outlet, empty ones included: `period` (first day), `outlet`
        ('unknown' where missing), `documents`; then, with the period missing, the documents
        without a date.

    Examples
    --------
    >>> documents = pd.DataFrame({"published": pd.to_datetime(["2015-04-23", None]), "outlet": "a"})
    >>> documents_over_time(documents)["documents"].tolist()
    [1, 1]
    """
    require_columns("documents", documents, ["published", "outlet"])
    periods = period_of(documents["published"], freq).rename("period")
    outlets = documents["outlet"].fillna("unknown")
    counts = documents.groupby([periods, outlets], dropna=False).size().rename("documents")
    grid = pd.MultiIndex.from_product(
        [all_periods(periods, freq), sorted(outlets.unique())], names=["period", "outlet"]
    )
    dated = counts[counts.index.get_level_values("period").notna()].reindex(grid, fill_value=0)
    undated = counts[counts.index.get_level_values("period").isna()]
    return pd.concat([dated, undated]).reset_index()


def periods(documents: pd.DataFrame, *, freq: str = "M") -> pd.Series:
    """Return the period of each document, to be given as `by=` to a measure.

    Parameters
    ----------
    documents : DataFrame
        Indexed by `document_id`, with `published`.
    freq : {'D', 'W', 'M', 'Y'}
        Day, week (Monday to Sunday), month or year.

    Returns
    -------
    Series
        Named `period`: the first day of the period, missing for a document without a date. It is
        a categorical of every period from the first to the last, so that empty ones stay.

    Examples
    --------
    >>> days = pd.to_datetime(["2015-04-23", "2015-06-02", None])
    >>> by = periods(pd.DataFrame({"published": days}), freq="M")
    >>> by.isna().sum(), [f"{month:%B}" for month in by.cat.categories]
    (np.int64(1), ['April', 'May', 'June'])
    """
    require_columns("documents", documents, ["published"])
    first_days = period_of(documents["published"], freq)
    every = pd.CategoricalDtype(all_periods(first_days, freq), ordered=True)
    return first_days.astype(every).rename("period")


def dated_periods(documents: pd.DataFrame, freq: str | None) -> pd.Series:
    """Return the first day of each dated document's period; warn of the undated."""
    periods = periods_of_dated(documents, freq)
    warn_of_undated(len(documents) - len(periods), len(documents), stacklevel=4)
    return periods


def periods_of_dated(documents: pd.DataFrame, freq: str | None) -> pd.Series:
    """Return the first day of each dated document's period; without periods, a missing one."""
    if freq is None:
        return pd.Series(pd.NaT, index=documents.index, dtype="datetime64[us]")
    return period_of(documents["published"], freq).dropna()


def warn_of_undated(n_undated: int, n_documents: int, *, stacklevel: int = 3) -> None:
    """Warn that so many documents count in no period."""
    if n_undated:
        warnings.warn(
            f"{n_undated} of {n_documents} documents have no date and belong to no period",
            KhabarWarning,
            stacklevel=stacklevel,
        )
