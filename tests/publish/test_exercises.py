"""Exercises are about the sample: a site of one's own corpus has none of them."""

import nbformat
import pytest
from conftest import ROOT

from khabar.charts.wording import speaking
from khabar.publish.exercises import with_folded_solutions, without_exercises
from khabar.publish.languages import in_language

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_on_a_corpus_of_ones_own_a_page_ends_with_its_limit(path):
    cells = in_language(without_exercises(nbformat.read(path, as_version=4)), "en").cells
    assert "**A limit:**" in cells[-1].source
    assert not any(word in c.source for c in cells for word in ("Exercises", "check_answer"))


def test_a_fold_says_in_the_language_of_the_reader_that_it_holds_a_solution():
    notebook = nbformat.read(LESSONS[0], as_version=4)
    with speaking("ar"):
        folded = with_folded_solutions(notebook)
    solutions = [c for c in folded.cells if "solution" in c.metadata.get("tags", [])]
    assert {c.metadata.mystnb["code_prompt_show"] for c in solutions} == {"إظهار حلّ"}
    assert not any("mystnb" in c.metadata for c in notebook.cells)
