"""Which words can be part of a name: given names, particles, and what no dictionary inflects.

A noun, adjective or verb of Arabic is seen with the article, a feminine ending or the endings of
persons; a name stands bare. So a word is taken for a name when those forms of it are rare.
"""

import re
from functools import cache

from khabar.actors.speech import cue_of
from khabar.actors.titles import ADVERBS, BODIES, ORGANISATIONS, TITLES
from khabar.language.citation import attested, citation_form
from khabar.language.orthography import counting_key, name_key
from khabar.language.stopwords import is_stop_word

_GIVEN = """
محمد أحمد محمود علي حسن حسين خالد عمر عثمان يوسف إبراهيم إسماعيل موسى عيسى داود سليمان يعقوب
إسحاق هارون صالح سعيد سعد سعود فهد فيصل سلمان سلطان نايف تركي بندر طلال مشعل متعب عبدالله
عبدالرحمن عبدالعزيز عبدالملك عبدالكريم عبدالرزاق عبداللطيف عبدالمجيد عبدالقادر عبدالفتاح
عبدالحليم عبدالوهاب عبدالسلام ناصر نصر منصور ماجد مازن مروان معاوية معاذ مصطفى مرتضى مهدي هادي
هاشم هشام هيثم وليد وائل وسام ياسر ياسين يحيى زكريا زياد زيد زهير طارق طه ظافر عادل عارف عاصم
عامر عباس عدنان عزام عزت عصام عقيل علاء عماد عمار عمرو غازي غسان فادي فارس فاروق فايز فتحي فخري
فراس فريد فؤاد قاسم قصي كامل كريم كمال لؤي ماهر مبارك محسن مختار مدحت مراد مسعود مصباح مظفر معتز
مفيد مقتدى ملحم زايد راشد مكتوم خلفان بطرس جبران ميشيل عزمي وجدي عبدالباسط عبدالحميد قيس عدي
أنيس أكثم بشرى نبيه نعوم ممدوح منذر منير نبيل نجيب نديم نزار نسيم نعيم نور نوري نواف هاني هيكل
وجيه وحيد وديع رائد رأفت رامي رشيد رضا رفعت رفيق رمزي رمضان رياض بدر بديع برهان بسام بشار بشير
بكر بلال بهاء تامر توفيق تيسير ثامر جابر جاسم جعفر جلال جمال جميل جهاد جواد جورج جوزيف حاتم حافظ
حامد حسام حسني حمد حمدان حمدي حمزة حنا حيدر خضر خلف خليفة خليل سالم سامح سامر سامي سعدي سفيان
سمير سهيل سيف شاكر شريف شفيق شوقي صادق صدام صدقي صفوت صلاح ضياء أنور أسامة أسعد أشرف أكرم أمجد
أمين أنس أنطوان أيمن أيوب إلياس إيلي إيهاب باسل فاطمة عائشة خديجة مريم زينب سعاد سميرة نادية
نوال هدى هناء هند وفاء ياسمين ليلى لينا لبنى لمى مها منى منال مي ميساء ناهد نهى رانيا رشا ريم
سارة سلمى سلوى سمر سناء شيماء صفاء عبير علياء فايزة فريدة كوثر أسماء أمل أمينة إيمان إلهام بثينة
جميلة هالة ندى هبة رنا فواز نضال جيهان حنان دينا رباب رولا حنين غادة سحر نجلاء جون جيمس جاك جان
بيل بول بيتر توماس توني تيم ديفيد دونالد روبرت روبيرت رونالد ريتشارد سيرجي سيرغي فلاديمير فيكتور
فرانك فرانسوا كارل كارلوس كريس كولن كوفي كوندوليزا لويس مارك مارتن مايكل ميخائيل ميشال نيكولا
هنري هيلاري وليام ويليام أنطونيو ألكسندر أنجيلا أنغيلا أندريه إيهود إيمانويل أرييل شيمون بنيامين
رجب خوسيه خافيير باراك آرييل فيليب سيلفيو رومانو تشارلز ستيفن ستيفان إدوارد ألبرت أدولف
"""
_PARTICLES = "بن ابن بنت أبو أبي أبا أم آل عبد ولد دي دو دا فان فون لو ديل دل سان نصر"
# Endings of common words and of verbs, with which a name is not seen.
_ENDINGS = ("ة", "ت", "ها", "هم", "ه", "وا", "ين", "ون", "ات", "نا")
_RARER, _UNSEEN = 90, -800  # centibels
# Endings, what stands in their place, and by how much the word must be commoner without.
_INFLECTIONS = (
    ("ا", "", 0), ("ت", "", 0), ("تي", "ة", 0), ("تين", "ة", 0), ("ون", "", 100), ("ين", "", 100),
    ("ات", "", 100), ("ات", "ة", 0), ("وا", "", 0), ("ته", "ة", 0), ("تها", "ة", 0),
)  # fmt: skip
_COMPARATIVE = re.compile("ال[أا]\\w{3}")
_COMMON = -420

_PLACE = frozenset(map(counting_key, "في إلى داخل خارج مدينة شمال جنوب شرق غرب قرب".split()))

_ORDINALS = frozenset(
    map(counting_key, "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن".split())
)
GIVEN = frozenset(map(name_key, _GIVEN.split()))
PARTICLES = frozenset(map(name_key, _PARTICLES.split()))


@cache
def class_of(word: str) -> str:
    """Return what a word is in the search for names, as one letter.

    G is a given name, P a particle of names, N another word that may be a name, Y one that may be
    after a given name, S one with the article, A any other word with the article, J such an
    adjective, T a title, B what a body calls itself, D the same with the article, C a word of
    speech, O an ordinal of kings, L a preposition of place, F another word of grammar, X the rest.

    Examples
    --------
    >>> "".join(map(class_of, ["وزير", "الروسي", "لافروف", "محمد", "الكتاب", "قال", "في"]))
    'TJNGACL'
    """
    own = class_of_rare(word)
    if own != "X":
        return own
    if word.startswith("ال") and len(word) > 4 and _has_article(word):
        if _is_adjective(word):
            return "J"
        rare = attested(word) < _COMMON and attested(word[2:]) < attested(word) - 60
        return "S" if rare else "A"
    if attested(word) > _COMMON or citation_form(word) != word or _is_inflected(word):
        return "X"
    if _stands_bare(word):
        return "N"
    return "Y" if attested("ال" + word) < attested(word) + _RARER else "X"


@cache
def class_of_rare(word: str) -> str:
    """Return the letter of a word that is in a list, X for all others."""
    key, name = counting_key(word), name_key(word)
    if key in TITLES and name not in GIVEN:
        return "T"
    if word in {"على", "الى"}:
        return "F"
    if key == "الله":
        return "A"
    if name in PARTICLES and "إ" not in word:
        return "P"
    if name in GIVEN:
        return "G"
    if key in ORGANISATIONS:
        return "D" if key.startswith("ال") else "B"
    if key in BODIES:
        return "X"
    if key in _ORDINALS:
        return "O"
    if cue_of(word) is not None:
        return "C"
    if key in _PLACE:
        return "L"
    if len(key) < 3 or is_stop_word(word) or key in ADVERBS:
        return "F"
    return "X"


def _has_article(word: str) -> bool:
    """Whether ال is the article: ألكسندر and the like only begin so."""
    return attested(word[2:]) > -780 or attested("لل" + word[2:]) > -780 or attested(word) > -700


def _is_adjective(word: str) -> bool:
    """Whether a word with the article has a feminine, or is one: الروسي, الخارجية."""
    if word.endswith(("ية", "ين", "ون", "ات", "ان")) or _COMPARATIVE.fullmatch(word):
        return True
    return attested(word + "ة") > attested(word) - 40


def _is_inflected(word: str) -> bool:
    """Whether a word is a commoner one with an ending: مماثلا, حاولت, محافظتي, يعملون."""
    return word.startswith("است") or any(
        word.endswith(ending) and attested(word.removesuffix(ending) + rest) > attested(word) + more
        for ending, rest, more in _INFLECTIONS
    )


def _stands_bare(word: str) -> bool:
    """Whether a word takes a preposition rather than the article, and no endings of verbs."""
    own = attested(word)
    article = max(attested("ال" + word), attested("لل" + word))
    preposition = max(attested("ل" + word), attested("ب" + word), attested("و" + word) - 30)
    if article > preposition:
        return False
    stem = word[:-1] if word[-1] in "ةه" else word
    inflected = sorted(attested(stem + ending) for ending in _ENDINGS if stem + ending != word)
    verbs = [other + word[1:] for other in "يتن" if other != word[0]] if word[0] in "يتن" else []
    bare = max(own - _RARER, _UNSEEN)
    return inflected[-2] <= bare and max(map(attested, verbs), default=_UNSEEN) <= bare
