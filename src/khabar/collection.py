"""Rest for the garbage collector while a great many lasting objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Stop the search for garbage in a block, or in a function it decorates.

    While hundreds of thousands of objects are made that all stay, each search finds nothing, and
    together they take as long as the work.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
