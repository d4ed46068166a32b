"""Sphinx configuration of one language of the site; the notebooks arrive executed."""

import json
from html.parser import HTMLParser
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import new_document

# What build_site decided: language, title and the words of the theme in that language.
SITE = json.loads(Path(__file__).with_name("site.json").read_text(encoding="utf-8"))

project = html_title = SITE["title"]
language = SITE["language"]
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_output_stderr = "remove"
nb_merge_streams = True
nb_code_prompt_show, nb_code_prompt_hide = SITE["show_code"], SITE["hide_code"]
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["mystnb.unknown_mime_type"]

html_theme = "sphinx_book_theme"
templates_path = ["_templates"]
exclude_patterns = ["_build"]
html_static_path = ["_static"]
html_extra_path = ["_extra"]
html_css_files = ["khabar.css"]
html_js_files = [("../../plotly.min.js", {"priority": 100})]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_search_summary = False  # it would fetch pages, which the file system refuses
html_context = {"default_mode": "light", "site": SITE}
html_theme_options = {
    "article_header_start": ["toggle-primary-sidebar.html", "language.html"],
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_navbar_depth": 1,
    "home_page_in_toc": True,
    "footer_content_items": [],
    "toc_title": SITE["contents"],
}


class _Text(HTMLParser):
    """The text of a page of ours, and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.parts, self._in_title = "", [], False

    def handle_starttag(self, tag: str, _attributes: list) -> None:
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        self.parts.append(data)


def index_articles(app: Sphinx) -> tuple[()]:
    """Let the search find the pages of articles, which Sphinx does not write."""
    for page in sorted(Path(app.srcdir, "_extra", "articles").glob("a*.html")):
        text = _Text()
        text.feed(page.read_text(encoding="utf-8"))
        document = new_document(page.name)
        document += nodes.paragraph(text=" ".join(text.parts))
        name = f"articles/{page.stem}"
        app.builder.indexer.feed(name, f"{name}.html", text.title, document)
    # A fresh build has nothing to forget, and would forget what Sphinx did not write.
    app.builder.indexer.prune = lambda _names: None
    return ()


def setup(app: Sphinx) -> None:
    """Connect what the site adds to Sphinx."""
    app.connect("html-collect-pages", index_articles)
