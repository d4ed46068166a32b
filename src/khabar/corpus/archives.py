"""Find the files of a folder and open them, packed or not, as bounded streams of bytes.

Nothing is unpacked to disk: every layer is a stream, and what a packed file may unfold to is
bounded in proportion to its size, so that a bomb ends as one unreadable file.
"""

import gzip
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path, PurePosixPath

import pyarrow as pa

from khabar.corpus.encodings import decode

LONGEST_TEXT = 20_000_000  # bytes; a daily newspaper of a year is less

# Text packs to a tenth, the most repetitive records to a fiftieth.
UNFOLDS_TO_TIMES, UNFOLDS_TO_AT_LEAST = 200, 64_000_000
_PACKED = (".gz", ".zst")
_BUFFER, _PIECE = 1 << 20, 1 << 16


@dataclass(frozen=True)
class Source:
    """One file to read, on disk or in a zip.

    Attributes
    ----------
    path : str
        Relative to the folder; a member of a zip as `archive.zip/member.txt`.
    folder : str or None
        The uppermost sub-folder it lies in.
    kind : str
        Its suffix without that of the packing, such as `.jsonl`.
    open : callable
        Opens it, unpacked.
    """

    path: str
    folder: str | None
    kind: str
    open: Callable[[], BufferedIOBase]


class Budget:
    """The bytes that one file on disk may still unfold to."""

    def __init__(self, packed_size: int) -> None:
        self.limit = self.left = max(UNFOLDS_TO_AT_LEAST, UNFOLDS_TO_TIMES * packed_size)

    def spend(self, n_bytes: int) -> None:
        """Take `n_bytes` off; raise ValueError once nothing is left."""
        self.left -= n_bytes
        if self.left < 0:
            raise ValueError(
                f"unfolds to more than {self.limit / 1e6:,.0f} MB, over {UNFOLDS_TO_TIMES} times "
                "its size: not unpacked further"
            )


class _Unfolding(io.RawIOBase):
    """A stream of unpacked bytes that keeps to a budget and names damage as OSError."""

    def __init__(self, stream: BufferedIOBase, budget: Budget, *below: BufferedIOBase) -> None:
        self._stream, self._budget, self._below = stream, budget, below

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        # In pieces, so that little is lost before the place where a stream breaks off.
        read = getattr(self._stream, "read1", self._stream.read)
        try:
            data = read(min(len(buffer), _PIECE))
        except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError) as error:
            raise OSError(f"damaged or cut off while packed: {error}") from error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        for stream in (self._stream, *self._below):
            stream.close()
        super().close()


def list_files(root: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """List the files below a folder in order, and those left aside, with the reason.

    Hidden files and folders and `__MACOSX` are passed over. Links to folders are never followed,
    links to files only if the file lies below `root`.
    """
    found, left_aside = [], []

    def note(error: OSError) -> None:
        left_aside.append((Path(error.filename), f"cannot be opened: {error.strerror}"))

    for directory, folders, names in os.walk(root, onerror=note):
        here = Path(directory)
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        names = [name for name in names if not _is_hidden(name)]
        links = [name for name in folders if (here / name).is_symlink()]
        for path in (here / name for name in (*links, *names)):
            if reason := _why_not(path, root):
                left_aside.append((path, reason))
            else:
                found.append(path)
    return sorted(found), left_aside


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _why_not(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before 3.13
        return f"a link that leads nowhere: {error}"
    if path.is_symlink() and stat.S_ISDIR(mode):
        return "a link to a folder: not followed"
    if path.is_symlink() and not target.is_relative_to(root.resolve()):
        return "a link to a file outside the folder: not followed"
    return None if stat.S_ISREG(mode) else "not a regular file"


def sources(file: Path, base: Path) -> Iterator[Source | tuple[str, str]]:
    """Yield what one file on disk holds: itself, or the members of a zip.

    Members of a zip that cannot be opened come as `(path, reason)`.

    Raises
    ------
    OSError
        If the file is a zip, and damaged.
    """
    path = readable_path(file.relative_to(base))
    folders = PurePosixPath(path).parent.parts
    budget = Budget(file.stat().st_size)
    if file.suffix.lower() == ".zip":
        yield from _members(file, path, folders, budget)
    else:
        yield Source(
            path, _first(folders), _kind(path), lambda: _unfold(file.open("rb"), path, budget)
        )


def readable_path(path: Path) -> str:
    """Return a path with slashes, U+FFFD for bytes of a name that are no text."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _members(
    file: Path, path: str, folders: tuple[str, ...], budget: Budget
) -> Iterator[Source | tuple[str, str]]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise OSError(f"a damaged zip: {error}") from error
    with archive:
        for member in archive.infolist():
            parts = _member_parts(member)
            if member.filename.endswith("/") or any(map(_is_hidden, parts)):
                continue
            name = "/".join((path, *parts))
            if reason := _why_not_member(member, parts, budget):
                yield name, reason
                continue
            yield Source(
                name,
                _first(folders + parts[:-1]),
                _kind(name),
                lambda member=member, name=name: _unfold(
                    _open_member(archive, member), name, budget, packed=True
                ),
            )


def _member_parts(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the folders and the name of a member; `..` and a leading slash mean nothing here."""
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():  # not marked as UTF-8: zipfile took
        name = decode(name.encode("cp437"))  # it for DOS Latin, where Windows wrote Arabic
    parts = name.replace("\\", "/").split("/")
    return tuple(part for part in parts if part not in ("", ".", ".."))


def _why_not_member(member: zipfile.ZipInfo, parts: tuple[str, ...], budget: Budget) -> str | None:
    if member.flag_bits & 1:
        return "encrypted"
    if not parts:
        return "a member of the zip without a name"
    if parts[-1].lower().endswith(".zip"):
        return "a zip in a zip: not opened"
    if member.file_size > budget.limit:
        return (
            f"declares {member.file_size / 1e6:,.0f} MB, over {UNFOLDS_TO_TIMES} times the size of "
            "the zip: not unpacked"
        )
    return None


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BufferedIOBase:
    try:
        return archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise OSError(f"cannot be unpacked: {error}") from error


def _unfold(
    stream: BufferedIOBase, name: str, budget: Budget, *, packed: bool = False
) -> BufferedIOBase:
    """Open the layers of packing that the name tells of."""
    if packed:
        stream = io.BufferedReader(_Unfolding(stream, budget), _BUFFER)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".gz":
        unpacked = gzip.GzipFile(fileobj=stream)
    elif suffix == ".zst":
        # Unlike zstandard's reader, Arrow's tells a stream that was cut off.
        unpacked = pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd")
    else:
        return stream
    return io.BufferedReader(_Unfolding(unpacked, budget, stream), _BUFFER)


def _kind(path: str) -> str:
    """Return the last suffix that is not one of packing, in lower case."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _first(folders: tuple[str, ...]) -> str | None:
    return folders[0] if folders else None


def read_bounded(stream: BufferedIOBase) -> bytes:
    """Read one article's file; raise ValueError if it is empty or longer than `LONGEST_TEXT`."""
    data = stream.read(LONGEST_TEXT + 1)
    if len(data) > LONGEST_TEXT:
        raise ValueError(f"longer than {LONGEST_TEXT / 1e6:.0f} MB: not one article")
    if not data.strip():
        raise ValueError("the file is empty")
    return data
