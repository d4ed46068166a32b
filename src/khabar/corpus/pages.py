"""Web pages: the article, its headline and its day, out of HTML and web archives."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BufferedIOBase, BufferedReader, StringIO

import trafilatura
from lxml.html import HtmlElement
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from khabar.corpus.archives import LONGEST_TEXT, read_bounded
from khabar.corpus.encodings import decode, repair_mojibake
from khabar.corpus.outlets import host_of
from khabar.corpus.read_dates import read_date

# trafilatura logs each page it finds nothing in; we list it, and nothing is to be printed.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())
logging.getLogger("warcio").addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_META_NAMES = ("property", "name", "itemprop", "http-equiv")
_META_DATES = {
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "pubdate", "publishdate", "publish_date", "publish-date", "published_time", "publication_date",
    "date", "dc.date", "dc:date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date",
}  # fmt: skip
_STAMP_NAME = re.compile(r"date|time|tmstmp|stamp|publish|posted", re.IGNORECASE)
_LONGEST_STAMP = 150
_CUT_OFF = "cut off: the archive ends within this record"
_HTTP = ArcWarcRecordLoader.HTTP_SCHEMES
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def read_page(data: bytes, *, declared: str | None = None, url: str | None = None) -> dict:
    """Extract the article of a web page; nothing is ever fetched.

    Parameters
    ----------
    data : bytes
        The page.
    declared : str, optional
        The encoding the server stated; else the one in the page counts.
    url : str, optional
        Where it came from, if the page does not say.

    Returns
    -------
    dict
        `raw` (paragraphs on lines), and of `title`, `outlet`, `published` (as found) and `url`
        those that the page tells.

    Raises
    ------
    ValueError
        If there is no article in it.
    """
    tree = _parse(decode(data, declared=declared or _declared(data)))
    published = _published(tree)  # looked for first: extraction prunes the tree
    # Without `extensive_search`: guesses from any figure in a page are wrong more often than right.
    page = trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ValueError("no article found in the page")
    article = {
        "raw": page.text,
        "title": page.title,
        "outlet": _site(page.sitename, page.hostname),
        "published": published or page.date,
        "url": page.url or url,
    }
    return {field: value for field, value in article.items() if value}


def read_html(stream: BufferedIOBase) -> Iterator[tuple[int, dict | str]]:
    """Read a saved page."""
    yield 1, read_page(read_bounded(stream))


def read_warc(stream: BufferedReader) -> Iterator[tuple[int, dict | str]]:
    """Read the pages (WARC) or texts (WET) of a web archive.

    Rows are the records, counted from 1. Records that are no successful answer with a page or a
    plain text (requests, images, redirects, errors) are passed over.
    """
    if not stream.peek(5).startswith(b"WARC/"):
        raise ValueError("not a web archive: it does not begin with 'WARC/'")
    records = _Records(_Pieces(stream), no_record_parse=True)
    number, n_faults = 0, 0
    try:
        for number, record in enumerate(records, start=1):
            if records.err_count > n_faults:
                n_faults = records.err_count
                yield number - 1, "longer than the Content-Length of the record: its end is lost"
            if record.length is None:
                yield number, "a record without Content-Length, with which reading ends"
                return
            try:
                if article := _read_record(record):
                    yield number, article
            except EOFError:
                yield number, _CUT_OFF
            except ValueError as error:
                yield number, str(error)
    except (ArchiveLoadFailed, EOFError) as error:
        yield number + 1, f"a damaged record, with which reading ends: {error}"


class _Records(ArchiveIterator):
    """The records; where one is not followed by an empty line, `err_count` says so, not stderr."""

    INC_RECORD = ""


class _Pieces:
    """A stream that hands on what it has: asked for more, a buffer loses all before a break."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self.read = stream.read1


def _read_record(record: ArcWarcRecord) -> dict | None:
    """Return the article of a record, None if it is of a kind that holds none."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    # warcio would do so itself, but stumbles over a record without address.
    if record.rec_type == "response" and (url or "http:").startswith(_HTTP) and record.length:
        record.http_headers = StatusAndHeadersParser([], verify=False).parse(record.raw_stream)
    if not _succeeded(record):
        return None
    kind, declared = _content_type(record)
    if "/" not in kind:
        raise ValueError("the record states no Content-Type: it may be a page or a picture")
    if kind not in (*_HTML_TYPES, "text/plain"):
        return None
    data = _content(record)
    if kind in _HTML_TYPES:
        return read_page(data, declared=declared, url=url)
    article = {"raw": decode(data, declared=declared), "url": url}
    host = host_of(url or "")
    return article | ({"outlet": host} if host else {})


def _content(record: ArcWarcRecord) -> bytes:
    # warcio tells of damage in packed content on stderr alone, and hands on what came before it.
    with redirect_stderr(StringIO()) as told:
        data = read_bounded(record.content_stream())
    record.raw_stream.read()
    if record.raw_stream.limit:
        raise ValueError(_CUT_OFF)
    if damage := told.getvalue().strip():
        raise ValueError(f"damaged while packed: {damage}")
    return data


def _content_type(record: ArcWarcRecord) -> tuple[str, str | None]:
    headers = record.http_headers or record.rec_headers
    content_type = headers.get_header("Content-Type") or ""
    charset = _CHARSET.search(content_type.encode("latin-1", errors="replace"))
    return content_type.split(";")[0].strip().lower(), charset and charset[1].decode("ascii")


def _succeeded(record: ArcWarcRecord) -> bool:
    return record.http_headers is None or record.http_headers.get_statuscode().startswith("2")


def _parse(text: str) -> HtmlElement:
    tree = trafilatura.load_html(repair_mojibake(text), max_size=2 * LONGEST_TEXT)
    if tree is None:
        raise ValueError("not HTML")
    return tree


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found and found[1].decode("ascii", errors="replace")


def _site(sitename: str | None, hostname: str | None) -> str | None:
    """Return the name of the site, its host where the name is missing or an address."""
    if sitename and "://" not in sitename:
        return sitename
    return hostname


def _published(tree: HtmlElement) -> str | None:
    """Return the page's own word on its day: in its metadata, else a stamp above the text."""
    return next(
        (
            " ".join(value.split())
            for candidates in (_meta_dates, _linked_dates, _marked_dates, _stamps)
            for value in candidates(tree)
            if read_date(value).date
        ),
        None,
    )


def _meta_dates(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if any((meta.get(name) or "").lower() in _META_DATES for name in _META_NAMES):
            yield meta.get("content") or ""


def _linked_dates(tree: HtmlElement) -> Iterator[str]:
    """Return `datePublished` of the page's linked data."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value


def _marked_dates(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iterfind(".//body//*"):
        marks = ((element.get(name) or "").lower() for name in ("property", "itemprop"))
        if any(mark in _META_DATES for mark in marks):
            yield element.get("content") or element.get("datetime") or element.text_content()


def _stamps(tree: HtmlElement) -> Iterator[str]:
    """Return short texts of elements that are named after a date, from the headline on."""
    heading = next(tree.iter("h1"), None)
    below = heading is None
    for element in tree.iterfind(".//body//*"):
        below = below or element is heading
        named = f"{element.tag} {element.get('class')} {element.get('id')}"
        if below and _STAMP_NAME.search(named):
            text = element.get("datetime") or element.text_content()
            if len(text) <= _LONGEST_STAMP:
                yield text
