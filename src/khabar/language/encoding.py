"""From texts to integers, a block of texts at a time, without a Python string per token.

A table gives each character a class, words lie between changes of class, and the letters of a
word are written, six bits each, into one integer. Ten letters fit: the integer *is* the normalised
word, nothing can collide. One word in three hundred (longer, or with a rare letter, a ligature, a
control, a separate hamza) goes a slow way, through the regular expression that defines a word.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from khabar.language.orthography import CONTROLS, KASHIDA, LETTERS, MARKS, normalize
from khabar.language.words import WORD, blank_addresses

# Six bits hold 63 letters: Arabic, and those of borrowed names. All others are odd.
_ALPHABET = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچڄڇڈڑژڤڥڨڭگںٹ"
_CODE_OF = {letter: code for code, letter in enumerate(_ALPHABET, start=1)}
_BITS, _LONGEST = 6, 10  # two uint32 of five letters
_BITS_OF_LETTERS = np.array([(1 << _BITS * n) - 1 for n in range(_LONGEST + 1)], np.uint64)
_SPELT_OUT = 1 << 63  # keys from here on number the words that do not fit
# Classes beyond the letters: what stands in words without being a letter of the alphabet.
_MARK, _CONTROL, _ODD = 64, 65, 66

_BLOCK = 1 << 19  # characters: few enough for the processor's cache


def _character_classes() -> np.ndarray:
    """Tabulate the class of each character of the basic plane, shape (65536,).

    A letter has the code of the letter that `normalize` makes of it, from 1; 0 separates words.
    A madda or hamza standing apart is odd, because it changes the letter before it.
    """
    classes = np.zeros(1 << 16, np.uint8)
    for letter in LETTERS:
        classes[ord(letter)] = _CODE_OF.get(normalize(letter), _ODD)
    classes[list(map(ord, MARKS + KASHIDA))] = _MARK
    classes[list(map(ord, CONTROLS))] = _CONTROL
    classes[list(map(ord, "\u0653\u0654\u0655"))] = _ODD
    return classes


_CLASSES = _character_classes()


def encode(
    texts: Iterable[str],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Cut texts into Arabic words and number their normalised types by first appearance.

    Parameters
    ----------
    texts : iterable of str
        Read once; a generator's texts are not kept.

    Returns
    -------
    codes : ndarray of int32, shape (n_tokens,)
        Position of each token's type in `vocabulary`.
    offsets : ndarray of int64, shape (n_texts + 1,)
        The tokens of text `i` are `codes[offsets[i]:offsets[i + 1]]`.
    starts, ends : ndarray of int32, shape (n_tokens,)
        Character positions of each token in its text, end exclusive.
    vocabulary : list of str

    Examples
    --------
    >>> codes, offsets, starts, ends, vocabulary = encode(["زار موســـكو", "وزار موسكو"])
    >>> codes.tolist(), vocabulary
    ([0, 1, 2, 1], ['زار', 'موسكو', 'وزار'])
    """
    # Byte arrays grow in place; joining the blocks' arrays at the end would hold all of it twice.
    codes, starts, ends, known_keys = bytearray(), bytearray(), bytearray(), bytearray()
    n_tokens = [np.zeros(1, np.int64)]
    slow_keys = _SlowKeys()
    for block in _blocks(texts):
        keys, block_starts, block_ends, block_n_tokens = _find_words(block, slow_keys)
        block_codes, block_keys = pd.factorize(keys)
        codes += (block_codes + len(known_keys) // keys.itemsize).astype(np.int32).data
        known_keys += block_keys.data
        starts += block_starts.astype(np.int32).data
        ends += block_ends.astype(np.int32).data
        n_tokens.append(block_n_tokens)
    # The blocks' keys stand one after the other; now a key that several blocks have gets one code.
    final_codes, keys = pd.factorize(np.frombuffer(known_keys, np.uint64))
    codes = np.frombuffer(codes, np.int32)
    for piece in np.split(codes, range(_BLOCK, len(codes), _BLOCK)):
        piece[:] = final_codes[piece]
    return (
        codes,
        np.concatenate(n_tokens).cumsum(),
        np.frombuffer(starts, np.int32),
        np.frombuffer(ends, np.int32),
        _spell(keys, list(slow_keys.words)),
    )


def _blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    block, size = [], 0
    for text in texts:
        block.append(blank_addresses(text))
        size += len(text)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


class _SlowKeys(dict[str, int]):
    """The keys of forms that need the slow way, and the `words` that fit into no key.

    A type has one key: a form whose type fits gets the key that the fast way makes of it.
    """

    def __init__(self) -> None:
        self.words: dict[str, int] = {}

    def __missing__(self, form: str) -> int:
        word = normalize(form)
        if len(word) <= _LONGEST and _CODE_OF.keys() >= set(word):
            key = sum(_CODE_OF[letter] << _BITS * i for i, letter in enumerate(word))
        else:
            key = _SPELT_OUT + self.words.setdefault(word, len(self.words))
        self[form] = key
        return key


def _find_words(
    texts: list[str], slow_keys: _SlowKeys
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return key, start and end of each token, and the number of tokens of each text."""
    # Separators at both ends give each word two edges and the last word ten places to look at.
    joined = "\n" + "\n".join(texts) + "\n" * _LONGEST
    classes = _classify(joined)
    in_run = classes != 0
    edges = np.flatnonzero(in_run[1:] != in_run[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]

    is_mark = classes == _MARK
    n_marks = np.bincount(_run_at(np.flatnonzero(is_mark), starts), minlength=len(starts))
    n_letters = ends - starts - n_marks
    keys = _pack(classes[~is_mark], starts - (n_marks.cumsum() - n_marks), n_letters)

    is_slow = (n_letters > _LONGEST) | is_mark[starts]
    is_slow[_run_at(np.flatnonzero(classes > _MARK), starts)] = True
    is_word = np.ones(len(starts), bool)
    for i in np.flatnonzero(is_slow).tolist():
        match = WORD.search(joined, starts[i], ends[i])
        if match:
            keys[i], (starts[i], ends[i]) = slow_keys[match[0]], match.span()
        else:
            is_word[i] = False
    keys, starts, ends = keys[is_word], starts[is_word], ends[is_word]

    text_starts = np.cumsum([1, *(len(text) + 1 for text in texts)])
    n_tokens = np.diff(np.searchsorted(starts, text_starts))
    before = np.repeat(text_starts[:-1], n_tokens)
    return keys, starts - before, ends - before, n_tokens


def _classify(text: str) -> np.ndarray:
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Clipping makes U+FFFF, a separator, of whatever lies beyond the basic plane.
    classes = _CLASSES.take(characters, mode="clip")
    # Controls stand round words more often than in them, and there they are no part of the word.
    controls = np.flatnonzero(classes == _CONTROL)
    first = controls[np.diff(controls, prepend=-1) != 1]
    last = controls[np.diff(controls, append=-1) != 1]
    around = (classes[first - 1] == 0) | (classes[last + 1] == 0)
    classes[controls[np.repeat(around, last - first + 1)]] = 0
    return classes


def _run_at(positions: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.searchsorted(starts, positions, side="right") - 1


def _pack(letters: np.ndarray, first_letters: np.ndarray, n_letters: np.ndarray) -> np.ndarray:
    """Write up to ten letters into one integer, the first in the lowest bits."""
    # At each place of the text the five letters from there on, in 30 bits. In place, for speed.
    pairs = letters[1:].astype(np.uint16)
    pairs <<= _BITS
    pairs |= letters[:-1]
    fives = letters[4:].astype(np.uint32)
    for earlier_pairs in (pairs[2:-1], pairs[:-3]):
        fives <<= 2 * _BITS
        fives |= earlier_pairs
    keys = fives[first_letters + 5].astype(np.uint64)
    keys <<= 5 * _BITS
    keys |= fives[first_letters]
    # What lies beyond the word's end is cut off.
    keys &= _BITS_OF_LETTERS.take(n_letters, mode="clip")
    return keys


def _spell(keys: np.ndarray, long_words: list[str]) -> list[str]:
    """Return the word of each key."""
    letters = np.array(["", *_ALPHABET.ljust((1 << _BITS) - 1)])
    spelt = np.stack([letters[keys >> shift & 63] for shift in range(0, 60, _BITS)], axis=1)
    words = spelt.view(f"<U{_LONGEST}").ravel().tolist()
    for i in np.flatnonzero(keys >= _SPELT_OUT).tolist():
        words[i] = long_words[int(keys[i]) - _SPELT_OUT]
    return words
