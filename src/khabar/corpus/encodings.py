"""From bytes to text: find the encoding, and undo a wrong one."""

import codecs
import re

import ftfy
import ftfy.bad_codecs  # registers the codec sloppy-windows-1252
from charset_normalizer import from_bytes

_MARKS = (  # the longer first: a UTF-16 mark begins a UTF-32 one
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_TABLES = ["cp1256", "iso8859_6"]
_LEGACY = [*_ARABIC_TABLES, "cp1252", "cp1251"]
# What pages declare whatever they are written in; it tells nothing.
_MEANINGLESS = {"iso8859-1", "cp1252", "ascii", "utf-8"}
_SAMPLE = 1_000_000
_LEGACY_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f]")
_ARABIC = re.compile("[ء-غف-يپچژگکی]")
# Each of these stands in any Arabic text of some length that was read in the wrong encoding: in the
# order of the two lines, the letters ا and ل, as UTF-8 (or twice UTF-8) in Latin and in Arabic
# tables, and the article ال as windows-1256 and ISO-8859-6.
_TRACES = ("Ø", "Ù", "Ã", "Ř", "ÿ", "ط§", "ظ„", "Çá", "Çä")
_LATIN_HIGH = re.compile("[À-ÿ]")
_LATIN_RUN = re.compile("[À-ÿ]{2,}")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Turn bytes into text, whatever usual encoding they are in.

    Parameters
    ----------
    data : bytes
    declared : str, optional
        The encoding that a page or a server states. It is believed only where the bytes are not
        UTF-8 and fit it.

    Returns
    -------
    str
        The text, without a byte-order mark. A few broken bytes in UTF-8 become U+FFFD.

    Raises
    ------
    ValueError
        If the bytes are no text.

    Examples
    --------
    >>> decode("قال لافروف".encode("cp1256"))
    'قال لافروف'
    """
    text = data.decode(detect_encoding(data, declared=declared), errors="replace")
    check_is_text(text)
    return text


def check_is_text(text: str) -> None:
    """Raise ValueError if a text holds what only binary data holds."""
    at = text.find("\0")
    if at >= 0:
        raise ValueError(f"binary data, not text: a NUL at character {at + 1}")
    if len(_CONTROL.findall(text[:_SAMPLE])) > 0.01 * len(text[:_SAMPLE]):
        raise ValueError("binary data, not text: more than 1 % control characters")


def detect_encoding(data: bytes, *, declared: str | None = None) -> str:
    """Name the encoding of a text, or of the beginning of one.

    Tried in this order: byte-order marks, UTF-16 without one, UTF-8, the declared encoding, UTF-8
    with a few broken bytes, and then whichever of windows-1256, ISO-8859-6, windows-1252 and
    windows-1251 charset-normalizer finds to read best.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if utf16 := _utf16_without_mark(data):
        return utf16
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # a character may be cut at the end
    except UnicodeDecodeError:
        return _fitting(data, declared) or _mostly_utf8(data) or _best_legacy(data)
    return "utf-8"


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by every other byte: 06 (Arabic) or 00 (ASCII), which no other text holds."""
    sample = data[: _SAMPLE & ~1]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[first::2]
        low = sample[1 - first :: 2]
        if high and high.count(6) + high.count(0) > 0.8 * len(high) and low.count(0) < len(low) / 9:
            return encoding
    return None


def _fitting(data: bytes, declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "ascii").name
        data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return None if name in _MEANINGLESS else name


def _mostly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return "utf-8" if broken < 0.05 * letters else None


def _best_legacy(data: bytes, among: list[str] = _LEGACY) -> str:
    """Only words with bytes above ASCII are shown to the detector: markup drowns the rest."""
    words = b" ".join(_LEGACY_WORD.findall(data[:_SAMPLE]))
    best = from_bytes(words, cp_isolation=among).best()
    if best is not None:
        return best.encoding
    # The detector gives up on a few short headlines.
    if len(_ARABIC.findall(words.decode("cp1256"))) > 0.8 * len(_HIGH_BYTE.findall(words)):
        return "cp1256"
    raise ValueError(
        "neither UTF-8 nor UTF-16, nor a text in windows-1256, ISO-8859-6, windows-1252 or "
        "windows-1251"
    )


def repair_mojibake(text: str) -> str:
    """Undo a wrong decoding of Arabic, line by line; any other text comes back as it is.

    Undone are UTF-8 read as Latin-1, windows-1252, -1250, -1256 or Mac Roman, once or twice, and
    windows-1256 or ISO-8859-6 read as Latin-1 or windows-1252.

    Examples
    --------
    >>> repair_mojibake("Ø±Ø³Ø§Ù„Ø©"), repair_mojibake("رسالة à Paris")
    ('رسالة', 'رسالة à Paris')
    """
    if not _has_trace(text):
        return text
    return "\n".join(_repair_line(line) for line in text.split("\n"))


def _has_trace(text: str) -> bool:
    for trace in _TRACES:  # noqa: SIM110 (twice as fast as any() over a generator)
        if trace in text:
            return True
    return False


def _repair_line(line: str) -> str:
    if not _has_trace(line):
        return line
    as_utf8 = _recode(line, "cp1256", "utf-8")
    if as_utf8 and _ARABIC.search(as_utf8):
        return as_utf8
    fixed = ftfy.fix_encoding(line)
    if len(_ARABIC.findall(fixed)) > len(_ARABIC.findall(line)):
        return fixed
    return _repair_legacy(line)


def _repair_legacy(line: str) -> str:
    """Read again what looks like ÇáãÓÑÍ: Latin letters with accents, most beside one another."""
    n_high = len(_LATIN_HIGH.findall(line))
    n_in_runs = sum(map(len, _LATIN_RUN.findall(line)))
    if n_in_runs < 4 or n_in_runs < 0.6 * n_high or _ARABIC.search(line):
        return line
    try:
        data = line.encode("sloppy-windows-1252")
        again = data.decode(_best_legacy(data, _ARABIC_TABLES))
    except ValueError:  # not encodable, or like no language known
        return line
    return again if len(_ARABIC.findall(again)) > 0.6 * n_high else line


def _recode(text: str, wrong: str, right: str) -> str | None:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None
