"""What a kernel that makes pages does otherwise than one that a person works in."""

import sys
import warnings

from khabar.errors import KhabarWarning
from khabar.publish.renderer import use_site_renderer


def prepare() -> None:
    """Draw figures for the site, and write our warnings into the page as notes."""
    use_site_renderer()
    warnings.showwarning = _show_as_note


def _show_as_note(message: Warning | str, category: type[Warning], *_where: object) -> None:
    # The site drops standard error: progress bars and the warnings of libraries.
    if issubclass(category, KhabarWarning):
        sys.stdout.write(f"Note: {message}\n")
