"""Run notebooks from a clean kernel, on a corpus of one's choice."""

import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tqdm import tqdm

from khabar.errors import KhabarError

_SETUP = "from khabar.publish.kernel import prepare\n\nprepare()"


def execute_notebooks(
    notebooks: Iterable[Path], target: Path, *, corpus: Path | None = None
) -> list[Path]:
    """Run each notebook and write it, with its outputs, into a folder.

    Parameters
    ----------
    notebooks : iterable of Path
    target : Path
        An existing folder.
    corpus : Path, optional
        Set as `corpus` after the cell tagged `parameters`; without it the notebook's own value
        stands.

    Returns
    -------
    list of Path
        The executed notebooks.

    Raises
    ------
    KhabarError
        If a cell fails: names the notebook and the cell, and holds the traceback.
    """
    written = []
    for path in notebooks:
        notebook = nbformat.read(path, as_version=4)
        _insert_hidden_cell(notebook, 0, _SETUP)
        if corpus is not None:
            _set_corpus(notebook, path, corpus)
        _run(notebook, path)
        executed = target / path.name
        nbformat.write(notebook, executed)
        written.append(executed)
    return written


def _run(notebook: nbformat.NotebookNode, path: Path) -> None:
    n_cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=n_cells, desc=path.stem, unit="cell") as bar:
        client = NotebookClient(
            notebook,
            timeout=None,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            client.execute()
        except (CellExecutionError, DeadKernelError) as error:
            ours = getattr(error, "ename", "") == "KhabarError"
            told = error.evalue if ours else f"\n{error}"
            raise KhabarError(f"{path.name} failed: {told}") from error


def _insert_hidden_cell(notebook: nbformat.NotebookNode, position: int, source: str) -> None:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-cell"]})
    notebook.cells.insert(position, cell)


def _set_corpus(notebook: nbformat.NotebookNode, path: Path, corpus: Path) -> None:
    """Show the folder's name as the parameter, and set its whole path out of sight."""
    tagged = [
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        raise KhabarError(
            f"{path.name}: exactly one cell must be tagged 'parameters', not {len(tagged)}"
        )
    cell = notebook.cells[tagged[0]]
    cell.source = re.sub(
        r"^corpus = None.*", lambda _: f"corpus = {corpus.resolve().name!r}", cell.source
    )
    _insert_hidden_cell(notebook, tagged[0] + 1, f"corpus = {str(corpus.resolve())!r}")
