"""Exercises of notebooks 04, 06 and 07: who is named, who is heard, and whom the ledger misses.

As in `texts`, a function computes what is right or defensible on the sample, and another judges.
"""

import pandas as pd

from khabar.actors.counts import mention_counts
from khabar.charts.wording import language, say
from khabar.language.orthography import name_key
from khabar.teaching import sample
from khabar.teaching.answers import (
    Misfit,
    as_list,
    as_name,
    as_number,
    as_series,
    judge_list,
    judge_number,
    judge_series,
)
from khabar.teaching.verdicts import (
    Verdict,
    code,
    listed,
    nearly,
    not_yet,
    percent,
    quoted,
    right,
)

_MARGIN = 3  # actors of an outlet that may pass for the most typical one
_DATED = 4  # documents from which the time of a person can be told
_NAMED = 10  # documents from which the silence of an actor can be told
_ACCEPTED = 3  # names that a decision takes at least


# 04.1: which part of the mentions of Syria is a mere place?
def places_of_syria() -> pd.Series:
    """Return the share of each sense among the mentions of Syria."""
    named = sample.mentions()
    senses = named["sense"][named["actor"] == "syria"]
    return senses.value_counts(normalize=True).rename("share")


def judge_places_of_syria(answer: object, shares: pd.Series) -> Verdict:
    """Judge the share."""
    hint = say(
        "Keep the rows of {mentions} whose {actor} is {syria}; in which share of them is "
        "{sense} {place}?",
        mentions=code("mentions"),
        actor=code("actor"),
        syria=code("syria"),
        sense=code("sense"),
        place=code("place"),
    )
    learnt = say(
        "{share} of them: more often the stage than the player. A chart that does not ask puts "
        "it first.",
        share=percent(shares["place"]),
    )
    return judge_number(answer, shares["place"], hint=hint, learnt=learnt, tolerance=0.01)


# 04.2: whom does each outlet name more than the others do?
def typical_actors() -> pd.DataFrame:
    """Return the actors whose share in an outlet exceeds most that in all documents.

    Columns `outlet`, `actor`, `share`, `share_of_all`; a few actors for each outlet.
    """
    documents, mentions = sample.documents(), sample.mentions()
    inside = mention_counts(mentions, documents, by=documents["outlet"], sense="actor")
    everywhere = mention_counts(mentions, documents, sense="actor").set_index("actor")["share"]
    inside = inside.assign(share_of_all=inside["actor"].map(everywhere))
    inside["more"] = inside["share"] - inside["share_of_all"]
    inside = inside.sort_values(["group", "more"], ascending=[True, False], kind="stable")
    typical = inside.groupby("group").head(_MARGIN).rename(columns={"group": "outlet"})
    return typical[["outlet", "actor", "share", "share_of_all"]].reset_index(drop=True)


def judge_typical_actors(answer: object, typical: pd.DataFrame) -> Verdict:
    """Judge an actor for each outlet; any of the few most typical ones is accepted."""
    given = as_series(answer).map(_actor)
    fits = {
        outlet: given.get(outlet) in set(rows["actor"])
        for outlet, rows in typical.groupby("outlet")
    }
    hint = say(
        "Join {by_outlet} with {acting} on {actor}, subtract the shares, and take the largest "
        "difference of each outlet.",
        by_outlet=code("by_outlet"),
        acting=code("acting"),
        actor=code("actor"),
    )
    if all(fits.values()):
        return right(
            say(
                "Each outlet has its own cast. Whether that is a choice of the newsroom or of "
                "whoever collected the articles, the numbers do not say."
            )
        )
    others = listed(outlet for outlet, fit in fits.items() if not fit)
    if sum(fits.values()) < len(fits) / 2:
        return not_yet(hint)
    return nearly(f"{say('Look again at: {names}.', names=others)} {hint}")


# 04.3: which two persons follow one another in time?
def persons_in_time() -> pd.DataFrame:
    """Return when the persons named in several dated documents are named.

    Index actor; `documents`, and the days before which a quarter, half, and three quarters of them
    were published; by the middle one.
    """
    mentions, published = sample.mentions(), sample.documents()["published"]
    persons = mentions[(mentions["kind"] == "person") & (mentions["sense"] == "actor")]
    persons = persons.drop_duplicates(["document_id", "actor"])
    days = persons.assign(day=persons["document_id"].map(published)).dropna(subset=["day"])
    spans = days.groupby("actor")["day"].agg(
        documents="size",
        quarter=lambda day: day.quantile(0.25),
        half="median",
        three_quarters=lambda day: day.quantile(0.75),
    )
    return spans[spans["documents"] >= _DATED].sort_values("half")


def judge_persons_in_time(answer: object, spans: pd.DataFrame) -> Verdict:
    """Judge a list of two persons, the earlier one first."""
    given = [_actor(value) for value in as_list(answer)]
    if len(given) != 2:
        raise Misfit(say("The answer is a list of two persons."))
    if rare := [actor for actor in given if actor not in spans.index]:
        told = say(
            "No person, or named in too few dated documents: {names}.",
            names=listed(map(_name, rare)),
        )
        return not_yet(told)
    earlier, later = (spans.loc[actor] for actor in given)
    if earlier["half"] > later["half"]:
        return nearly(say("The other way round, if at all: compare the days in the middle."))
    if earlier["three_quarters"] >= later["quarter"]:
        return nearly(
            say(
                "Their times overlap: a quarter of the documents on the first are later than a "
                "quarter of those on the second. Look for a pair that does not meet."
            )
        )
    return right(
        say(
            "Three quarters of the documents on {first} are earlier than three quarters of those "
            "on {second}. Whether one took over from the other, only the lines can tell.",
            first=quoted(_name(given[0])),
            second=quoted(_name(given[1])),
        )
    )


# 06.1: of how many direct quotations is the speaker in the ledger?
def known_speakers() -> pd.Series:
    """Return the number of direct quotations, and of those with a speaker whom the ledger knows."""
    direct = sample.quotations().query("kind == 'direct'")
    return pd.Series({"direct": len(direct), "in_ledger": int(direct["speaker"].notna().sum())})


def judge_known_speakers(answer: object, counts: pd.Series) -> Verdict:
    """Judge the number of those known."""
    hint = say(
        "Keep the rows whose {kind} is {direct}, and count those in which {speaker} is not "
        "missing.",
        kind=code("kind"),
        direct=code("direct"),
        speaker=code("speaker"),
    )
    learnt = say(
        "{known} of {direct}. Those quoted word for word in the sample are invented people: its "
        "authors put no words into the mouth of real ones. A finding may be a rule of those who "
        "made the collection.",
        known=counts["in_ledger"],
        direct=counts["direct"],
    )
    if as_number(answer) == counts["direct"]:
        return nearly(hint)
    return judge_number(answer, counts["in_ledger"], hint=hint, learnt=learnt)


# 06.2: which kind of actor is heard most, where it is named?
def heard_by_kind() -> pd.Series:
    """Return, for each kind of actor, the documents that hear one in those that name one."""
    kinds = sample.mentions().drop_duplicates("actor").set_index("actor")["kind"]
    voices = sample.voices()
    sums = voices.groupby(voices["actor"].map(kinds).rename("kind"))[["heard", "named"]].sum()
    return (sums["heard"] / sums["named"]).rename("share")


def judge_heard_by_kind(answer: object, expected: pd.Series) -> Verdict:
    """Judge the share of each kind."""
    hint = say(
        "Give each row of {shares} its {kind} from {mentions}, add up {heard} and {named} for each "
        "kind, and divide the sums; a mean of the shares would count a rare actor like a frequent "
        "one.",
        **{name: code(name) for name in ("shares", "kind", "mentions", "heard", "named")},
    )
    learnt = say(
        "Persons {persons}, states {states}: much happens to states and in them, and it is "
        "persons who speak for them.",
        persons=percent(expected["person"]),
        states=percent(expected["state"]),
    )
    return judge_series(answer, expected, hint=hint, learnt=learnt, tolerance=0.005)


# 06.3: who is often named and surely less heard than others?
def little_heard() -> pd.DataFrame:
    """Return the actors named often whose interval lies below the share of all actors together."""
    voices = sample.voices().set_index("actor")
    rare = (voices["named"] >= _NAMED) & (voices["high"] < _heard_of_all())
    columns = ["named", "heard", "share", "low", "high"]
    return voices.loc[rare, columns].sort_values("high").assign(all_actors=_heard_of_all())


def judge_little_heard(answer: object, actors: pd.DataFrame) -> Verdict:
    """Judge one actor."""
    actor = _actor(as_name(answer))
    voices = sample.voices().set_index("actor")
    if actor not in voices.index or voices.loc[actor, "named"] < _NAMED:
        return not_yet(
            say(
                "{actor} is named in fewer than {n} documents.",
                actor=quoted(_name(actor)),
                n=_NAMED,
            )
        )
    row, everyone = voices.loc[actor], percent(_heard_of_all())
    if actor in actors.index:
        return right(
            say(
                "Heard in {heard} of {named} documents; even the upper end of the interval, "
                "{high}, is below the {all} of all actors together. Is this actor silent, not "
                "let speak, or missed by the rules? Read the lines.",
                heard=row["heard"],
                named=row["named"],
                high=percent(row["high"]),
                all=everyone,
            )
        )
    if row["share"] < _heard_of_all():
        return nearly(
            say(
                "Less than the {all} of all actors together, but the interval reaches up to "
                "{high}: it may be chance.",
                all=everyone,
                high=percent(row["high"]),
            )
        )
    return not_yet(
        say(
            "Heard in {share} of these documents, and all actors together in {all}: look "
            "further down.",
            share=percent(row["share"]),
            all=everyone,
        )
    )


def _heard_of_all() -> float:
    voices = sample.voices()
    return float(voices["heard"].sum() / voices["named"].sum())


# 07.1: how many suggestions fewer are there if three mentions are asked for, not two?
def lost_by_three() -> pd.Series:
    """Return by how many the list is shorter, and how many that went rest on more than shape."""
    two, three = sample.suggestions(), sample.suggestions(3)
    gone = two[~two["name"].isin(three["name"])]
    return pd.Series({"gone": len(two) - len(three), "other_clues": int((~_is_shape(gone)).sum())})


def judge_lost_by_three(answer: object, counts: pd.Series) -> Verdict:
    """Judge the difference; names that merge in one list and not in the other go uncounted."""
    hint = say(
        "Call {suggest} again with {least}, and compare how many rows the two tables have.",
        suggest=code("kb.suggest_actors"),
        least=code("least=3"),
    )
    if as_number(answer) == len(sample.suggestions(3)):
        return nearly(say("That is how many stay; by how many is the list shorter?"))
    learnt = say(
        "Shorter by {gone}. Most of what fell away is no name at all; but {others} had a title,"
        " a word of speech or the head of a body beside them. A shorter list has its price.",
        gone=counts["gone"],
        others=counts["other_clues"],
    )
    return judge_number(answer, counts["gone"], hint=hint, learnt=learnt)


# 07.2: which suggested names also speak, in two documents at least?
def suggested_speakers() -> pd.Series:
    """Return in how many documents each suggested name speaks, of those that speak in several."""
    quotations = sample.quotations()
    speaking = quotations[quotations["speaker"].isna()]
    heard = speaking.groupby("speaker_surface")["document_id"].nunique()
    heard = heard[heard.index.isin(sample.suggestions()["name"]) & (heard >= 2)]
    return heard.rename("documents").sort_values(ascending=False, kind="stable")


def judge_suggested_speakers(answer: object, heard: pd.Series) -> Verdict:
    """Judge the list of names."""
    hint = say(
        "Keep the {speakers} heard in two documents or more whose name stands in {name} of the "
        "suggestions.",
        speakers=code("speakers"),
        name=code("name"),
    )
    learnt = say(
        "Two tables that agree are a better ground than a high score in one: these are named, and "
        "they are let speak."
    )
    return judge_list(answer, heard.index, hint=hint, learnt=learnt)


# 07.3: whom would you accept?
def acceptable() -> pd.DataFrame:
    """Return the suggestions that rest on more than their shape."""
    suggestions = sample.suggestions()
    columns = ["name", "kind", "mentions", "documents", "clues"]
    return suggestions.loc[~_is_shape(suggestions), columns]


def judge_acceptable(answer: object, table: pd.DataFrame) -> Verdict:
    """Judge a list of names to accept."""
    given = [str(value).strip() for value in as_list(answer)]
    suggested = set(sample.suggestions()["name"])
    if others := [name for name in given if name not in suggested]:
        return not_yet(say("Not among the suggestions: {names}.", names=listed(others)))
    if doubtful := [name for name in given if name not in set(table["name"])]:
        return nearly(
            say(
                "Nothing but their shape speaks for: {names}. Read them again.",
                names=listed(doubtful),
            )
        )
    if len(set(given)) < _ACCEPTED:
        told = say("Accept {n} names at least.", n=_ACCEPTED)
        return nearly(told) if given else not_yet(told)
    return right(
        say(
            "All have a title, a word of speech or the head of a body beside them. A clue is a "
            "reason to read, not a proof: teams, committees and plain words may have one, too."
        )
    )


def _is_shape(suggestions: pd.DataFrame) -> pd.Series:
    """Tell the suggestions whose commonest clue is their shape."""
    return suggestions["clues"].str.startswith("shape")


def _actor(value: object) -> str:
    """Return the id of an actor that is given by id, or by its Arabic or English name."""
    given = as_name(value)
    ids = {name_key(name): actor for name, actor in _called().items()}
    if name_key(given) not in ids:
        raise Misfit(say("The ledger knows nobody called {name}.", name=quoted(given)))
    return ids[name_key(given)]


def _called() -> dict[str, str]:
    names = {name: actor for code in ("en", "ar") for actor, name in sample.names(code).items()}
    return names | {actor: actor for actor in sample.names("ar").index}


def _name(actor: str) -> str:
    return sample.names(language())[actor]
