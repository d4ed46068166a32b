"""Build the offline site from the notebooks, in Arabic and in English."""

import html
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.resources import as_file, files
from pathlib import Path

import nbformat
from plotly.offline import get_plotlyjs

from khabar.charts.wording import LANGUAGES, direction, language, say, speaking
from khabar.errors import KhabarError
from khabar.progress import progress
from khabar.publish.execute import execute_notebook
from khabar.publish.exercises import with_folded_solutions, without_exercises
from khabar.publish.front import front_notebook
from khabar.publish.languages import in_language, title_and_question

_MARKER = ".khabar-site"
_WORKSHOP = "workshop"  # notebooks on the sample, in a folder of their own
_NAMES = {"ar": "العربية", "en": "English"}


def build_site(
    notebooks: Path,
    output: Path,
    *,
    corpus: Path | None = None,
    title: str = "",
    articles: bool | None = None,
) -> Path:
    """Run every notebook of a folder and build the site that shows them, in both languages.

    Parameters
    ----------
    notebooks : Path
        Folder of `.ipynb` files; they are run in order of their names, once for each language. Its
        folder `workshop`, and the exercises, are about the bundled sample, and for it alone.
    output : Path
        Folder of the site; replaced, if it holds an earlier site of ours.
    corpus : Path, optional
        Folder of articles; without it the bundled sample.
    title : str
        Of the site; without it the name of the folder, or that this is the sample.
    articles : bool, optional
        Whether each article gets a page with its whole text, which only who may republish it
        should say. Without it only the articles of the bundled sample do.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    KhabarError
        If a notebook fails, there is none, or `output` holds something else.
    """
    if not any(notebooks.glob("*.ipynb")):
        raise KhabarError(f"no notebooks in {str(notebooks)!r}")
    _refuse_foreign_folder(output)
    articles = corpus is None if articles is None else articles
    with tempfile.TemporaryDirectory(prefix="khabar-") as folder:
        work = {spoken: Path(folder, spoken) for spoken in LANGUAGES}
        site = Path(folder, "site")
        runs = []
        for spoken, source in work.items():
            with speaking(spoken):
                runs.append(_write_sources(notebooks, source, corpus, title, articles))
        # The twins of a page beside each other: they take as long as each other.
        _at_once(_run_notebook, [run for twins in zip(*runs, strict=True) for run in twins])
        _at_once(_run_sphinx, work.items())
        for spoken, source in work.items():
            shutil.copytree(source / "_build" / "pages", site / spoken)
        (site / "index.html").write_text(_choice(title), encoding="utf-8")
        (site / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
        (site / _MARKER).touch()
        if output.exists():
            shutil.rmtree(output)
        shutil.copytree(site, output)
    return output / "index.html"


def _at_once(job: Callable[..., None], calls: Iterable[tuple]) -> None:
    """Do a job with each of some arguments, as many at a time as there are cores."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), spawn) as pool:
        begun = [pool.submit(job, *arguments) for arguments in calls]
        try:
            for done in progress(as_completed(begun), "site", total=len(begun)):
                done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _refuse_foreign_folder(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise KhabarError(f"{str(output)!r} is a file; name a folder for the site")
    if output.exists() and not (output / _MARKER).exists() and any(output.iterdir()):
        raise KhabarError(
            f"{str(output)!r} holds files that are not a site of khabar; name another folder"
        )


def _write_sources(
    notebooks: Path, source: Path, corpus: Path | None, title: str, articles: bool
) -> list[tuple]:
    """Write what Sphinx needs in the language now spoken: theme and settings.

    Returns the arguments of `_run_notebook` for each page.
    """
    with as_file(files("khabar.publish") / "theme") as theme:
        shutil.copytree(theme, source)
    (source / "_extra").mkdir()
    title = title or (corpus.resolve().name if corpus else say("khabar: the bundled sample"))
    (source / "site.json").write_text(json.dumps(_settings(title)), encoding="utf-8")
    store = source.parent / "read"
    store.mkdir(exist_ok=True)
    options = {"articles": "articles" if articles else "", "store": str(store)}
    (source / _WORKSHOP).mkdir()
    runs, pages = [], []
    for path in _of_site(notebooks, corpus):
        notebook = nbformat.read(path, as_version=4)
        notebook = without_exercises(notebook) if corpus else with_folded_solutions(notebook)
        page = path.relative_to(notebooks)
        told = title_and_question(in_language(notebook, language()))
        pages.append((page.with_suffix("").as_posix(), *told))
        runs.append((language(), notebook, path.parent, source / page, corpus, options))
    front = front_notebook(pages, title, source / "_extra" / "articles" if articles else None)
    return [*runs, (language(), front, source, source / "index.ipynb", corpus, options)]


def _run_notebook(
    spoken: str,
    notebook: nbformat.NotebookNode,
    folder: Path,
    page: Path,
    corpus: Path | None,
    options: dict[str, str],
) -> None:
    """Run a notebook in a folder, and write it where Sphinx finds it."""
    with speaking(spoken):
        executed = execute_notebook(notebook, page.name, folder, corpus=corpus, **options)
    nbformat.write(executed, page)


def _of_site(notebooks: Path, corpus: Path | None) -> list[Path]:
    workshop = [] if corpus else sorted((notebooks / _WORKSHOP).glob("*.ipynb"))
    return [*sorted(notebooks.glob("*.ipynb")), *workshop]


def _settings(title: str) -> dict[str, str]:
    other = next(name for name in LANGUAGES if name != language())
    return {
        "language": language(),
        "title": title,
        "other": other,
        "other_name": _NAMES[other],
        "show_code": say("Show the code"),
        "hide_code": say("Hide the code"),
        "contents": say("On this page"),
    }


def _run_sphinx(spoken: str, source: Path) -> None:
    """Make the pages of a language, in the folder `_build/pages` of its sources."""
    pages = source / "_build" / "pages"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    command += ["-d", str(source / "_build" / "doctrees"), str(source), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise KhabarError(f"the pages could not be built:\n{done.stdout}{done.stderr}")
    with speaking(spoken):
        _give_direction(pages)


def _give_direction(pages: Path) -> None:
    """Say in each page from which side it is read, for browsers that run no script."""
    for page in [*pages.glob("*.html"), *(pages / _WORKSHOP).glob("*.html")]:
        text = page.read_text(encoding="utf-8")
        marked = text.replace("<html ", f'<html dir="{direction()}" ', 1)
        page.write_text(marked, encoding="utf-8")


def _choice(title: str) -> str:
    """Write the first page: it leads to the Arabic site, and names both."""
    links = "".join(
        f'<p><a lang="{code}" hreflang="{code}" href="{code}/index.html">{name}</a></p>'
        for code, name in _NAMES.items()
    )
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="refresh" content="0; url=ar/index.html">'
        f"<title>{html.escape(title or 'khabar')}</title></head><body><main>"
        f"<h1>{html.escape(title or 'khabar')}</h1>{links}</main></body></html>\n"
    )
