"""What a kernel that makes pages does otherwise than one that a person works in."""

import hashlib
import os
import pickle
import sys
import warnings
from pathlib import Path

import khabar
import khabar.load
from khabar.charts.wording import say, say_reason
from khabar.errors import KhabarWarning
from khabar.publish.renderer import use_site_renderer


def prepare(language: str, *, articles: str = "", store: str = "") -> None:
    """Draw figures for the site in a language, and write our warnings into the page as notes.

    `articles` is the folder of the site with a page for each article, if it has one. Into `store`
    goes each corpus that is read: the notebooks of a site read one, each in its own kernel.
    """
    os.environ["KHABAR_LANG"] = language
    os.environ["KHABAR_ARTICLES"] = articles
    use_site_renderer()
    warnings.showwarning = _show_as_note
    if store:
        _read_once(Path(store))


def _show_as_note(message: Warning | str, category: type[Warning], *_where: object) -> None:
    # The site drops standard error: progress bars and the warnings of libraries.
    if issubclass(category, KhabarWarning):
        sys.stdout.write(say("Note: {told}", told=say_reason(str(message))) + "\n")


def _read_once(store: Path) -> None:
    read = khabar.load.load_corpus

    def load_corpus(folder: str | Path | None = None, **options: object) -> object:
        asked = hashlib.sha256(repr((str(folder), sorted(options.items()))).encode()).hexdigest()
        file = store / asked
        if not file.exists():
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always", KhabarWarning)
                documents = read(folder, **options)
            notes = [str(w.message) for w in told if issubclass(w.category, KhabarWarning)]
            # Several kernels may read at once; none may find half a file.
            written = file.with_suffix(f".{os.getpid()}")
            written.write_bytes(pickle.dumps((documents, notes)))
            written.replace(file)
        documents, notes = pickle.loads(file.read_bytes())
        for note in notes:
            warnings.warn(note, KhabarWarning, stacklevel=2)
        return documents

    khabar.load_corpus = load_corpus
