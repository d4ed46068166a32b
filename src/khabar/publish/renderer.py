"""How plotly figures enter the site: one shared copy of plotly.js, no request to anyone."""

import html
from itertools import count

import plotly.graph_objects as go
import plotly.io as pio
from plotly.io.base_renderers import MimetypeRenderer

from khabar.charts.alternative import chart_table, describe_chart
from khabar.charts.table import show
from khabar.charts.wording import direction, say

_CONFIG = {"showSendToCloud": False, "displaylogo": False, "responsive": True}
_MOST_ROWS = 300
_numbers_of_charts = count(1)


class SiteRenderer(MimetypeRenderer):
    """Write a figure as HTML that leaves plotly.js to the page, with its numbers folded beneath.

    The built-in renderers ask a content network for MathJax, and their mode bar uploads the
    chart's data on a click.
    """

    def to_mimebundle(self, fig_dict: dict) -> dict[str, str]:
        """Return the figure as a fragment of HTML."""
        drawing = pio.to_html(
            fig_dict,
            full_html=False,
            include_plotlyjs=False,
            include_mathjax=False,
            validate=False,
            config=_CONFIG,
            div_id=f"chart-{next(_numbers_of_charts)}",  # else by chance: each build another page
        )
        figure = go.Figure(fig_dict, skip_invalid=True)
        told = html.escape(describe_chart(figure))
        return {
            "text/html": f'<figure class="khabar-chart" aria-label="{told}">{drawing}</figure>'
            f"{_numbers(figure)}"
        }


def _numbers(figure: go.Figure) -> str:
    table = chart_table(figure)
    if table.empty:
        return ""
    return (
        f'<details class="khabar-numbers" dir="{direction()}"><summary>'
        f"{say('The numbers of this chart')}</summary>"
        f"{show(table, rows=_MOST_ROWS)._repr_html_()}</details>"
    )


def use_site_renderer() -> None:
    """Make `SiteRenderer` the default of this process."""
    pio.renderers["khabar_site"] = SiteRenderer()
    pio.renderers.default = "khabar_site"
