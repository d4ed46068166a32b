"""A plain page for each article: the text as published, every mention marked, with its rule.

They never pass through Sphinx, whose theme prints titles unescaped: a headline once ran a script.
"""

import re
from pathlib import Path

import pandas as pd

from khabar.charts.evidence import article_page
from khabar.charts.table import clean
from khabar.charts.wording import direction, language, say, say_if_known, say_reason

_OTHER = {"ar": ("en", "English"), "en": ("ar", "العربية")}


def write_articles(
    documents: pd.DataFrame, mentions: pd.DataFrame, names: pd.Series, folder: Path, title: str
) -> None:
    """Write a page of each article, and one that lists them, into a new folder.

    Parameters
    ----------
    documents : DataFrame
        As `load_corpus` returns them.
    mentions : DataFrame
        As `find_mentions` returns them for these documents.
    names : Series
        What to call each actor.
    folder : Path
        Made if need be.
    title : str
        Of the site, for the way back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    of_document = dict(iter(mentions.groupby("document_id")))
    for document in documents.itertuples():
        found = of_document.get(document.Index, mentions.head(0)).sort_values("start")
        body = _article(document, found.assign(name=found["actor"].map(names)))
        page = article_page(document.Index)
        (folder / page).write_text(_page(document.title, body, page, title), encoding="utf-8")
    page = _page(say("All articles"), _list(documents), "index.html", title)
    (folder / "index.html").write_text(page, encoding="utf-8")


def _page(heading: object, body: str, name: str, site_title: str) -> str:
    other, other_name = _OTHER[language()]
    heading = clean(heading) if isinstance(heading, str) else say("Without a headline")
    return (
        f'<!doctype html>\n<html lang="{language()}" dir="{direction()}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{heading}</title><link rel="stylesheet" href="../_static/articles.css"></head>'
        f'<body><header><nav aria-label="{say("This site")}"><a href="../index.html">'
        f'{clean(site_title)}</a> <a href="index.html">{say("All articles")}</a> '
        f'<a lang="{other}" hreflang="{other}" href="../../{other}/articles/{name}">{other_name}'
        f'</a></nav></header><main><h1 dir="auto">{heading}</h1>{body}</main></body></html>\n'
    )


def _article(document: tuple, mentions: pd.DataFrame) -> str:
    parts = [document.outlet] if isinstance(document.outlet, str) else []
    if pd.notna(document.published):
        parts.append(f"{document.published:%Y-%m-%d} ({say_if_known(document.published_grade)})")
    told = [f"<bdi>{clean(part)}</bdi>" for part in parts]
    if isinstance(document.url, str) and re.match(r"https?://", document.url):
        told.append(f'<a href="{clean(document.url)}">{say("Read it at the outlet")}</a>')
    listed = "".join(_mention(mention) for mention in mentions.itertuples())
    return (
        f'<p class="told">{" · ".join(told)}</p><article lang="ar" dir="rtl">'
        f"{_marked(document.text, mentions)}</article>"
        f"<h2>{say('Who is named, and by which rule')}</h2><ol>{listed}</ol>"
    )


def _marked(text: str, mentions: pd.DataFrame) -> str:
    """Write each line of the text as a paragraph, with the mentions in it marked."""
    paragraphs, begin = [], 0
    spans = [*zip(mentions["start"], mentions["end"], strict=True)]
    for line in text.splitlines(keepends=True):
        end = begin + len(line)
        inside = [(max(a, begin), min(b, end)) for a, b in spans if a < end and b > begin]
        written, at = [], begin
        for a, b in inside:
            if a < at:
                continue  # two mentions of one stretch of text: marked once, listed twice
            written += [clean(text[at:a]), f'<mark id="m{a}">{clean(text[a:b])}</mark>']
            at = b
        written.append(clean(text[at:end]))
        if line.strip():
            paragraphs.append(f"<p>{''.join(written)}</p>")
        begin = end
    return "".join(paragraphs)


def _mention(mention: tuple) -> str:
    ours = " · ".join(
        f"<bdi>{clean(say_reason(part))}</bdi>" for part in (mention.sense, mention.rule)
    )
    return (
        f'<li><a href="#m{mention.start}"><bdi>{clean(mention.surface)}</bdi></a>: '
        f"<bdi>{clean(mention.name)}</bdi> · {ours}</li>"
    )


def _list(documents: pd.DataFrame) -> str:
    items = []
    for document in documents.sort_values(["published", "outlet"], kind="stable").itertuples():
        heading = document.title if isinstance(document.title, str) else document.Index
        day = f" · {document.published:%Y-%m-%d}" if pd.notna(document.published) else ""
        outlet = (
            f" · <bdi>{clean(document.outlet)}</bdi>" if isinstance(document.outlet, str) else ""
        )
        items.append(
            f'<li><a href="{article_page(document.Index)}"><bdi>{clean(heading)}</bdi></a>'
            f"<small>{outlet}{day}</small></li>"
        )
    return f"<ul>{''.join(items)}</ul>"
