"""Which passages between marks are words that were spoken, and which are names or irony."""

from khabar.language.orthography import counting_key

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
LONGEST_NAME = 6  # words
_HEADS = frozenset(map(counting_key, _NAMES_FOLLOW.split()))
_FORMS = frozenset(
    conjunction + preposition + head
    for head in _HEADS
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ب", "ل", "ك")
)
_SO_CALLED = frozenset(
    map(counting_key, "يسمى تسمى سمي يعرف عرف تعرف أسماه أسمته يسميه تسميه يدعى".split())
)


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
