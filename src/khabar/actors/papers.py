"""Whose a statement or report is: "جاء في بيان صادر عن الوزارة", "وفقا لتقرير المنظمة"."""

from khabar.actors.laid_out import Reading
from khabar.actors.particles import keys_of
from khabar.actors.spoken import History, Speaker, as_speaker
from khabar.actors.strangers import unlisted
from khabar.actors.titles import heads_title

STATEMENTS = keys_of("بيان تقرير تصريح تصريحات بيانات أرقام إحصاءات رواية")
_TOLD_IN = STATEMENTS | keys_of("البيان التقرير تغريدة رسالة بيانه تقريره تقريرها بيانها")
_OF_PAPERS = keys_of(
    "صادر صادرة الصادر أصدره أصدرته أصدرتها نشره نشرته نشرتها رسمي رسمية صحفي صحفية صحافي مشترك "
    "خاص خاصة له لها لهم مقتضب مكتوب سابق جديد جديدة حديث"
)
_BY = keys_of("عن من ل باسم")
_IN_IT = keys_of("فيه فيها")


def paper_told(reading: Reading, number: int) -> int | None:
    """Return the word for the paper in "جاء في بيان", or that for "in it" in "جاء فيه"."""
    for word in range(number + 1, min(number + 4, len(reading.keys))):
        if reading.keys[word] in _IN_IT:
            return word
        if reading.keys[word - 1] == "في":
            return word if reading.keys[word] in _TOLD_IN else None
    return None


def owner(reading: Reading, paper: int, last: int, history: History) -> Speaker | None:
    """Return whose the statement is that the word `paper` means, if it is said before `last`."""
    word = paper + 1
    while word < last and reading.keys[word] in _OF_PAPERS:
        word += 1
    if word < last and reading.keys[word] in _BY:
        word += 1
    if word >= last:
        return None
    named = [m for m in reading.named_by(word) if m.attached in {"", "ل"}]
    if named:
        return as_speaker(named[0])
    key = reading.keys[word]
    if heads_title(key) or (key[0] == "ل" and _behind_to(key)):
        return unlisted(reading, word, last, history)
    return None


def _behind_to(key: str) -> bool:
    return heads_title("ال" + key[2:] if key.startswith("لل") else key[1:])
