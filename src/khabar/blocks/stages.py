"""What the passes of a long piece of work leave for one another: one Parquet file a block."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from khabar.blocks.files import write_whole
from khabar.blocks.table import part_file

_ROWS_OF_A_GROUP = 1 << 16


class Stage:
    """The results of one pass, a DataFrame for each block, its index and attributes kept.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __len__(self) -> int:
        """The number of blocks done, from the first on without a gap."""
        number = 0
        while part_file(self._folder, number).exists():
            number += 1
        return number

    def write(self, number: int, frame: pd.DataFrame) -> None:
        """Write the result of a block, whole or not at all."""
        write_whole(
            part_file(self._folder, number),
            lambda file: frame.to_parquet(
                file, engine="pyarrow", compression="zstd", row_group_size=_ROWS_OF_A_GROUP
            ),
        )

    def read(self, number: int, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the result of a block."""
        with part_file(self._folder, number).open("rb") as file:
            return pd.read_parquet(file, columns=columns)

    def n_rows(self, number: int) -> int:
        """Return the number of rows of a block."""
        with part_file(self._folder, number).open("rb") as file:
            return pq.read_metadata(file).num_rows

    def by_range(
        self, column: str, offsets: np.ndarray, *, at_once: int = 4_000_000
    ) -> Iterator[pd.DataFrame]:
        """Yield all rows whose number in a column lies in one range, then in the next.

        The numbers are taken to be spread evenly over all of 64 bits, and the rows of each block
        to be in their order. To `document`, a position in the block, `offsets` are added.
        """
        n_blocks = len(self)
        n_rows = sum(map(self.n_rows, range(n_blocks)))
        kind = self.read(0, [column])[column].dtype
        bounds = np.iinfo(kind)
        n_ranges = -(-n_rows // at_once) or 1
        edges = [bounds.min + i * (2**64 // n_ranges) for i in range(n_ranges)]
        for low, high in zip(edges, [*edges[1:], bounds.max + 1], strict=True):
            inside = [(column, ">=", kind.type(low)), (column, "<=", kind.type(high - 1))]
            found = []
            for number in range(n_blocks):
                with part_file(self._folder, number).open("rb") as file:
                    rows = pd.read_parquet(file, filters=inside)
                rows["document"] = rows["document"].astype(np.int64) + offsets[number]
                found.append(rows)
            yield pd.concat(found, ignore_index=True)
