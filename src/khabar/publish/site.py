"""Build the offline site from the notebooks."""

import html
import shutil
import subprocess
import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import nbformat
from plotly.offline import get_plotlyjs

from khabar.errors import KhabarError
from khabar.publish.execute import execute_notebooks

_MARKER = ".khabar-site"


def build_site(notebooks: Path, output: Path, *, corpus: Path | None = None) -> Path:
    """Run every notebook of a folder and build the site that shows them.

    Parameters
    ----------
    notebooks : Path
        Folder of `.ipynb` files; they are run in order of their names.
    output : Path
        Folder of the site; replaced, if it holds an earlier site of ours.
    corpus : Path, optional
        Folder of articles; without it the bundled sample.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    KhabarError
        If a notebook fails, there is none, or `output` holds something else.
    """
    sources = sorted(notebooks.glob("*.ipynb"))
    if not sources:
        raise KhabarError(f"no notebooks in {str(notebooks)!r}")
    _refuse_foreign_folder(output)
    with tempfile.TemporaryDirectory(prefix="khabar-") as folder:
        source, pages = Path(folder, "source"), Path(folder, "site")
        with as_file(files("khabar.publish") / "theme") as theme:
            shutil.copytree(theme, source)
        executed = execute_notebooks(sources, source, corpus=corpus)
        (source / "index.md").write_text(_index(executed, corpus), encoding="utf-8")
        (source / "_static" / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
        _run_sphinx(source, pages, Path(folder, "doctrees"))
        (pages / _MARKER).touch()
        if output.exists():
            shutil.rmtree(output)
        shutil.copytree(pages, output)
    return output / "index.html"


def _refuse_foreign_folder(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise KhabarError(f"{str(output)!r} is a file; name a folder for the site")
    if output.exists() and not (output / _MARKER).exists() and any(output.iterdir()):
        raise KhabarError(
            f"{str(output)!r} holds files that are not a site of khabar; name another folder"
        )


def _index(executed: list[Path], corpus: Path | None) -> str:
    """Write the first page: what the site rests on, and one line for each notebook."""
    name = f"the folder <bdi>{html.escape(corpus.resolve().name)}</bdi>" if corpus else ""
    rests_on = name or "the bundled sample of invented outlets"
    entries = []
    for path in executed:
        title, question = _heading(path)
        entries.append(f"- [{title}]({path.name}): {question}")
    toctree = "\n".join(["```{toctree}", ":hidden:", "", *(path.stem for path in executed), "```"])
    return (
        f"# khabar: what the news says\n\nThese pages were made from {rests_on}. They need no "
        "server and load nothing from the network: keep the folder, open this file.\n\n"
        + "\n".join(entries)
        + f"\n\n{toctree}\n"
    )


def _heading(path: Path) -> tuple[str, str]:
    """Return the title and the first sentence under it of an executed notebook."""
    cells = nbformat.read(path, as_version=4).cells
    first = next(cell for cell in cells if cell.cell_type == "markdown")
    lines = [line for line in first.source.splitlines() if line.strip()]
    return lines[0].lstrip("# "), lines[1] if len(lines) > 1 else ""


def _run_sphinx(source: Path, pages: Path, doctrees: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    command += ["-d", str(doctrees), str(source), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise KhabarError(f"the pages could not be built:\n{done.stdout}{done.stderr}")
