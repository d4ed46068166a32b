"""Run notebooks from a clean kernel, on a corpus of one's choice."""

import ast
import os
import re
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from khabar.charts.wording import language
from khabar.errors import KhabarError
from khabar.publish.languages import in_language

# As many kernels run at once as there are cores.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
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

    Notes
    -----
    A notebook that writes a file has a parameter `save_to`; here the file goes into a folder that
    is deleted afterwards, and the page shows the parameter as it is.
    """
    notebook = in_language(notebook, language())
    with tempfile.TemporaryDirectory(prefix="khabar-") as aside:
        _set_parameters(notebook, name, corpus, Path(aside))
        told = ", ".join(f"{name}={value!r}" for name, value in options.items())
        _insert_hidden_cell(notebook, 0, _SETUP.format(language=language(), options=told))
        _run(notebook, name, folder)
    return notebook


def _run(notebook: nbformat.NotebookNode, name: str, folder: Path) -> None:
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute(env=os.environ | _ONE_THREAD)
    except (CellExecutionError, DeadKernelError) as error:
        ours = getattr(error, "ename", "") == "KhabarError"
        told = error.evalue if ours else f"\n{error}"
        raise KhabarError(f"{name} failed: {told}") from error


def _insert_hidden_cell(notebook: nbformat.NotebookNode, position: int, source: str) -> None:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-cell"]})
    notebook.cells.insert(position, cell)


def _set_parameters(
    notebook: nbformat.NotebookNode, name: str, corpus: Path | None, aside: Path
) -> None:
    """Set the parameters out of sight; of the corpus the page shows the folder's name."""
    tagged = [
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        raise KhabarError(
            f"{name}: exactly one cell must be tagged 'parameters', not {len(tagged)}"
        )
    cell, hidden = notebook.cells[tagged[0]], []
    if file := re.search(r"^save_to = (['\"].+?['\"])", cell.source, re.MULTILINE):
        hidden.append(f"save_to = {str(aside / Path(ast.literal_eval(file[1])).name)!r}")
    if corpus is not None:
        folder = corpus.resolve()
        cell.source = re.sub(
            r"^corpus = None.*", lambda _: f"corpus = {folder.name!r}", cell.source
        )
        hidden.append(f"corpus = {str(folder)!r}")
    if hidden:
        _insert_hidden_cell(notebook, tagged[0] + 1, "\n".join(hidden))
