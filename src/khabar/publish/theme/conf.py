"""Sphinx configuration of the site; the notebooks arrive executed."""

project = "khabar"
html_title = "khabar"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_output_stderr = "remove"
nb_merge_streams = True
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["mystnb.unknown_mime_type"]

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["khabar.css"]
html_js_files = [("plotly.min.js", {"priority": 100})]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_navbar_depth": 1,
    "footer_content_items": [],
}
