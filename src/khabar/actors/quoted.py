"""Which passages between marks are words that were spoken, and which are names or irony."""

import re
from collections.abc import Iterator

from khabar.actors.laid_out import Reading
from khabar.actors.marks import Quoted
from khabar.actors.particles import THAT, keys_of

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
_NO_WORDS = re.compile("[0-9A-Za-z]")
_HEADS = keys_of(_NAMES_FOLLOW)
_FORMS = frozenset(
    conjunction + preposition + head
    for head in _HEADS
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ب", "ل", "ك")
)
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
            if _all_named(reading, passage) or names_something(words, before):
                continue
        if not passage.closed and not introduced(reading, passage):
            continue
        covered = passage.end
        yield passage


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
