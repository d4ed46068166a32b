"""The notebooks as committed; that they run is proved by the site of tests/publish."""

import ast
import re

import nbformat
import pytest
from conftest import ROOT

from khabar.charts.wording import LANGUAGES
from khabar.publish.languages import in_language
from khabar.teaching.checking import EXERCISES

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WORKSHOP = sorted((ROOT / "notebooks" / "workshop").glob("*.ipynb"))
IN_ENGLISH_ALONE: set[str] = set()  # notebooks that still wait for their Arabic
PROMISES = {
    "en": (r"# .+\?\n", "What the data cannot say", "**A limit:**", "## Exercises"),
    "ar": (r"# .+؟\n", "ما لا تقوله هذه البيانات", "**حدٌّ ينبغي ذكره:**", "## تمارين"),
}

every_notebook = pytest.mark.parametrize("path", LESSONS + WORKSHOP, ids=lambda path: path.stem)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def code(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def prose_of_each_language(path):
    """Return the markdown of each language in which the notebook is written."""
    notebook = nbformat.read(path, as_version=4)
    return {
        language: [c.source for c in in_language(notebook, language).cells if c.cell_type != "code"]
        for language in (["en"] if path.stem in IN_ENGLISH_ALONE else LANGUAGES)
    }


@every_notebook
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


@every_notebook
def test_twins_have_the_same_headings_lists_links_and_code(path):
    if path.stem in IN_ENGLISH_ALONE:
        pytest.skip("not translated yet")
    told = prose_of_each_language(path)
    for arabic, english in zip(told["ar"], told["en"], strict=True):
        for what in (r"(?m)^#+ ", r"(?m)^\d+\. ", r"(?m)^- ", r"\]\(([^)]+)\)", r"`[^`]+`"):
            assert re.findall(what, arabic) == re.findall(what, english), english


@every_notebook
def test_no_code_belongs_to_one_language(path):
    assert not any(
        tag.startswith("lang-") for cell in code(path) for tag in cell.metadata.get("tags", [])
    )


@every_notebook
def test_a_notebook_is_committed_without_outputs(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(path))


@every_notebook
def test_a_notebook_names_its_language_or_the_linter_skips_it(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.language_info.name == "python"


@every_lesson
def test_a_notebook_opens_with_a_question_and_what_the_data_cannot_say(path):
    for language, (first, *_) in prose_of_each_language(path).items():
        question, unsaid, *_ = PROMISES[language]
        assert re.match(question, first)
        assert unsaid in first


@every_notebook
def test_a_notebook_has_one_cell_of_parameters_that_holds_the_corpus(path):
    tagged = [c for c in code(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert "corpus = None" in tagged[0].source


@every_notebook
def test_functions_live_in_the_package_not_in_cells(path):
    for cell in code(path):
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            for node in ast.walk(ast.parse(cell.source))
        )


@every_notebook
def test_no_cell_installs_downloads_or_writes_html_by_itself(path):
    source = "\n".join(cell.source for cell in code(path))
    for forbidden in ("pip install", "http", "HTML(", "escape=False", ".style", "today"):
        assert forbidden not in source


@every_notebook
def test_what_a_cell_tells_is_a_table_or_prose_for_an_english_print_stays_english(path):
    assert not any(re.search(r"print\(f?['\"]", cell.source) for cell in code(path))


@every_lesson
def test_a_notebook_ends_with_a_limit_and_exercises(path):
    for language, prose in prose_of_each_language(path).items():
        *_, limit, exercises = PROMISES[language]
        assert limit in "\n".join(prose)
        assert exercises in "\n".join(prose)
    assert "solution" in nbformat.read(path, as_version=4).cells[-1].metadata.tags


@every_lesson
def test_a_notebook_has_three_exercises_each_unanswered_checked_and_solved(path):
    cells = nbformat.read(path, as_version=4).cells
    asked = [place for place, cell in enumerate(cells) if "answer_" in cell.source]
    assert len(asked) == 3
    for n, place in enumerate(asked, start=1):
        question, (check, solution) = cells[place - 1], cells[place : place + 2]
        call = f'kb.check_answer("{path.stem[:2]}.{n}", '
        assert question.source.startswith(f"### {n}. ")
        assert check.source.startswith(f"answer_{n} = ...  # ")
        assert check.source.endswith(f"\n{call}answer_{n}, corpus=corpus)")
        assert call in solution.source.splitlines()[-1]


@every_lesson
def test_a_solution_is_folded_in_jupyterlab_and_on_the_page(path):
    for cell in code(path):
        if "solution" in cell.metadata.get("tags", []):
            assert "hide-cell" in cell.metadata.tags
            assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}


@every_lesson
def test_nothing_of_an_exercise_is_left_without_its_tag(path):
    cells = nbformat.read(path, as_version=4).cells
    tagged = [bool({"exercise", "solution"} & set(cell.metadata.get("tags", []))) for cell in cells]
    assert tagged == sorted(tagged)
    assert not any("check_answer" in c.source for c in cells[: tagged.index(True)])


def test_each_exercise_is_in_its_notebook_and_on_the_instructors_sheet():
    sheet = next(path for path in WORKSHOP if path.stem == "instructor")
    shown = re.findall(
        r"expected_answer\(['\"](.+?)['\"]\)", "\n".join(c.source for c in code(sheet))
    )
    assert shown == list(EXERCISES) == [f"{p.stem[:2]}.{n}" for p in LESSONS for n in (1, 2, 3)]


@pytest.mark.parametrize("path", WORKSHOP, ids=lambda path: path.stem)
def test_no_finding_is_copied_into_the_prose_of_the_workshop(path):
    for prose in prose_of_each_language(path).values():
        told = re.sub(r"95 %|\d+-\d+", "", "\n".join(prose))  # an interval, and minutes
        assert not re.findall(r"\d{3,}|\d+ ?%|\d\.\d{2}", re.sub(r"0\d\.\d", "", told))
