"""Files that are whole or not there, and folders that one run at a time writes into.

A part is written beside its place, forced to the disk and renamed: whatever kills a run, the parts
it leaves are complete, and the next run goes on after them.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import khabar
from khabar.errors import KhabarError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

_MANIFEST, _LOCK = "_manifest.json", ".lock"
_NUMBER_OF_THIS_RUN = 20  # bytes kept for it, the first of the lock file


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a file that appears under its name only once it is complete and on disk.

    Raises
    ------
    KhabarError
        If the disk is full, the folder read-only, and so on. Nothing is left behind.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        _force_to_disk(path.parent)
    except OSError as error:
        with suppress(OSError):  # what hindered the writing may hinder this
            unfinished.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> KhabarError:
    return KhabarError(
        f"{str(path)!r} could not be written: {error.strerror or error}. What was finished before "
        "is kept: make room, or allow writing there, and run the same again to go on"
    )


def _force_to_disk(folder: Path) -> None:
    if os.name == "nt":  # where a folder cannot be opened, and a rename is lasting
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def work_in(folder: Path, work: dict) -> Iterator[bool]:
    """Be the only run that writes into a folder, and do there the one piece of work it is for.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    work : dict of str to str
        What is to be done, and from what: if the folder was begun for another piece of work, it is
        refused. Yielded is whether all of it is done already.

    Raises
    ------
    KhabarError
        If another run is writing there, the folder is for something else, or cannot be written.
    """
    work = {"khabar": khabar.__version__, **work}
    with _alone_in(folder):
        found = read_manifest(folder)
        if found is None:
            _refuse_other_files(folder)
            write_manifest(folder, {"work": work, "complete": False})
        elif found["work"] != work:
            raise KhabarError(_of_other_work(folder, found["work"], work))
        done = found is not None and found["complete"]
        yield done
        if not done:
            write_manifest(folder, {"work": work, "complete": True})


def read_manifest(folder: Path) -> dict | None:
    """Return what a folder is for and whether it is complete, None if it does not say."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KhabarError(f"{str(folder / _MANIFEST)!r} cannot be read: {error}") from error
    return manifest


def write_manifest(folder: Path, manifest: dict) -> None:
    """Write down what a folder is for and whether it is complete."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    write_whole(folder / _MANIFEST, lambda file: file.write(text.encode("utf-8")))


def _refuse_other_files(folder: Path) -> None:
    others = sorted(path.name for path in folder.iterdir() if path.name != _LOCK)
    others = [name for name in others if not name.endswith(".unfinished")]
    if others:
        raise KhabarError(
            f"the folder {str(folder)!r} must be new or empty; it holds {others[0]!r}"
        )


def _of_other_work(folder: Path, found: dict, work: dict) -> str:
    other = next(key for key in {**found, **work} if found.get(key) != work.get(key))
    return (
        f"the folder {str(folder)!r} was begun for something else: {other} was {found.get(other)!r}"
        f" and is now {work.get(other)!r}; give a new folder, or delete this one"
    )


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process ends, however."""
    path = folder / _LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+b")
    except OSError as error:
        raise _cannot_write(folder, error) from error
    with lock:
        try:
            _lock(lock)
        except OSError:
            lock.seek(0)
            number = lock.read(_NUMBER_OF_THIS_RUN).decode("ascii", "replace").strip()
            raise KhabarError(
                f"another run (process {number or 'unknown'}) is writing into {str(folder)!r}: "
                "wait until it has ended, or give another folder"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()).ljust(_NUMBER_OF_THIS_RUN).encode("ascii"))
        lock.flush()
        yield


def _lock(file: BinaryIO) -> None:
    """Lock a file for this process, or raise OSError at once."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:  # beyond the number, which stays readable for others
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
