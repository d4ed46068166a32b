"""A notebook as the site runs it: the parameters it shows, and those it runs with."""

from pathlib import Path

import nbformat
import pytest

from khabar.errors import KhabarError
from khabar.publish.execute import execute_notebook

PARAMETERS = 'corpus = None  # a folder\nsave_to = "mine.yaml"  # a file\n'
WRITES = "from pathlib import Path\n\nprint(corpus, Path(save_to).write_text('-'), save_to)"


def book(*sources: str, tag: str = "parameters") -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = [tag]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_file_that_a_notebook_writes_does_not_stay_and_the_page_shows_its_name(tmp_path):
    (tmp_path / "أخبار").mkdir()
    done = execute_notebook(book(PARAMETERS, WRITES), "one", tmp_path, corpus=tmp_path / "أخبار")
    shown = [cell for cell in done.cells if "remove-cell" not in cell.metadata.get("tags", [])]
    assert shown[0].source == "corpus = 'أخبار'\nsave_to = \"mine.yaml\"  # a file\n"
    corpus, _, written = shown[1].outputs[0].text.split()
    assert Path(corpus) == tmp_path / "أخبار"
    assert Path(written).name == "mine.yaml"
    assert not Path(written).exists()
    assert not (tmp_path / "mine.yaml").exists()


def test_a_notebook_without_its_cell_of_parameters_is_refused(tmp_path):
    with pytest.raises(KhabarError, match="exactly one cell must be tagged 'parameters', not 0"):
        execute_notebook(book(PARAMETERS, tag="other"), "one", tmp_path)
