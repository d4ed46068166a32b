"""Exercises on the pages of a site: solutions folded, and none of them on a corpus of one's own."""

import nbformat

from khabar.charts.wording import say

_TAGS = {"exercise", "solution"}


def with_folded_solutions(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook with a line over each folded solution that says what is under it."""
    named = nbformat.from_dict(notebook)
    for cell in named.cells:
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata["mystnb"] = {
                "code_prompt_show": say("Show a solution"),
                "code_prompt_hide": say("Hide the solution"),
            }
    return named


def without_exercises(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook without exercises: they ask about the bundled sample."""
    cells = [c for c in notebook.cells if not _TAGS & set(c.metadata.get("tags", []))]
    return nbformat.from_dict({**notebook, "cells": cells})
