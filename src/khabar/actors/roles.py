"""Whom a title stands for, and which state a head without one belongs to.

A title beside a name is part of that mention. A title alone names the holder of the office on the
document's day. A title without its state (الوزير), or without its office (الدبلوماسي الروسي),
stands for the person named before it who has it; a head without its state (الحكومة) for that of the
state whose own is named here, or whom the document is about.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.lexicon import Lexicon
from khabar.actors.reading import GapTest, Reading, name_keys
from khabar.actors.sense import AT_A_BORDER, IN_A_TITLE, PLACE
from khabar.actors.support import SAYING, nationality_tokens

_SPACE = GapTest(re.compile(r"[ \t\u00a0_#]{1,3}"))
# Between a title and the name: punctuation, but no colon after a title, for then the name speaks.
_BESIDE = GapTest(re.compile(r"[\s،,\-–()«»\"“”#]{1,4}"))
_COMMA = re.compile(r"[،,(\-–]")


def _words(text: str) -> frozenset[str]:
    return frozenset(name_keys(text.split()))


_ADDRESS = _words(
    """
    السيد السيدة الملك الأمير الشيخ الدكتور الرئيس الوزير السفير الفريق اللواء الجنرال العماد
    السلطان المشير العقيد العميد الأستاذ آية المهندس
    """
)
_DEPUTIES = frozenset(
    article + word
    for word in name_keys(
        """
    نائب نائبة ممثل ممثلة مبعوث مبعوثة مستشار مستشارة مساعد مساعدة معاون وكيل مستشاري نواب موفد
    نائبي ولي سفير سفيرة سفارة
    """.split()
    )
    for article in ("", "ال", "وال", "و", "ل", "لل", "ب")
)
_FORMER = _words(
    """
    السابق السابقة الأسبق الراحل الراحلة المخلوع المعزول السابقين المنتخب المنتخبة
    """
)
# Between a title and the name of the one who holds it.
_QUALITIES = _words(
    """
    الجديد الجديدة المؤقت المؤقتة المكلف المكلفة الانتقالي المستقيل المستقيلة الحالي الحالية
    بالإنابة بالنيابة المعين المعينة
    """
)
# Things that are called after a ruler, or after whoever rules: كأس ولي العهد.
_CALLED_AFTER = frozenset(
    c + word
    for word in name_keys(
        """
    كأس بطولة جائزة دوري منتدى مهرجان مستشفى مشفى جامعة مدينة شارع مطار مسابقة مركز حديقة ميدان
    جسر ملعب استاد مسجد جامع مدرسة كلية معهد قاعة سباق وسام طريق سد مؤسسة مكتبة برج قاعدة
    """.split()
    )
    for c in ("", "و", "ب", "ل", "ف")
)
# What may follow a title that stands alone: it is no longer title, and no name unknown to us.
_GOES_ON = _words(
    """
    إن أن إنه أنه إنها أنها في على من إلى عن مع خلال بعد قبل الذي التي الذين كان كانت قد لم لا
    لن ما كما حيث بأن بأنه لدى عند حول أمام أمس اليوم هو هي هنا ثم أو بين ضد منذ حتى سوف أي كل
    هذا هذه وقال وأضاف وأكد قال أكد أضاف أعلن الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    الأحد قائلا كذلك أيضا معا بدوره بدورها حينها مساء صباح هناك عقب فور إزاء أثناء ضرورة أهمية
    أنهما إنهما كلا كان قائلة مؤكدا مشيرا موضحا بشأن بشكل عبر خارج داخل نحو ليس ليست يريد يقول
    تقول لكن بينما فيما رغم وفق بموجب بسبب لأن لأنه إذ إذا عندما حين دون غير أيضا أمامه أمامها
    التقى استقبل زار وصل غادر بحث دعا شدد ذكر تابع اعتبر لفت رأى حذر كشف نفى وصف اتهم طالب عبر
    أعرب جدد نوه كتب تعهد وعد هدد رفض أبلغ أجرى ألقى قدم وقع طلب استدعى عين أقال قرر أصدر سلم
    تسلم تولى عاد غاب حضر شارك ترأس افتتح اختتم التزم سعى نقل أطلع بدأ أنهى واصل خاطب وجه أرسل
    تلقى منح كلف رد أجاب علق سأل حمل بعث استقال تنحى توفي قتل أصيب نجا أيد عارض انتقد ندد أدان
    رحب أشاد هنأ عزى ودع تحدث صرح أوضح أشار بين اتفق اختلف توصل قام أخذ جاء خرج دخل ظهر سافر
    توجه انتقل عقد أمر سمح منع أوقف أعاد رفع فاز خسر حصل نال يرى يقود يرأس يزور يلتقي يستقبل
    يبحث يعتزم ينوي يسعى يواجه يرفض يدعو يطالب يؤكد يشارك يحضر يصل يتولى يعود يلقي يقدم يوقع
    """
)
_AND = "و"
_MANY = 1.5  # times as often as the next state
# Heads whose state is seldom the one that a document is about.
_ACT_ABROAD = frozenset(
    "foreign_ministry presidency foreign_minister deputy_foreign_minister embassy defence_ministry"
    " defence_minister".split()
)
_NEAR, _BESIDE_A_PLACE = 12, 6  # words
# A document is about the state where things happen rather than about those who act there.
_IF_PLACE = 3
_AS_A_PERSON = 0.5
_OF_POLITICS = frozenset({"government", "opposition", "army"})
# Said of those who rule wherever something happens.
_LOCAL = _words("السلطات")


@dataclass
class _Document:
    """What a document has told so far, by position."""

    people: list[tuple[int, str, frozenset, bool]] = field(default_factory=list)
    pairs: list[tuple[int, str, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    institutions: list[tuple[int, str, str]] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    adjectives: list[tuple[int, str]] = field(default_factory=list)
    states: Counter = field(default_factory=Counter)


def resolve(
    names: pd.DataFrame,
    titles: pd.DataFrame,
    reading: Reading,
    ledger: Ledger,
    lexicon: Lexicon,
    dates: pd.Series | None,
) -> pd.DataFrame:
    """Say for every title and head whom it names; drop those that name nobody we know.

    Parameters
    ----------
    names, titles : DataFrame
        The matches that count, by position: names and institutions; titles of persons.
    reading : Reading
    ledger : Ledger
    lexicon : Lexicon
    dates : Series of datetime, optional
        The day of each document, in their order.

    Returns
    -------
    DataFrame
        All of them, with `actor`, `form` and `rule` filled in.
    """
    held = _held(ledger)
    people = names[names["kind"] == "person"]
    beside, embedded = _beside(titles, people, reading, held), _embedded(titles, reading)
    spoken = reading.are(titles["first"].to_numpy() - 1, SAYING, titles["document"].to_numpy())
    second = _said_of_another_state(titles, names, reading, ledger, lexicon.offices)
    second = second[~second["at"].isin(titles.index[(beside >= 0) | embedded])]
    more = _said_of_another_state(names, names, reading, ledger, lexicon.offices)
    days = [pd.NaT] * len(reading.tokens.texts) if dates is None else dates.tolist()
    documents = _documents(names, titles, beside, spoken, people, reading, ledger, held, days)
    alone = (beside < 0) & ~embedded
    titles = _with_second(titles.assign(spoken=spoken)[alone], second)
    names = _with_second(names, more)
    return pd.concat([
        _with_heads(names, documents, reading, lexicon.offices),
        _with_holders(titles, documents, reading, ledger, lexicon, held, days),
    ])  # fmt: skip


def _with_second(heads: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Add the second state's own; heads in the dual share one span."""
    if second.empty:
        return heads
    ends = second[second["several"]].groupby("at")["end"].max().reindex(heads.index)
    heads = heads.assign(end=ends.fillna(heads["end"]).astype(np.int64))
    return pd.concat([heads, second.drop(columns="at")], ignore_index=True)


class _Held:
    """Who holds which office of whom."""

    def __init__(self, ledger: Ledger) -> None:
        offices = ledger.offices
        made = ledger.generated.reindex(offices["office"])
        state = made["state"].where(made["state"].notna(), "").to_numpy()
        office = made["office"].where(made["office"].notna(), offices["office"].to_numpy())
        self.by_person: dict[str, set] = defaultdict(set)
        for person, of, what in zip(offices["actor"], state, office, strict=True):
            self.by_person[person].add((of, what))
        self.terms = {
            office: list(zip(terms["actor"], terms["start"], terms["end"], strict=True))
            for office, terms in offices.groupby("office")
        }
        self._spans: dict[str, list] = defaultdict(list)
        for person, pair, start, end in zip(
            offices["actor"], zip(state, office, strict=True), offices["start"], offices["end"],
            strict=True,
        ):  # fmt: skip
            self._spans[person].append((pair, start, end))
        self._classes = ledger.rules["classes"]
        self._asked: dict[tuple, tuple[str, str]] = {}

    def has(self, offices: Iterable[tuple[str, str]], wanted: str, state: str | None) -> bool:
        """Whether one of these offices is of the class, and of the state if one is asked for."""
        return any(
            self._is(office, wanted) and (state is None or of == state) for of, office in offices
        )

    def _is(self, office: str, wanted: str) -> bool:
        for kind in self._classes.get(wanted, [wanted]):
            if office == kind or (
                kind in {"minister", "ministry", "envoy"} and _suffix(office, kind)
            ):
                return True
        return False

    def by(self, person: str, day: pd.Timestamp) -> frozenset[tuple[str, str]]:
        """Return the offices of a person on a day; all of them if the day is not known."""
        return frozenset(
            office
            for office, start, end in self._spans.get(person, ())
            if day is pd.NaT
            or ((start is pd.NaT or start <= day) and (end is pd.NaT or day <= end))
        )

    def on(self, office: str, day: pd.Timestamp, named: set[str]) -> tuple[str, str]:
        """Return whom an office stands for on a day, and why."""
        terms = self.terms.get(office)
        if terms is None:
            return office, "office, holder not in the ledger"
        if day is not pd.NaT:
            if (office, day) not in self._asked:
                self._asked[office, day] = self._on_day(office, terms, day)
            holder, why = self._asked[office, day]
            if holder:
                return holder, why
        holders = sorted({actor for actor, *_ in terms} & named)
        if len(holders) == 1:
            return holders[0], "office, its holder named in the document"
        return office, "office, holder not certain"

    @staticmethod
    def _on_day(office: str, terms: list[tuple], day: pd.Timestamp) -> tuple[str, str]:
        holders = {
            actor
            for actor, start, end in terms
            if (start is pd.NaT or start <= day) and (end is pd.NaT or day <= end)
        }
        if len(holders) != 1:
            return "", ""
        return holders.pop(), f"office held on {day:%Y-%m-%d}"


@lru_cache(maxsize=4)
def _held(ledger: Ledger) -> _Held:
    return _Held(ledger)


def _suffix(office: str, kind: str) -> bool:
    return (f"_{kind}" in office) and not office.startswith(("prime_", "deputy_"))


def _beside(
    titles: pd.DataFrame, people: pd.DataFrame, reading: Reading, held: _Held
) -> np.ndarray:
    """For each title the row of `people` that it stands beside, or -1."""
    begins, ends = {}, {}
    for row, (first, last) in enumerate(zip(people["first"], people["last"], strict=True)):
        begins.setdefault(first, row)
        ends.setdefault(last, row)
    if not begins:
        return np.full(len(titles), -1)
    clitics = people["clitic"].tolist()
    actors = people["actor"].tolist()
    between_is_sure = reading.among(_ADDRESS | _FORMER)[reading.tokens.codes]
    # The envoy of two: المبعوث الدولي والعربي الأخضر الإبراهيمي.
    further = np.array([key.startswith("وال") and key.endswith("ي") for key in reading.keys], bool)
    between = between_is_sure | reading.among(_QUALITIES)[reading.tokens.codes]
    between |= further[reading.tokens.codes]
    result = []
    for title in titles.itertuples():
        after, skipped = title.last + 1, 0
        while after not in begins and after < len(reading) and between[after] and skipped < 2:
            after, skipped = after + 1, skipped + 1
        row = begins.get(after, -1)
        if row >= 0 and clitics[row] == "" and _touch(reading, title.last, after):
            comma = bool(_COMMA.search(reading.gaps(np.array([title.last]))[0]))
            if (between_is_sure[after - 1] and skipped) or comma or _fits(title, actors[row], held):
                result.append(row)
                continue
        row = ends.get(title.first - 1, -1)
        if row >= 0 and title.clitic == "" and _touch(reading, title.first - 1, title.first):
            comma = bool(_COMMA.search(reading.gaps(np.array([title.first - 1]))[0]))
            if comma or _fits(title, actors[row], held):
                result.append(row)
                continue
        result.append(-1)
    return np.array(result, dtype=np.int64)


def _touch(reading: Reading, first: int, last: int) -> bool:
    gaps = reading.gaps(np.arange(first, last))
    return all(_BESIDE[gap] for gap in gaps)


def _fits(title: tuple, person: str, held: _Held) -> bool:
    """Whether a name without a comma is the title's own, or the next part of the sentence."""
    offices = held.by_person.get(person)
    if not offices:
        return True
    if title.is_head:
        return True
    if isinstance(title.state, str):
        return any(state == title.state for state, _ in offices)
    terms = held.terms.get(title.actor)
    return terms is None or any(person == actor for actor, *_ in terms)


def _embedded(titles: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Tell which offices are part of somebody else's title: "الممثل الخاص للرئيس الروسي"."""
    first, document = titles["first"].to_numpy(), titles["document"].to_numpy()
    result = np.zeros(len(titles), bool)
    near = reading.are(first - 1, _DEPUTIES, document)
    far = reading.are(first - 2, _DEPUTIES, document) & ~near
    near |= reading.are(first - 1, _CALLED_AFTER, document)
    for rows, distance in ((np.flatnonzero(near), 1), (np.flatnonzero(far), 2)):
        touching = np.ones(len(rows), bool)
        for step in range(distance):
            touching &= reading.gaps_match(first[rows] - 1 - step, _SPACE)
        result[rows] |= touching
    return result


def _said_of_another_state(
    heads: pd.DataFrame,
    names: pd.DataFrame,
    reading: Reading,
    ledger: Ledger,
    office_of: dict[tuple[str, str], str],
) -> pd.DataFrame:
    """Find the second state of one head: القوات الروسية والسورية, سفيرا بريطانيا وأستراليا."""
    heads = heads[heads["state"].notna() & (heads["office"].notna() | heads["several"]
                  | (heads["form"] == "adjective"))]  # fmt: skip
    if heads.empty:
        return heads.assign(at=pd.Series(dtype=int))
    words = [_AND + key for key in name_keys(ledger.nationalities.index)]
    # The last of equal words counts.
    row_of_type = reading.told_of({word: row for row, word in enumerate(words)})
    state_of_row = ledger.nationalities.tolist()
    states = names[(names["kind"] == "state") & names["office"].isna() & (names["clitic"] == _AND)]
    named = {row.first: row for row in states[["first", "last", "actor"]].itertuples()}
    after = np.minimum(heads["last"].to_numpy() + 1, len(reading) - 1)
    begins = row_of_type[reading.tokens.codes[after]] >= 0
    heads = heads[begins | heads["several"].to_numpy()]
    rows = []
    for head in heads.itertuples():
        last, ends, own = head.last, head.end, []
        while last + 1 < len(reading) and reading.document[last + 1] == head.document:
            gap = reading.gaps(np.array([last]))[0]
            if not (_SPACE[gap] or gap in ("، ", ", ")):
                break
            nationality = row_of_type[reading.tokens.codes[last + 1]]
            state = state_of_row[nationality] if nationality >= 0 else None
            following = last + 1
            if state is None and head.several and last + 1 in named:
                state, following = named[last + 1].actor, named[last + 1].last
            if state is None or state == head.state:
                break
            last, ends = following, int(reading.tokens.ends[following])
            own.append((state, last, ends))
        for state, last, ends in own:
            actor = office_of.get((state, head.office)) if isinstance(head.office, str) else state
            if actor is None:
                continue
            row = head._asdict() | {"actor": actor, "state": state, "at": head.Index}
            if head.several:
                row |= {"end": own[-1][2], "last": own[-1][1]}
            else:
                letters = int(reading.tokens.starts[last]) + len(_AND)
                row |= {"first": last, "last": last, "start": letters, "end": ends,
                        "form": "adjective" if not head.is_title else head.form}  # fmt: skip
            row["rule"] = f"{head.form}; one head said of several states"
            rows.append(row)
    table = pd.DataFrame(rows, columns=["Index", *heads.columns, "at"])
    return table.drop(columns="Index")


def _documents(
    names: pd.DataFrame,
    titles: pd.DataFrame,
    beside: np.ndarray,
    spoken: np.ndarray,
    people: pd.DataFrame,
    reading: Reading,
    ledger: Ledger,
    held: _Held,
    days: list[pd.Timestamp],
) -> dict[int, _Document]:
    """Collect what the documents tell about persons, institutions and states."""
    documents: dict[int, _Document] = defaultdict(_Document)
    with_title: dict[int, list] = defaultdict(list)
    title_spoken: dict[int, bool] = {}
    joined: set[int] = set()
    for head in names[names["is_head"]].itertuples():
        if head.key not in _REGIMES:
            documents[head.document].heads.add(head.office)
    for title, row, says in zip(titles.itertuples(), beside.tolist(), spoken.tolist(), strict=True):
        if row >= 0:
            if isinstance(title.office, str):
                with_title[row].append((title.state, title.office))
            title_spoken[row] = title_spoken.get(row, False) or says
            if title.clitic == _AND:
                joined.add(row)
    speaks = reading.are(people["first"].to_numpy() - 1, SAYING, people["document"].to_numpy())
    known: dict[tuple[int, str], frozenset] = {}
    for row, (person, says) in enumerate(zip(people.itertuples(), speaks.tolist(), strict=True)):
        key = (person.document, person.actor)
        offices = known.get(key) or held.by(person.actor, days[person.document])
        known[key] = offices = offices | frozenset(with_title.get(row, ()))
        says = says or title_spoken.get(row, False)
        told = documents[person.document]
        if (
            told.people
            and (person.clitic == _AND or row in joined)
            and person.first - told.people[-1][0] < 9
        ):
            told.pairs.append((person.first, told.people[-1][1], person.actor))
        told.people.append((person.first, person.actor, offices, says))
    columns = ["document", "first", "form", "state", "office", "sense", "sense_rule"]
    for row in names.loc[names["state"].notna(), columns].itertuples():
        document = documents[row.document]
        there = row.sense == PLACE and row.sense_rule not in (IN_A_TITLE, AT_A_BORDER)
        document.states[row.state] += _IF_PLACE if there else 1
        if there and row.form == "name":
            document.places.append((row.first, row.state))
        if isinstance(row.office, str):
            document.institutions.append((row.first, row.state, row.office))
    _count_those_who_serve(names, people, documents, ledger, held)
    for token, document, state in zip(*nationality_tokens(reading, ledger), strict=True):
        documents[document].states[state] += 1
        documents[document].adjectives.append((token, state))
    for title in titles[titles["state"].notna() & titles["office"].notna()].itertuples():
        documents[title.document].states[title.state] += 1
        documents[title.document].institutions.append((title.first, title.state, title.office))
    for document in documents.values():
        document.institutions.sort()
    return documents


def _count_those_who_serve(
    names: pd.DataFrame,
    people: pd.DataFrame,
    documents: dict[int, _Document],
    ledger: Ledger,
    held: _Held,
) -> None:
    """Let groups and persons speak for the state they are of, each once in a document."""
    of = ledger.actors["of"].dropna()
    of = of[of.isin(ledger.actors.index[ledger.actors["kind"] == "state"])].to_dict()
    pairs = zip(names["document"], names["actor"], strict=True)
    for document, actor in dict.fromkeys(pairs):
        if actor in of:
            documents[document].states[of[actor]] += _IF_PLACE
    for document, actor in dict.fromkeys(zip(people["document"], people["actor"], strict=True)):
        for state in {state for state, _ in held.by_person.get(actor, ()) if state}:
            documents[document].states[state] += _AS_A_PERSON


def _with_heads(
    names: pd.DataFrame,
    documents: dict[int, _Document],
    reading: Reading,
    office_of: dict[tuple[str, str], str],
) -> pd.DataFrame:
    """Give heads without a state that of the state the document is about."""
    is_head = names["is_head"].to_numpy()
    if not is_head.any():
        return names
    heads = names[is_head]
    heads = heads[~_qualified(heads, reading)]
    actors, rules = [], []
    for head in heads.itertuples():
        state, why = _state_of_head(head, documents[head.document], strict=head.key in _REGIMES)
        actors.append(office_of.get((state, _ministry(head, documents)) if state else None))
        rules.append(f"{head.rule} without its state; {why}")
    heads = heads.assign(actor=actors, rule=rules)
    return pd.concat([names[~is_head], heads[heads["actor"].notna()]])


def _ministry(head: tuple, documents: dict[int, _Document]) -> str:
    """The ministry (الوزارة) is the one named last."""
    if head.office != "ministry":
        return head.office
    before = [o for at, _, o in documents[head.document].institutions
              if at < head.first and o.endswith("_ministry")]  # fmt: skip
    return before[-1] if before else ""


def _state_of_head(head: tuple, document: _Document, *, strict: bool) -> tuple[str, str]:
    """Return the state whose head this is, and why; nothing if it is not clear."""
    office = head.office
    same = [(at, state) for at, state, what in document.institutions
            if what == office or (office == "ministry" and what.endswith("_ministry"))]  # fmt: skip
    if office == "ministry":
        before = [state for at, state in same if at < head.first]
        return (before[-1], "the ministry named before") if before else ("", "")
    votes = Counter(state for _, state in same)
    if office in _ACT_ABROAD and not votes:
        near = [state for at, state in document.adjectives if 0 < head.first - at <= _NEAR]
        return (near[-1], "the nationality named just before") if near else ("", "")
    here = [state for at, state in document.places if 0 < head.first - at <= _BESIDE_A_PLACE]
    if here and not votes:
        return here[-1], "of the place named just before"
    score = Counter(document.states)
    for state, n in votes.items():
        score[state] += 3 * n
    related = {state for _, state, what in document.institutions
               if what in _OF_POLITICS}  # fmt: skip
    best = score.most_common(2)
    political = related or document.heads & _OF_POLITICS
    if not best or (strict and not political):
        return "", ""
    if len(best) == 1 or best[0][1] >= max(2, _MANY * best[1][1]):
        named = best[0][0] in votes
        return best[0][0], "as of the state named with it here" if named else (
            "of the state this document is about"
        )
    if office in _OF_POLITICS and head.key not in _LOCAL and len(related) == 1:
        return related.pop(), "as of the state whose government, army or opposition is named here"
    before = [state for at, state in same if at < head.first and head.first - at < 60]
    if before:
        return before[-1], "as of the state named with it before"
    return "", ""


def _qualified(heads: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Heads that a further word makes another thing, or that are adjectives themselves."""
    first, last = heads["first"].to_numpy(), heads["last"].to_numpy()
    document = heads["document"].to_numpy()
    keys = heads["key"].tolist()
    following = reading.keys_at(last + 1, document)
    preceding = reading.keys_at(first - 1, document)
    linked = reading.gaps_match(last, _SPACE)
    linked_before = np.zeros(len(heads), bool)
    inside = first > 0
    linked_before[inside] = reading.gaps_match(first[inside] - 1, _SPACE)
    clitics = heads["clitic"].tolist()
    result = []
    for key, after, before, tied, tied_before, clitic in zip(
        keys, following, preceding, linked, linked_before, clitics, strict=True
    ):
        head = key.split()[0]
        definite = tied and after.startswith("ال") and after not in _NOT_ADJECTIVES
        if head in _REGIMES:
            other = definite
        elif head.endswith(("ة", "ات")):
            other = definite and after.endswith("ة") and after not in _STILL_THE_SAME
        else:
            other = definite and (after.endswith("ي") or after in _OF_ANOTHER_KIND)
            other = other and after not in _STILL_THE_SAME
        # القوى المعارضة, التدخلات الخارجية: an adjective of the definite noun before it.
        adjective = (
            key in _ADJECTIVES_TOO
            and clitic == ""
            and tied_before
            and before.lstrip("وفبلك").startswith(("ال", "ل"))
            and len(before) > 4
            and before not in _NOT_NOUNS
        )
        result.append(other or adjective or (key in _ONLY_WHEN_SPEAKING and before not in SAYING))
    return np.array(result, bool)


_REGIMES = _words("النظام")
_OF_ANOTHER_KIND = _words("الأول الثاني الثالث الرابع الخامس الحر الأحمر الأبيض الموحد")
_ONLY_WHEN_SPEAKING = _words("الرئاسة الداخلية")
_NOT_ADJECTIVES = _words(
    """
    الذي التي الذين الآن اليوم الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت التقى الى
    """
)
_STILL_THE_SAME = _words(
    """
    الحالية الحالي الجديدة الجديد الحاكمة الرسمية القائمة السابقة المؤقتة الانتقالية المقبلة
    """
)
_ADJECTIVES_TOO = frozenset(name_keys("الخارجية|الداخلية|المعارضة|الرئاسة".split("|")))
_NOT_NOUNS = _words("التي الذي التقت الى اليها لها له لهم")


def _with_holders(
    titles: pd.DataFrame,
    documents: dict[int, _Document],
    reading: Reading,
    ledger: Ledger,
    lexicon: Lexicon,
    held: _Held,
    days: list[pd.Timestamp],
) -> pd.DataFrame:
    """Give each title that stands alone the person it names, or the office."""
    titles = titles.sort_values(["document", "first", "last"], kind="stable")
    office_of = lexicon.offices
    document = titles["document"].to_numpy()
    last = titles["last"].to_numpy()
    former = reading.are(last + 1, _FORMER, document).tolist()
    alone = _stands_alone(last, document, reading)
    classes = ledger.rules["classes"]
    strangers = _followed_by_a_stranger(titles, reading, lexicon)
    first_names = ledger.actors["ar"].str.split().str[0].map(lambda name: name_keys([name])[0])
    resolved: list[list[tuple[str, str]]] = []
    for title, was, ends, stranger in zip(
        titles.itertuples(), former, alone, strangers, strict=True
    ):
        told = documents[title.document]
        day = days[title.document]
        named = {actor for _, actor, *_ in told.people}
        answer: list[tuple[str, str]] = []
        if not isinstance(title.office, str) or title.form == "name":
            if title.is_head or title.form == "name":
                answer = _institution(title, told, office_of)
            elif not was:
                answer = [held.on(title.actor, day, named)]
        elif title.is_head:
            if ends and not was:
                answer = _antecedents(title, told, held, None, 2 if title.several else 1)
                if (
                    not answer
                    and not title.several
                    and title.office not in _ONLY_NAMED_BEFORE
                    and title.office not in classes
                ):
                    state, why = _state_of_head(title, told, strict=False)
                    if state and (state, title.office) in office_of:
                        actor, held_why = held.on(office_of[state, title.office], day, named)
                        answer = [(actor, f"{held_why}; {why}")]
                    else:
                        answer = _only_one_of_the_kind(title, told, held)
        elif title.office in classes:
            answer = _antecedents(title, told, held, title.state, 1)
            if not answer and title.office not in _NO_OFFICE:
                answer = [(title.actor, "office, holder not certain")]
        elif was:
            holders = {a for a, *_ in held.terms.get(title.actor, ())} & named
            answer = (
                [(holders.pop(), "a former holder named in the document")]
                if len(holders) == 1
                else []
            )
        else:
            answer = [held.on(title.actor, day, named)]
            if answer[0][0] == title.actor and isinstance(title.state, str):
                # Whoever is named with this very title here.
                with_it = [
                    actor
                    for _, actor, offices, _ in told.people
                    if (title.state, title.office) in offices and actor != title.actor
                ]
                if with_it:
                    answer = [(with_it[0], "named with this title in the document")]
        # Before a name that is not in the ledger: the holder only if the first name is his.
        if (
            stranger
            and answer
            and not title.is_head
            and isinstance(title.state, str)
            and first_names.get(answer[0][0]) != stranger
        ):
            answer = [(title.actor, "office of a person who is not in the ledger")]
        for actor, _ in answer:
            offices = held.by(actor, day)
            if isinstance(title.office, str) and isinstance(title.state, str):
                offices |= {(title.state, title.office)}
            told.people.append((title.first, actor, offices, bool(getattr(title, "spoken", False))))
        resolved.append(answer)
    n = [len(answer) for answer in resolved]
    flat = [pair for answer in resolved for pair in answer]
    titles = (
        titles.loc[titles.index.repeat(0)]
        if not flat
        else titles.iloc[np.repeat(np.arange(len(titles)), n)]
    )
    return titles.assign(actor=[a for a, _ in flat], rule=[why for _, why in flat])


def _followed_by_a_stranger(titles: pd.DataFrame, reading: Reading, lexicon: Lexicon) -> list[str]:
    """Return the first name, known as one, that follows a title without being an actor's here."""
    last, document = titles["last"].to_numpy(), titles["document"].to_numpy()
    named = reading.are(last + 1, lexicon.given_names - _ADDRESS - SAYING - _GOES_ON, document)
    near = [bool(_BESIDE[gap]) for gap in reading.gaps(last)]
    keys = reading.keys_at(last + 1, document)
    return [
        key if is_name and gap else "" for key, is_name, gap in zip(keys, named, near, strict=True)
    ]


# Whoever is called so and was not named before may be anybody.
_NO_OFFICE = frozenset({"diplomat", "leader"})
_ONLY_NAMED_BEFORE = {
    "president",
    "king",
    "ambassador",
    "representative",
    "chancellor",
    "delegation_head",
}


def _only_one_of_the_kind(title: tuple, told: _Document, held: _Held) -> list[tuple[str, str]]:
    """Return the one person of the document who has this title, also if named only later."""
    able = {a for _, a, offices, _ in told.people if held.has(offices, title.office, None)}
    return [(able.pop(), "office, its holder named in the document")] if len(able) == 1 else []


def _institution(title: tuple, told: _Document, office_of: dict) -> list[tuple[str, str]]:
    """Embassies and delegations are matched with the titles; they name themselves."""
    if not title.is_head:
        return [(title.actor, title.rule)]
    before = [state for at, state, what in told.institutions
              if what == title.office and at < title.first]  # fmt: skip
    if not before:
        return []
    return [
        (office_of[before[-1], title.office], f"{title.rule} without its state; as named before")
    ]


def _antecedents(
    title: tuple, told: _Document, held: _Held, state: str | None, n: int
) -> list[tuple[str, str]]:
    """Return the last persons before a title who have it: first those who were speaking."""
    before = [
        (at, actor, says)
        for at, actor, offices, says in sorted(told.people, key=lambda p: p[0])
        if at < title.first and held.has(offices, title.office, state)
    ]
    if n > 1:
        able = {actor for _, actor, _ in before}
        pairs = [pair for at, *pair in told.pairs if at < title.first and set(pair) <= able]
        if pairs:
            return [(actor, "title of the two named together before") for actor in pairs[-1]]
        recent = list(dict.fromkeys(actor for _, actor, _ in reversed(before)))[:n]
        return (
            [(actor, "title of the two named before") for actor in recent]
            if len(recent) == n
            else []
        )
    speaking = [actor for _, actor, says in before if says]
    if speaking:
        return [(speaking[-1], "title of the one who was speaking")]
    return [(before[-1][1], "title of the one named before")] if before else []


def _stands_alone(last: np.ndarray, document: np.ndarray, reading: Reading) -> list[bool]:
    """Tell which titles are followed by no name: by punctuation, a particle or the end."""
    tied = reading.gaps_match(last, _SPACE)
    goes_on = reading.are(last + 1, _GOES_ON, document)
    following = reading.keys_at(last + 1, document)
    verbs = [_looks_like_a_verb(key) for key in following]
    # A comma may stand before the name: رئيس الوزراء، راجيف غاندي.
    comma = ["،" in gap or "," in gap for gap in reading.gaps(last)]
    return [
        bool(goes) or verb or not (is_tied or has_comma)
        for is_tied, goes, verb, has_comma in zip(tied, goes_on, verbs, comma, strict=True)
    ]


def _looks_like_a_verb(key: str) -> bool:
    """Words with a conjunction or preposition, and infinitives with ل, carry the sentence on."""
    return key.startswith(
        ("وال", "بال", "لل", "فال", "وا", "وق", "وي", "وت", "وو", "وب", "وم", "ون")
    )
