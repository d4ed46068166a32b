"""One notebook, two languages: markdown cells tagged `lang-ar` and `lang-en` side by side."""

import nbformat

from khabar.charts.wording import LANGUAGES


def in_language(notebook: nbformat.NotebookNode, language: str) -> nbformat.NotebookNode:
    """Return the notebook without the cells of other languages; untagged cells stay."""
    others = {f"lang-{other}" for other in LANGUAGES if other != language}
    cells = [c for c in notebook.cells if not others & set(c.metadata.get("tags", []))]
    return nbformat.from_dict({**notebook, "cells": cells})


def title_and_question(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    """Return the title of a notebook in one language, and the first paragraph under it."""
    first = next((cell for cell in notebook.cells if cell.cell_type == "markdown"), None)
    paragraphs = first.source.split("\n\n") if first else [""]
    question = " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""
    return paragraphs[0].lstrip("# ").strip(), question
