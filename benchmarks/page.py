"""All benchmarks on one offline page: speed, memory, growth and quality beside the peers.

    python benchmarks/page.py [--full] [--sections NAME ...]

Writes benchmarks/out/index.html. Each section runs in a process of its own, with one thread. Data
that is absent, a peer that is not installed and a section that fails are told on the page and stop
nothing. The short run, about 15 minutes on two idle cores, grows to 16 times 4,000 documents; the
full one to 64 times 15,625, a million, with more rounds, seeds and documents, and takes hours.
"""

import argparse
import os
import platform
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from os import cpu_count, sysconf
from pathlib import Path
from string import Template
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.template import COLOURS, figure, with_legend

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
DATA = SHARED / "data"
OUT = HERE / "out"
PACKAGES = (
    "khabar numpy pandas scipy scikit-learn pyarrow pyspark polars nltk daachorse snowballstemmer"
).split()
ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS", "OMP_THREAD_LIMIT"], "1"
)
Rows = Iterable[dict]


def encoding(full: bool) -> Rows:
    from encoding_speed import PEERS, compare

    for method in PEERS:
        yield from compare(method, DATA, copies=3 if full else 1, rounds=3 if full else 1)


def cleaning(full: bool) -> Rows:
    from corpus_speed import measure

    return measure(DATA, 60_000 if full else 15_000, rounds=3 if full else 1)


def words(full: bool) -> Rows:
    from words import measure

    return measure(DATA, 60_000 if full else 15_000, rounds=3)


def matching(full: bool) -> Rows:
    import actors

    yield from actors.speed(DATA)
    yield actors.whole_pipeline(DATA)


def topic_cost(full: bool) -> Rows:
    import topics

    yield topics.beside_k_means(topics.drawn_documents(DATA, 60_000 if full else 15_000))


def spark(full: bool) -> Rows:
    from spark import tables

    return tables(DATA, repeat=6 if full else 1)


def growth(full: bool) -> Rows:
    from scale import grow

    jobs = ["count", "clean", "mentions", "quotations"]
    return grow(DATA, 15_625 if full else 4_000, [1, 4, 16, 64] if full else [1, 4, 16], jobs)


def citation(full: bool) -> Rows:
    import citation_quality
    import snowballstemmer

    stem = snowballstemmer.stemmer("arabic").stemWord
    ways = {"khabar": citation_quality.citation_form, "as written": str, "Snowball stem": stem}
    for name, gold in citation_quality.gold_sets(DATA).items():
        right = {way: pd.Series(citation_quality.is_right(gold, ways[way])) for way in ways}
        yield {"set": name, "pairs": len(gold)} | {way: r.mean() for way, r in right.items()}


def topic_quality(full: bool) -> Rows:
    from topics import scores

    return scores(DATA, range(10 if full else 1))


def mentions(full: bool) -> Rows:
    import actors

    import khabar as kb

    texts, annotated = actors.gold()
    found = kb.find_mentions(texts, kb.load_ledger())
    scores = actors.score(annotated, found)
    told = ["mentions", "precision", "recall", "f1", "sense", "form", "count_error"]
    yield {"method": "khabar"} | {name: scores[name] for name in told}
    for name, off in actors.count_errors(texts, annotated).items():
        yield {"method": name, "count_error": off}


def quotations(full: bool) -> Rows:
    import voices

    import khabar as kb

    return voices.scores_of_gold(SHARED, kb.load_ledger()).to_dict("records")


def discovery(full: bool) -> Rows:
    import voices

    yield voices.scores_of_discovery(SHARED).to_dict()


def draw_ratios(table: pd.DataFrame) -> go.Figure | None:
    if "cpu_ratio" not in table:
        return None
    rows = table[table["cpu_ratio"].notna() & (table["method"] != "khabar")].iloc[::-1]
    fig = figure("CPU of khabar to that of others", "left of the line: khabar takes less")
    names = rows["job"] + " / " + rows["method"]
    fig.add_scatter(
        x=rows["cpu_ratio"],
        y=names,
        mode="markers+text",
        marker_size=10,
        texttemplate="%{x:.2f}",
        textposition="top center",
        cliponaxis=False,
    )
    fig.add_vline(1, line_color="#888")
    fig.update_layout(height=180 + 40 * len(rows), showlegend=False)
    return fig.update_xaxes(
        type="log", title="ratio, log scale", tickvals=[0.01, 0.03, 0.1, 0.3, 1, 3, 10]
    )


def lines_of(table: pd.DataFrame, column: str, title: str, unit: str) -> go.Figure:
    fig = figure(title, "each line a job, each in a process of its own", height=420)
    for job, rows in table.groupby("job", sort=False):
        fig.add_scatter(x=rows["documents"], y=rows[column], name=job, mode="lines+markers")
    sizes = table["documents"].unique()
    fig.update_xaxes(
        type="log", title="documents", tickvals=sizes, ticktext=[f"{n:,}" for n in sizes]
    )
    return with_legend(fig.update_yaxes(title=unit, rangemode="tozero"))


def draw_time(table: pd.DataFrame) -> go.Figure:
    return lines_of(table, "us_each", "Time for each document", "microseconds of CPU")


def draw_memory(table: pd.DataFrame) -> go.Figure:
    return lines_of(table, "peak_mb", "Peak memory of the process", "MB")


def draw_topics(table: pd.DataFrame) -> go.Figure:
    fig = figure("Topics beside sections of the news", "NMI, 1 is the same grouping", height=420)
    for method, rows in table.groupby("method", sort=False):
        fig.add_bar(x=rows["set"], y=rows["nmi"], name=method)
    return with_legend(fig.update_yaxes(title="NMI", range=[0, 1]))


def draw_count_errors(table: pd.DataFrame) -> go.Figure:
    fig = figure("Counts of mentions, how far off", "share of the annotated mentions", height=300)
    colours = [COLOURS[0] if method == "khabar" else COLOURS[6] for method in table["method"]]
    fig.add_bar(
        x=table["count_error"],
        y=table["method"],
        orientation="h",
        marker_color=colours,
        texttemplate="%{x:.2f}",
    )
    return fig.update_yaxes(autorange="reversed").update_xaxes(title="error of counts")


class Section(NamedTuple):
    heading: str
    note: str
    rows: Callable[[bool], Rows]
    charts: tuple[Callable[[pd.DataFrame], go.Figure | None], ...] = ()


RATIO = "A ratio is the CPU of khabar to that of the method; below 1 khabar takes less. "
SECTIONS = {
    "encoding": Section(
        "Speed and memory: encoding",
        RATIO + "encode: texts to codes, positions and types; tfidf: to TF-IDF of written forms. "
        "The exact peers do all that khabar does to a word, the others one translation of letters.",
        encoding,
        (draw_ratios,),
    ),
    "cleaning": Section(
        "Speed and memory: cleaning and copies",
        "Beside pandas.read_json of the same file, as a yardstick: it does other work.",
        cleaning,
    ),
    "words": Section("Speed: counting, comparing, searching", RATIO, words, (draw_ratios,)),
    "matching": Section(
        "Speed: actors",
        RATIO + "Aliases are matched on codes, beside an automaton over the text.",
        matching,
    ),
    "topic_cost": Section("Speed: topics", RATIO, topic_cost),
    "spark": Section(
        "Spark beside one process",
        "local[2]; here a ratio is the CPU of all that Spark started to that of one process. "
        "The run fails unless terms and mentions are the same to the last digit.",
        spark,
    ),
    "growth": Section(
        "Growth",
        "Work in blocks. Real articles are repeated under new ids, so no new words appear. Peak "
        "memory is that of the whole process, Python and its libraries included.",
        growth,
        (draw_time, draw_memory),
    ),
    "citation": Section(
        "Quality: citation forms",
        "Share of distinct words brought to their clitic-free form or lemma. A stemmer has another "
        "aim and cuts further; it stands here as what one would otherwise count by.",
        citation,
    ),
    "topic_quality": Section(
        "Quality: topics",
        "Agreement with the sections of labelled news (NMI), at the true number of sections.",
        topic_quality,
        (draw_topics,),
    ),
    "mentions": Section(
        "Quality: mentions",
        "Against articles annotated by hand. Their misses were read while the rules were written: "
        "they are not unseen.",
        mentions,
        (draw_count_errors,),
    ),
    "quotations": Section(
        "Quality: quotations",
        "Direct and reported speech in articles annotated by hand. No peer for Arabic is known.",
        quotations,
    ),
    "discovery": Section(
        "Quality: suggested actors",
        "Names in ANERcorp's developer part that an empty ledger is offered.",
        discovery,
    ),
}


def in_fresh_process(name: str, full: bool) -> tuple[pd.DataFrame, str]:
    """Return the table of a section, empty where there is none, and the reason for that."""
    command = [sys.executable, __file__, "--one", name, *(["--full"] if full else [])]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return pd.DataFrame(), f"Skipped: {done.stderr.strip().splitlines()[-1]}"
    return pd.read_json(StringIO(done.stdout.splitlines()[-1]), orient="split"), ""


def machine() -> str:
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return (
        f"{cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} "
        f"{platform.machine()}; load at the start {busy:.1f}"
    )


def versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def written(column: pd.Series) -> pd.Series:
    """Write a column as words, its numbers with as many decimals as they need to be compared."""
    if not pd.api.types.is_numeric_dtype(column):
        return column.fillna("").astype(str).map(escape)
    whole = (column.dropna() % 1 == 0).all()
    decimals = 0 if whole or column.max() >= 1000 else 3 if column.max() <= 1 else 2
    return column.map(lambda n: "" if pd.isna(n) else f"{n:,.{decimals}f}")


def html_of(name: str, table: pd.DataFrame, reason: str) -> str:
    section = SECTIONS[name]
    parts = [f'<h2 id="{name}">{section.heading}</h2><p>{section.note}</p>']
    if reason:
        return "".join([*parts, f'<p class="skipped">{escape(reason)}</p>'])
    shown = table.apply(written).rename(columns=lambda c: c.replace("_", " "))
    html = shown.to_html(index=False, escape=False, border=0)
    parts.append(f'<div class="wide" tabindex="0">{html}</div>')
    for draw in section.charts:
        if fig := draw(table):
            parts.append(
                fig.to_html(
                    full_html=False,
                    include_plotlyjs=False,
                    div_id=f"{name}-{draw.__name__}",
                    config={"responsive": True, "displayModeBar": False},
                )
            )
    return "".join(parts)


PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>khabar: benchmarks</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 "Noto Sans", "Segoe UI", Tahoma, Arial, sans-serif; color: #222;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 3rem 0 .3rem; border-top: 1px solid #ddd; padding-top: 1rem; }
nav a { display: inline-block; margin-right: 1rem; color: #0b5e91; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; border-bottom: 1px solid #e6e6e6; }
td:first-child { white-space: nowrap; }
.skipped { background: #fff4d6; padding: .6rem .8rem; overflow-wrap: anywhere; }
</style><script>$plotly</script></head><body>
<h1>khabar: benchmarks</h1>
<p>$day, $run. $machine. Times are CPU of one thread and belong to one machine on one day: quote the
ratios.</p>
<nav>$links</nav>
$sections
<h2 id="versions">Versions</h2><div class="wide">$versions</div>
</body></html>
""")


def page(names: list[str], full: bool) -> str:
    from plotly.offline import get_plotlyjs

    told, sections = machine(), []
    for name in names:
        print(f"{SECTIONS[name].heading} ...", flush=True)
        table, reason = in_fresh_process(name, full)
        print(reason or table.to_string(index=False), flush=True)
        sections.append(html_of(name, table, reason))
    return PAGE.substitute(
        plotly=get_plotlyjs(),
        day=date.today().isoformat(),
        run="the full run" if full else "the short run",
        machine=told,
        links=" ".join(f'<a href="#{name}">{SECTIONS[name].heading}</a>' for name in names),
        sections="\n".join(sections),
        versions=pd.Series(versions()).rename("").to_frame().to_html(border=0, header=False),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--one", choices=SECTIONS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        warnings.simplefilter("ignore")
        try:
            table = pd.DataFrame(SECTIONS[arguments.one].rows(arguments.full))
        except FileNotFoundError as error:
            raise SystemExit(f"{error.filename} is absent") from error
        print(table.to_json(orient="split", double_precision=6, force_ascii=False))
        return
    OUT.mkdir(exist_ok=True)
    (OUT / "index.html").write_text(page(arguments.sections, arguments.full), encoding="utf-8")
    print(OUT / "index.html")


if __name__ == "__main__":
    main()
