"""The notebooks as committed; that they run is proved by the site of tests/publish."""

import ast
import re

import nbformat
import pytest
from conftest import ROOT

from khabar.charts.wording import LANGUAGES
from khabar.publish.languages import in_language

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
IN_ENGLISH_ALONE: set[str] = set()  # notebooks that still wait for their Arabic
PROMISES = {
    "en": (r"# .+\?\n", "What the data cannot say", "**A limit:**", "## Exercises"),
    "ar": (r"# .+؟\n", "ما لا تقوله هذه البيانات", "**حدٌّ ينبغي ذكره:**", "## تمارين"),
}

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def prose_of_each_language(path):
    """Return the markdown of each language in which the notebook is written."""
    notebook = nbformat.read(path, as_version=4)
    return {
        language: [c.source for c in in_language(notebook, language).cells if c.cell_type != "code"]
        for language in (["en"] if path.stem in IN_ENGLISH_ALONE else LANGUAGES)
    }


def test_every_cell_of_prose_has_its_twin_in_the_other_language_beside_it(path):
    if path.stem in IN_ENGLISH_ALONE:
        pytest.skip("not translated yet")
    cells = nbformat.read(path, as_version=4).cells
    prose = [(place, c) for place, c in enumerate(cells) if c.cell_type == "markdown"]
    for (at, arabic), (beside, english) in zip(prose[::2], prose[1::2], strict=True):
        assert "lang-ar" in arabic.metadata.get("tags", []), arabic.id
        assert "lang-en" in english.metadata.get("tags", []), english.id
        assert beside == at + 1
        assert arabic.id == f"{english.id}-ar"


def test_twins_have_the_same_headings_lists_links_and_code(path):
    if path.stem in IN_ENGLISH_ALONE:
        pytest.skip("not translated yet")
    told = prose_of_each_language(path)
    for arabic, english in zip(told["ar"], told["en"], strict=True):
        for what in (r"(?m)^#+ ", r"(?m)^\d+\. ", r"(?m)^- ", r"\]\(([^)]+)\)", r"`[^`]+`"):
            assert re.findall(what, arabic) == re.findall(what, english), english


def test_no_code_belongs_to_one_language(path):
    assert not any(
        tag.startswith("lang-") for cell in code(path) for tag in cell.metadata.get("tags", [])
    )


def test_a_notebook_is_committed_without_outputs(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(path))


def test_a_notebook_names_its_language_or_the_linter_skips_it(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.language_info.name == "python"


def test_a_notebook_opens_with_a_question_and_what_the_data_cannot_say(path):
    for language, (first, *_) in prose_of_each_language(path).items():
        question, unsaid, *_ = PROMISES[language]
        assert re.match(question, first)
        assert unsaid in first


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
    for language, prose in prose_of_each_language(path).items():
        *_, limit, exercises = PROMISES[language]
        assert limit in "\n".join(prose)
        assert exercises in "\n".join(prose)
    assert "solution" in nbformat.read(path, as_version=4).cells[-1].metadata.tags
