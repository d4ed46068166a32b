"""The one progress bar."""

from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def progress(items: Iterable[T], description: str, *, total: int | None = None) -> Iterable[T]:
    """Iterate over `items`, with a bar on standard error once the work has lasted a second."""
    return tqdm(items, desc=description, total=total, delay=1, leave=False)
