"""How many documents there are, of whom and when: the denominator of everything."""

import pandas as pd

from khabar.errors import KhabarError

FREQUENCIES = {"D": "D", "W": "W-SUN", "M": "M", "Y": "Y"}


def period_of(dates: pd.Series, freq: str) -> pd.Series:
    """Return the first day of the period in which each date lies, missing for a missing date.

    Parameters
    ----------
    dates : Series of datetime
    freq : {'D', 'W', 'M', 'Y'}
        Day, week (Monday to Sunday), month or year.
    """
    if freq not in FREQUENCIES:
        raise KhabarError(f"freq must be one of 'D', 'W', 'M' or 'Y'; not {freq!r}")
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
        One row per period and outlet that published in it: `period` (first day; missing for
        documents without a date), `outlet` ('unknown' where missing), `documents`.

    Examples
    --------
    >>> documents = pd.DataFrame({"published": pd.to_datetime(["2015-04-23", None]), "outlet": "a"})
    >>> documents_over_time(documents)["documents"].tolist()
    [1, 1]
    """
    periods = period_of(documents["published"], freq).rename("period")
    outlets = documents["outlet"].fillna("unknown")
    counts = documents.groupby([periods, outlets], dropna=False).size()
    return counts.rename("documents").reset_index()
