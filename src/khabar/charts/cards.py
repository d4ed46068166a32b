"""Topic cards: what a topic is, how firm it is, and the articles at its centre."""

import os
import re

import pandas as pd

from khabar.charts.display import percent
from khabar.charts.table import ShownTable, clean, clean_path
from khabar.charts.template import COLOURS
from khabar.charts.wording import say, say_if_known

_STYLE = (
    ".khabar-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19em,100%),1fr));"
    "gap:1em;margin:.5em 0;text-align:start}"
    ".khabar-card{border:1px solid #8886;border-top:5px solid;border-radius:4px;padding:.6em .9em}"
    ".khabar-card h3{margin:.2em 0;font-size:1.05em;overflow-wrap:anywhere}"
    ".khabar-card p{margin:.3em 0}.khabar-card small{opacity:.8}"
    ".khabar-card summary{cursor:pointer}.khabar-card details{margin:.35em 0}"
    ".khabar-card details p{white-space:pre-line;overflow-wrap:anywhere}"
    ".khabar-card [dir=rtl]{text-align:right;direction:rtl}"
    ".khabar-card .verdict{border-radius:1em;padding:.05em .7em;color:#222;font-size:.85em;"
    "white-space:nowrap}"
)
# Lightness and word both tell: colour alone would be lost on some readers.
_VERDICTS = {
    "highly stable": "#a6dbc0",
    "stable": "#cdeedd",
    "doubtful": "#ffe9a8",
    "unstable": "#f7c6a5",
    "not measured": "#ddd",
}
_ARABIC = re.compile("[\u0600-\u06ff]")


def show_topic_cards(cards: pd.DataFrame) -> ShownTable:
    """Show a card for each topic: terms, size, stability, and the nearest headlines.

    Parameters
    ----------
    cards : DataFrame
        As `topic_cards` returns it. A click on a headline opens the article below it, which works
        offline too; under it stands where it is from.
    """
    body = "".join(_card(row) for row in cards.itertuples())
    return ShownTable(f'<style>{_STYLE}</style><div class="khabar-cards">{body}</div>')


def _card(row: tuple) -> str:
    colour = COLOURS[row.cluster % len(COLOURS)]
    jaccard = "" if pd.isna(row.jaccard) else f" {row.jaccard:.2f}"
    size = say("{n} documents, {share}", n=f"{row.documents:,}", share=percent(row.share))
    headlines = zip(row.headlines, row.texts, row.links, strict=True)
    opened = "".join(_headline(*headline) for headline in headlines)
    return (
        f'<div class="khabar-card" style="border-top-color:{colour}">'
        f"<h3{_direction(row.topic)}>{clean(row.topic)}</h3>"
        f'<p>{size} <span class="verdict" style="background:{_VERDICTS[row.verdict]}">'
        f"{say_if_known(row.verdict)}{jaccard}</span></p>"
        f"<small>{say('distinctive')}</small>{_terms(row.terms)}"
        f"<small>{say('frequent')}</small>{_terms(row.frequent)}"
        f"<small>{say('nearest to the centre')}</small>"
        f"{opened}</div>"
    )


def _terms(terms: list[str]) -> str:
    return f'<p class="terms" dir=rtl>{" · ".join(f"<bdi>{clean(t)}</bdi>" for t in terms)}</p>'


def _headline(title: str, text: str, link: str) -> str:
    if os.environ.get("KHABAR_ARTICLES") == "":  # a site that republishes no whole text
        text = ""
    return (
        f"<details dir=rtl><summary><bdi>{clean(title)}</bdi></summary>"
        f"<p>{clean(text)}</p><p><small>{_source(link)}</small></p></details>"
    )


def _source(link: str) -> str:
    """Return a link to an address of the web, and only to that; the path of a file is told."""
    if re.match("https?://", link):
        address = clean(link)
        return (
            f'<a dir=ltr href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
        )
    return f"<bdi dir=ltr>{clean_path(link)}</bdi>"


def _direction(text: str) -> str:
    return " dir=rtl" if _ARABIC.search(text) else ""
