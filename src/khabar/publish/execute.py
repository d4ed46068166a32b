"""Run notebooks from a clean kernel, on a corpus of one's choice."""

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tqdm import tqdm

from khabar.charts.wording import language
from khabar.errors import KhabarError
from khabar.publish.languages import in_language

_SETUP = "from khabar.publish.kernel import prepare\n\nprepare({language!r}, {options})"


def execute_notebook(
    notebook: nbformat.NotebookNode,
    name: str,
    folder: Path,
    *,
    corpus: Path | None = None,
    **options: str,
) -> nbformat.NotebookNode:
    """Run a notebook in the reader's language; its cells in the other are dropped.

    Parameters
    ----------
    notebook : NotebookNode
        Is not changed.
    name : str
        For messages.
    folder : Path
        In which it runs.
    corpus : Path, optional
        Set as `corpus` after the cell tagged `parameters`; without it the notebook's own value
        stands.
    **options : str
        For `publish.kernel.prepare`.

    Returns
    -------
    NotebookNode
        With its outputs.

    Raises
    ------
    KhabarError
        If a cell fails: names the notebook and the cell, and holds the traceback.
    """
    notebook = in_language(notebook, language())
    if corpus is not None:
        _set_corpus(notebook, name, corpus)
    told = ", ".join(f"{name}={value!r}" for name, value in options.items())
    _insert_hidden_cell(notebook, 0, _SETUP.format(language=language(), options=told))
    _run(notebook, name, folder)
    return notebook


def _run(notebook: nbformat.NotebookNode, name: str, folder: Path) -> None:
    n_cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=n_cells, desc=f"{name} ({language()})", unit="cell") as bar:
        client = NotebookClient(
            notebook,
            timeout=None,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            client.execute()
        except (CellExecutionError, DeadKernelError) as error:
            ours = getattr(error, "ename", "") == "KhabarError"
            told = error.evalue if ours else f"\n{error}"
            raise KhabarError(f"{name} failed: {told}") from error


def _insert_hidden_cell(notebook: nbformat.NotebookNode, position: int, source: str) -> None:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-cell"]})
    notebook.cells.insert(position, cell)


def _set_corpus(notebook: nbformat.NotebookNode, name: str, corpus: Path) -> None:
    """Show the folder's name as the parameter, and set its whole path out of sight."""
    tagged = [
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        raise KhabarError(
            f"{name}: exactly one cell must be tagged 'parameters', not {len(tagged)}"
        )
    cell = notebook.cells[tagged[0]]
    cell.source = re.sub(
        r"^corpus = None.*", lambda _: f"corpus = {corpus.resolve().name!r}", cell.source
    )
    _insert_hidden_cell(notebook, tagged[0] + 1, f"corpus = {str(corpus.resolve())!r}")
