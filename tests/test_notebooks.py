"""The notebooks as committed; that they run is proved by the site of tests/publish."""

import ast
import re

import nbformat
import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def test_a_notebook_is_committed_without_outputs(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(path))


def test_a_notebook_names_its_language_or_the_linter_skips_it(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.language_info.name == "python"


def test_a_notebook_opens_with_a_question_and_what_the_data_cannot_say(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    assert re.match(r"# .+\?\n", first)
    assert "What the data cannot say" in first


def test_a_notebook_has_one_cell_of_parameters_that_holds_the_corpus(path):
    tagged = [c for c in code(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert "corpus = None" in tagged[0].source


def test_functions_live_in_the_package_not_in_cells(path):
    for cell in code(path):
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            for node in ast.walk(ast.parse(cell.source))
        )


def test_no_cell_installs_downloads_or_writes_html_by_itself(path):
    source = "\n".join(cell.source for cell in code(path))
    for forbidden in ("pip install", "http", "HTML(", "escape=False", ".style", "today"):
        assert forbidden not in source


def test_a_notebook_ends_with_a_limit_and_an_exercise_with_solution(path):
    notebook = nbformat.read(path, as_version=4)
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert "**A limit:**" in prose
    assert "## Exercises" in prose
    assert "solution" in notebook.cells[-1].metadata.tags
