"""Let half a million made-up documents through the suite, block by block; memory must stay flat.

    python benchmarks/soak.py [--documents N] [--seed N]

Every block is tokenized, counted and searched for actors, quotations and copies. After each tenth
of the documents a line says how many there were, the time and the memory in use.
"""

import argparse
import random
import time
import warnings
from pathlib import Path

import pandas as pd
from random_news import random_texts

import khabar as kb

BLOCK = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    n_blocks, begin = options.documents // BLOCK, time.process_time()
    done = pd.Series(0, ["tokens", "terms", "mentions", "quotations", "stories"])
    for block in range(n_blocks):
        done += counts_of(random_texts(random.Random(f"{options.seed} {block}"), BLOCK))
        if (block + 1) % max(n_blocks // 10, 1) == 0:
            seconds, told = time.process_time() - begin, done.map("{:,}".format).to_dict()
            print(f"{(block + 1) * BLOCK:,} documents, {seconds:,.0f} s, {memory():,} MB: {told}")


def counts_of(texts: pd.Series) -> list[int]:
    tokens = kb.tokenize(texts)
    terms = kb.term_frequency(tokens)
    dates = pd.Series(pd.Timestamp("2016-05-01"), texts.index)
    mentions = kb.find_mentions(texts, kb.load_ledger(), dates=dates)
    quotations = kb.find_quotations(texts, mentions)
    return [len(tokens), len(terms), len(mentions), len(quotations), kb.story_ids(texts).nunique()]


def memory() -> int:
    """Return the memory in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 1_000_000


if __name__ == "__main__":
    main()
