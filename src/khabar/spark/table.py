"""What every function asks of a table of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar.errors import KhabarError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def typed(table: DataFrame, column: str = "document_id") -> str:
    """Return name and type of a column, as a schema says them."""
    return f"`{column}` {table.schema[column].dataType.simpleString()}"


def require_columns(table: DataFrame, columns: list[str], name: str = "documents") -> None:
    """Refuse what is no table of Spark, or lacks a column."""
    if not hasattr(table, "mapInPandas"):
        raise KhabarError(f"{name} must be a Spark DataFrame, not {type(table).__name__}")
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise KhabarError(
            f"{name} must have the columns {', '.join(columns)}; {absent[0]!r} is missing"
        )
