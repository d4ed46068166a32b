"""Which column of somebody's table is the text, the title, the date."""

import datetime as dt
import json
import re
from collections.abc import Mapping

from khabar.corpus.encodings import decode
from khabar.errors import KhabarError

FIELDS = ("id", "raw", "title", "outlet", "published", "url")
_PARAMETER = {"text": "raw"} | {field: field for field in FIELDS if field != "raw"}
# Compared without case, spaces and punctuation; the first that is there wins.
_USUAL_NAMES = {
    "id": """id|document_id|doc_id|article_id|_id|uuid|guid|المعرف|رقم الخبر|رقم المقال""",
    "raw": """text|body|content|article|raw|full_text|article_text|article_body|main_text|maintext
        |news_text|story|النص|نص|نص الخبر|نص المقال|متن الخبر|المتن|المحتوى|محتوى|المقال|الخبر""",
    "title": """title|headline|article_title|news_title|العنوان|عنوان|عنوان الخبر|عنوان المقال""",
    "outlet": """outlet|source|publisher|newspaper|site|site_name|source_name|source_domain|domain
        |المصدر|مصدر الخبر|الصحيفة|الجريدة|الموقع|الناشر|الوكالة""",
    "published": """published|date|publish_date|published_date|date_published|published_at
        |publication_date|pub_date|date_publish|datetime|time|timestamp|time_raw
        |التاريخ|تاريخ|تاريخ النشر|تاريخ الخبر|تاريخ المقال|وقت النشر""",
    "url": """url|link|href|article_url|source_url|web_url|الرابط|رابط|رابط الخبر|رابط المقال""",
}
_NOT_IN_A_NAME = re.compile(r"[\W_]+")


class Columns:
    """The columns of a user's tables, under our names.

    Parameters
    ----------
    mapping : mapping of str to str
        From any of `id`, `text`, `title`, `outlet`, `published`, `url` to the name that the
        column has. The others are looked for under their usual English and Arabic names.

    Raises
    ------
    KhabarError
        If a key is not one of these.
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        unknown = [key for key in mapping or {} if key not in _PARAMETER]
        if unknown:
            raise KhabarError(
                f"columns must map from {', '.join(map(repr, _PARAMETER))}; not {unknown[0]!r}"
            )
        self._mapped = {_PARAMETER[key]: str(name) for key, name in (mapping or {}).items()}
        self._known: dict[tuple, dict[str, str]] = {}

    def names(self, columns: tuple) -> dict[str, str]:
        """Return our field to their column, of those that are there.

        Raises
        ------
        ValueError
            If there is no column of texts, or none of a mapped name.
        """
        if columns not in self._known:
            self._known[columns] = self._find(columns)
        return self._known[columns]

    def rename(self, record: object) -> dict[str, str]:
        """Return the values of one record that are not empty, as strings under our names.

        Raises
        ------
        ValueError
            If it is no record or has no column of texts.
        """
        if not isinstance(record, dict):
            raise ValueError(f"a record must be an object with named fields; not {record!r:.60}")
        article = {}
        for field, name in self.names(tuple(record)).items():
            value = record.get(name)
            if not isinstance(value, str):
                value = as_text(value)
            if value:
                article[field] = value
        return article

    def _find(self, columns: tuple) -> dict[str, str]:
        folded = {_fold(name): name for name in reversed(columns) if isinstance(name, str)}
        ours = {}
        for field, usual in _USUAL_NAMES.items():
            known = [self._mapped[field]] if field in self._mapped else usual.split("|")
            name = next((folded[_fold(name)] for name in known if _fold(name) in folded), None)
            if name is not None:
                ours[field] = name
        if "raw" not in ours:
            wanted = self._mapped.get("raw")
            sought = f"named {wanted!r}" if wanted else "(such as 'text', 'body' or 'النص')"
            there = ", ".join(map(str, columns))
            raise ValueError(f"no column of texts {sought} among {there:.200}")
        return ours


def _fold(name: str) -> str:
    return _NOT_IN_A_NAME.sub("", name).casefold()


def as_text(value: object) -> str | None:
    r"""Write a cell's value as a person would, or None for an empty one.

    Examples
    --------
    >>> as_text(2015.0), as_text(dt.datetime(2015, 4, 23)), as_text(["سطر", "آخر"])
    ('2015', '2015-04-23', 'سطر\nآخر')
    """
    if value is None or value != value:  # not a number, not a time
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, bytes):
        return decode(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
