"""Which passages between marks are words that were spoken, and which are names or irony."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from khabar.actors.laid_out import Reading
from khabar.actors.marks import Quoted
from khabar.actors.name_words import class_of
from khabar.actors.particles import THAT, WHAT_WAS_SAID, keys_of
from khabar.actors.speech import is_saying

_NAMES_FOLLOW = """
تنظيم حزب حركة جبهة جماعة تيار ائتلاف تحالف كتلة فصيل ميليشيا كتيبة كتائب لواء جيش فيلق سرايا
قوات هيئة قناة صحيفة وكالة موقع مجلة شبكة إذاعة تلفزيون راديو برنامج مسلسل فيلم رواية كتاب ديوان
قصيدة أغنية ألبوم لعبة مسرحية لوحة معركة عملية حملة حرب مشروع مبادرة اتفاق اتفاقية معاهدة مؤتمر
منتدى مهرجان مناورات شركة منظمة مؤسسة جمعية اتحاد رابطة نادي فريق منتخب ملعب استاد بطولة كأس
دوري جائزة ميدالية وسام لقب رتبة قاعدة سفينة مدمرة فرقاطة غواصة حاملة طائرة مقاتلة صاروخ صواريخ
قنبلة غاز مادة طراز نوع بنوع منظومة نظام مجموعة فندق مطعم مقهى سجن مستشفى جامعة معهد مركز مدرسة
ميدان ساحة شارع حي بلدة قرية مدينة مخيم محلة معبر طريق جسر قصر يوم عيد ليلة عاصفة إعصار فيروس
وسم هاشتاغ هاشتاج تطبيق صفحة حساب اسم باسم مسمى بعنوان عنوان شعار تحت عنوانه اسمه اسمها يدعى
تدعى يسمى تسمى يعرف تعرف سمي سميت المسمى المسماة المعروف المعروفة الملقب الملقبة المدعو وتدعى
ويدعى وهاب مصطلح كلمة عبارة لفظ حرف مقال صورة فئة درجة مرض إطار نموذج محور لجنة مجلس منصة مسلحو
مسلحي عناصر مقاتلو مقاتلي زعيم قيادي ولاية إمارة
"""
_LONGEST_NAME = 6  # words
_FEW = 3  # words of a name that is told by its form
_NEAR = 8  # words between a verb and what was said
_NAMES = frozenset("GNPS")  # of `class_of`
_NO_WORDS = re.compile("[0-9A-Za-z]")
_HEADS = keys_of(_NAMES_FOLLOW)
_FORMS = frozenset(
    conjunction + preposition + head
    for head in _HEADS
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ب", "ل", "ك")
)
_PUBLISHERS = keys_of("وكالة صحيفة جريدة أسبوعية يومية قناة موقع شبكة مجلة إذاعة شركة مجموعة منظمة")
_SO_CALLED = keys_of("يسمى تسمى سمي يعرف عرف تعرف أسماه أسمته يسميه تسميه يدعى")


def names_something(words: list[str], before: list[str]) -> bool:
    """Whether a short passage names a thing rather than repeats words.

    Parameters
    ----------
    words : list of str
        Counting keys of the words inside.
    before : list of str
        Of the words before it in the sentence, the nearest last.

    Examples
    --------
    >>> names_something(["الفجر", "الجديد"], ["بث", "قناة"])
    True
    >>> names_something(["لن", "نستسلم"], ["اكد", "ان"])
    False
    """
    if not words:
        return True
    if before and before[-1] in _FORMS:
        return True
    if len(words) == 1 and words[0].startswith("ال"):
        return True
    return any(word in _SO_CALLED for word in before[-3:])


def passages_that_may_be_speech(reading: Reading) -> Iterator[Quoted]:
    """Yield the outermost passages between marks that are not names."""
    in_parentheses = _speaks_in_parentheses(reading)
    covered = -1
    for passage in reading.passages:
        if passage.start < covered:
            continue
        if passage.marks == "parentheses" and not in_parentheses:
            continue
        inside = reading.words_between(passage.start, passage.end)
        sentence, _ = reading.sentence_of(passage.start)
        first = inside.start
        begin = max(reading.words_between(sentence, passage.start).start, first - 6)
        if passage.marks == "parentheses" and len(inside) < 3:
            continue
        if len(inside) <= 2 and _NO_WORDS.search(reading.text, passage.start, passage.end):
            continue
        if len(inside) <= _LONGEST_NAME:
            words, before = reading.keys[first : inside.stop], reading.keys[begin:first]
            if (
                _all_named(reading, passage)
                or names_something(words, before)
                or _stands_as_name(reading, passage, inside)
            ):
                continue
        if not passage.closed and not introduced(reading, passage):
            continue
        covered = passage.end
        yield passage


def _stands_as_name(reading: Reading, passage: Quoted, inside: range) -> bool:
    """Whether a few words in marks look like a name, or stand where one stands."""
    words = [reading.keys[word] for word in inside]
    if len(words) <= _FEW and all(class_of(word) in _NAMES or len(word) < 3 for word in words):
        return True
    if len(words) > _FEW + 1 or not inside.start:
        return False
    head = inside.start - 1
    while head > inside.start - 5 and head > 0 and reading.keys[head].startswith("ال"):
        head -= 1
    if len(words) <= _FEW and reading.keys[head] in _PUBLISHERS:
        return True
    return _before_what_was_said(reading, passage, inside)


def _before_what_was_said(reading: Reading, passage: Quoted, inside: range) -> bool:
    """Whether a passage stands between a verb and what was said: "قال لـ«الحياة» إن"."""
    i = bisect_left(reading.cues, inside.start, key=lambda cue: cue[0]) - 1
    if i < 0 or inside.start - reading.cues[i][0] > _NEAR:
        return False
    number, cue = reading.cues[i]
    start, end = reading.sentence_of(passage.start)
    tells = cue.sort == "noun" or (is_saying(cue) and cue.sort != "source")
    if reading.starts[number] < start or not tells:
        return False
    between = reading.text[reading.ends[number] : passage.start - 1]
    if ":" in between or any(reading.keys[word] in THAT for word in range(number, inside.start)):
        return False
    if between.rstrip("ـ ").endswith(("ل", " لـ")) and inside.start - number <= _NEAR:
        return True
    for word in range(inside.stop, min(inside.stop + _NEAR, len(reading.keys))):
        if reading.starts[word] >= end or word in reading.cue_numbers:
            return False
        gap = reading.text[reading.ends[word - 1] : reading.starts[word]]
        if reading.keys[word] in WHAT_WAS_SAID or ":" in gap:
            return True
        if reading.passage_from(reading.starts[word]):
            return True
    return False


def _all_named(reading: Reading, passage: Quoted) -> bool:
    words = reading.words_between(passage.start, passage.end)
    named = {
        word
        for mention in reading.mentions_between(passage.start, passage.end)
        for word in range(reading.word_at(mention.start), reading.word_at(mention.end - 1) + 1)
    }
    return bool(named) and len(words) - len(named) <= (len(words) > 2)


def introduced(reading: Reading, passage: Quoted) -> bool:
    """Whether a colon or a word of speech stands right before a passage."""
    return reading.text[max(0, passage.start - 4) : passage.start - 1].rstrip(" .").endswith(":")


def _speaks_in_parentheses(reading: Reading) -> bool:
    """Whether a text uses parentheses as quotation marks: one stands where speech begins."""
    for passage in reading.passages:
        if passage.marks == "parentheses":
            words = reading.words_between(passage.start, passage.end)
            before = reading.keys[words.start - 1] if words.start else ""
            if len(words) >= 4 and (introduced(reading, passage) or before in THAT):
                return True
    return False
