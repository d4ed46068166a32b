"""Which outlet a page says it is from, where neither a column nor a folder does."""

import re
from urllib.parse import urlsplit

import pandas as pd

from khabar.corpus.furniture import Rule

_ADDRESS = re.compile(r"https?://[^\s/]+", re.ASCII)
_ADDRESS_RULES = ("original link", "copy link")
_HOST = "host of the url"


def find_outlets(articles: pd.DataFrame, rules: dict[str, Rule]) -> pd.DataFrame:
    """Complete the outlets from what the pages say; hosts are still to be named.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns them.
    rules : dict of str to Rule
        The lines known as furniture.

    Returns
    -------
    DataFrame
        `outlet` and `outlet_rule`: 'given'; the rule whose line names the outlet; 'host of the
        url' (of the record, or of the page's link to itself); both missing where nothing tells.
    """
    outlets = pd.DataFrame({"outlet": articles["outlet"], "outlet_rule": "given"}, dtype="str")
    missing = outlets["outlet"].isna().to_numpy()
    pages = articles.reindex(columns=["raw", "url"])[missing]
    found = pd.DataFrame(
        [_outlet_of(raw, url, rules) for raw, url in pages.to_numpy()],
        columns=["outlet", "outlet_rule"],
        dtype="str",
    )
    outlets[missing] = found.to_numpy()
    return outlets


def outlet_names(outlets: pd.DataFrame) -> set[str]:
    """Return the names, hosts apart, that `find_outlets` found."""
    return set(outlets.loc[outlets["outlet_rule"] != _HOST, "outlet"].dropna())


def with_hosts_named(outlets: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """Replace a host by the name under which other pages of the corpus know it.

    A host one part of which is such a name is taken for that outlet: `ar.rt.com` for RT.
    """
    known = {name.casefold(): name for name in sorted(names)}

    def name_of(host: str) -> str:
        return next((known[part] for part in host.split(".")[:-1] if part in known), host)

    by_host = outlets["outlet_rule"] == _HOST
    named = outlets["outlet"].where(~by_host, outlets["outlet"].map(name_of, na_action="ignore"))
    return outlets.assign(outlet=named)


def _outlet_of(raw: str, url: str | None, rules: dict[str, Rule]) -> tuple[str | None, str | None]:
    lines = [line for line in map(str.strip, raw.splitlines()) if line in rules]
    named = [
        (name, rules[line].name)
        for line in lines
        if (name := rules[line].pattern.fullmatch(line).groupdict().get("outlet"))
    ]
    if named:  # a masthead is the least sure: any name before a dash looks like one
        return min(named, key=lambda found: found[1] == "masthead")
    links = [] if pd.isna(url) else [url]
    links += [line for line in lines if rules[line].name in _ADDRESS_RULES]
    address = _ADDRESS.search(" ".join(links))
    if address is None:
        return None, None
    host = host_of(address[0])
    return (host, _HOST) if host else (None, None)


def host_of(url: str) -> str | None:
    """Return the host of an address, without `www.`; None where it is no address."""
    try:
        return urlsplit(url).netloc.removeprefix("www.") or None
    except ValueError:  # http://[
        return None
