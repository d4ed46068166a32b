"""Tables as files that a spreadsheet opens as they are."""

import csv
from pathlib import Path

import pandas as pd

from khabar.checks import require_type

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def to_csv(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table as CSV that Excel opens with its Arabic intact and its formulas harmless.

    Parameters
    ----------
    table : DataFrame
    path : str or Path
        The file; replaced if it exists.

    Returns
    -------
    Path
        The file.

    Notes
    -----
    UTF-8 with a byte order mark, by which Excel knows it. A text that a spreadsheet would take for
    a formula (it begins with = + - @, a tab or a return) gets an apostrophe before it; numbers stay
    numbers. The index is written if it has a name.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = to_csv(pd.DataFrame({"term": ["=1+1", "خبر"]}), Path(folder, "terms.csv"))
    ...     print(path.read_text(encoding="utf-8-sig"))
    "term"
    "'=1+1"
    "خبر"
    """
    require_type("table", table, pd.DataFrame)
    table = with_index_as_columns(table)
    harmless = table.map(_harmless)
    harmless.columns = [_harmless(name) for name in table.columns]
    path = Path(path)
    # Quoted, so that a return within a text begins no row.
    harmless.to_csv(
        path, index=False, encoding="utf-8-sig", errors="replace", quoting=csv.QUOTE_NONNUMERIC
    )
    return path


def with_index_as_columns(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its index among the columns, if the index has a name."""
    return table.reset_index() if any(name is not None for name in table.index.names) else table


def _harmless(value: object) -> object:
    is_formula = isinstance(value, str) and value.lstrip(" \n").startswith(_BEGINS_A_FORMULA)
    return f"'{value}" if is_formula else value
