"""The command line: `khabar site`, `khabar export`, `khabar lab`, and what keeps them sound."""

import argparse
import subprocess
import sys
from pathlib import Path

from khabar.errors import KhabarError


def main(arguments: list[str] | None = None) -> None:
    """Run one verb; bad input ends in one clear sentence and status 2."""
    for stream in (sys.stdout, sys.stderr):  # no locale is to forbid Arabic, nor a path's bytes
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
    except KhabarError as error:
        print(f"khabar: {error}", file=sys.stderr)
        status = 2
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="khabar", description="Explore corpora of Arabic news: words, topics, actors."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="verb")

    site = verbs.add_parser("site", help="run the notebooks and build the offline site")
    site.add_argument("--corpus", type=Path, help="folder of articles (default: the sample)")
    site.add_argument("--output", type=Path, default=Path("site"), help="default: site")
    site.add_argument("--title", default="", help="of the site (default: the folder's name)")
    site.add_argument(
        "--articles",
        action="store_true",
        help="a page with the whole text of each article of --corpus: only if you may republish it",
    )
    _add_notebooks(site)
    site.set_defaults(run=_site)

    export = verbs.add_parser("export", help="write the tables of a corpus, and its main charts")
    export.add_argument("--corpus", type=Path, help="folder of articles (default: the sample)")
    export.add_argument("--output", type=Path, default=Path("tables"), help="default: tables")
    export.add_argument("--format", choices=["csv", "parquet"], default="csv", help="default: csv")
    export.add_argument("--charts", choices=["png", "svg", "none"], default="png")
    export.add_argument(
        "--texts", action="store_true", help="the whole text of each article among its columns"
    )
    export.set_defaults(run=_export)

    lab = verbs.add_parser("lab", help="open JupyterLab on the notebooks")
    _add_notebooks(lab)
    lab.add_argument("options", nargs="*", help="for jupyter lab itself, after --")
    lab.set_defaults(run=_lab)

    test = verbs.add_parser("test", help="run the tests of a checkout")
    test.set_defaults(run=_test)

    check = verbs.add_parser("check-ledger", help="check a ledger of actors")
    check.add_argument("file", type=Path, nargs="?", help="YAML file (default: the bundled one)")
    check.set_defaults(run=_check_ledger)
    return parser


def _add_notebooks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--notebooks", type=Path, default=Path("notebooks"), help="folder (default: notebooks)"
    )


def _site(options: argparse.Namespace) -> int:
    from khabar.publish.site import build_site

    if options.corpus is not None:
        _report_corpus(options.corpus)
    page = build_site(
        options.notebooks,
        options.output,
        corpus=options.corpus,
        title=options.title,
        articles=options.articles or None,
    )
    print(f"The site is ready. Open {page} in a browser:\n  {page.resolve().as_uri()}")
    return 0


def _report_corpus(folder: Path) -> None:
    """Say what will be used, and what cannot be, before the long work begins."""
    import pandas as pd

    from khabar.corpus.read import read_articles

    articles, unreadable = read_articles(folder)
    print(f"{len(articles):,} articles in {str(folder)!r}")
    if len(unreadable):
        print(f"{len(unreadable):,} files or rows could not be read and are left out:")
        for row in unreadable.head(20).itertuples():
            row_number = "" if pd.isna(row.row) else f", row {row.row}"
            print(f"  {row.path}{row_number}: {row.reason}")


def _export(options: argparse.Namespace) -> int:
    from khabar.publish import export
    from khabar.publish.front import read_corpus

    export.make_folder(options.output)
    if options.corpus is not None:
        _report_corpus(options.corpus)
    read = read_corpus(options.corpus)
    tables = export.corpus_tables(read, texts=options.texts)
    for file in export.write_tables(tables, options.output, options.format):
        print(f"{file}: {len(tables[file.stem]):,} rows")
    if options.charts != "none":
        try:
            charts = export.corpus_charts(read, tables)
            print(*export.write_charts(charts, options.output, options.charts), sep="\n")
        except KhabarError as error:
            print(f"No chart was drawn: {error}. The tables are complete.")
    return 0


def _lab(options: argparse.Namespace) -> int:
    if not options.notebooks.is_dir():
        raise KhabarError(f"no such folder of notebooks: {str(options.notebooks)!r}")
    from importlib.resources import as_file, files

    command = [sys.executable, "-m", "jupyter", "lab", str(options.notebooks), *options.options]
    with as_file(files("khabar.publish") / "lab") as folder:
        settings = {"static_custom_path": [str(folder)]}
        command += ["--LabApp.custom_css=True", f"--ServerApp.tornado_settings={settings!r}"]
        # Holds overrides.json: nobody is asked for news or for a newer version.
        command += [f"--LabApp.app_settings_dir={folder}"]
        return subprocess.run(command, check=False).returncode


def _test(options: argparse.Namespace) -> int:
    return subprocess.run([sys.executable, "-m", "pytest"], check=False).returncode


def _check_ledger(options: argparse.Namespace) -> int:
    import pandas as pd

    from khabar.actors.checking import check_ledger
    from khabar.actors.ledger import load_ledger

    ledger = load_ledger(options.file)
    problems = check_ledger(ledger)
    for row in problems.itertuples():
        place = "" if pd.isna(row.line) else f"{row.file}, line {row.line}: "
        print(f"{place}{row.problem}: {row.detail}")
    print(f"{ledger}: {len(problems)} problems")
    return 1 if len(problems) else 0
