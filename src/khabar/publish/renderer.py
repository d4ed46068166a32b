"""How plotly figures enter the site: one shared copy of plotly.js, no request to anyone."""

import plotly.io as pio
from plotly.io.base_renderers import MimetypeRenderer

_CONFIG = {"showSendToCloud": False, "displaylogo": False, "responsive": True}


class SiteRenderer(MimetypeRenderer):
    """Write a figure as HTML that leaves plotly.js to the page.

    The built-in renderers ask a content network for MathJax, and their mode bar uploads the
    chart's data on a click.
    """

    def to_mimebundle(self, fig_dict: dict) -> dict[str, str]:
        """Return the figure as a fragment of HTML."""
        fragment = pio.to_html(
            fig_dict,
            full_html=False,
            include_plotlyjs=False,
            include_mathjax=False,
            validate=False,
            config=_CONFIG,
        )
        return {"text/html": fragment}


def use_site_renderer() -> None:
    """Make `SiteRenderer` the default of this process."""
    pio.renderers["khabar_site"] = SiteRenderer()
    pio.renderers.default = "khabar_site"
