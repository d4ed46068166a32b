"""JupyterLab as `make lab` starts it: an Arabic notebook opens, runs and shows its charts."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    """Start JupyterLab on a copy of the notebooks, on loopback alone; end it afterwards."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "khabar",
        "lab",
        "--notebooks",
        str(folder / "notebooks"),
        "--",
    ]
    command += ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    command += ["--allow-root", "--ServerApp.port_retries=0"]
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
    }
    log = (folder / "log").open("w")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server)
        yield address
    finally:
        _stop(server, folder)
        log.close()


def _wait_for(address, server):
    for _ in range(240):
        assert server.poll() is None, "JupyterLab ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not start within two minutes")


def _stop(server, folder):
    """End JupyterLab, which is a child of the command, by the number it wrote down itself."""
    import json
    import signal

    for file in (folder / "runtime").glob("jpserver-*.json"):
        os.kill(json.loads(file.read_text(encoding="utf-8"))["pid"], signal.SIGTERM)
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()


def run_all(page):
    """Run all cells from the menu, and wait until the last one has."""
    # Before the kernel is there the menu does nothing.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=240_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        """() => {
            const cells = [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")];
            const prompts = cells.map(c => c.querySelector(".jp-InputPrompt").textContent);
            // A folded solution shows no number.
            return cells.length && prompts.every(p => !p || /^\\[\\d+\\]:/.test(p))
                && cells.at(-1).querySelector(".jp-OutputArea-output");
        }""",
        timeout=300_000,
    )


def test_the_notebook_of_actors_runs_from_the_menu_and_a_bar_opens_its_lines(lab, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/run/tree/04_actors.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=240_000)
    run_all(page)
    assert page.locator(".jp-OutputArea [data-mime-type*='error']").count() == 0
    bars = page.locator(".js-plotly-plot:has(.bars)").first
    bars.scroll_into_view_if_needed()
    said = bars.evaluate("g => [...g._fullData[0].x].map(Number)")
    last = bars.locator(".bars .point path").last
    last.scroll_into_view_if_needed()
    last.click(force=True)
    shown = page.locator("details[data-point][open]")
    shown.wait_for()
    assert shown.locator("li mark").count() == min(said[-1], 20)
    page.close()


def test_jupyterlab_asks_nobody_for_news(lab, browser):
    page = browser.new_page()
    outside = []
    page.on(
        "request", lambda r: None if r.url.startswith((lab, "data:")) else outside.append(r.url)
    )
    page.goto(f"{lab}/lab/workspaces/quiet")
    page.locator(".jp-Launcher").wait_for(timeout=120_000)
    page.wait_for_timeout(1000)
    assert page.get_by_text("Jupyter news").count() == 0
    assert [url for url in outside if url.startswith("http")] == []
    page.close()


def test_arabic_prose_takes_its_own_direction(lab, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/read/tree/01_corpus.ipynb")
    prose = page.locator(".jp-RenderedMarkdown p:visible").first
    prose.wait_for(timeout=120_000)
    assert prose.evaluate("p => getComputedStyle(p).unicodeBidi") == "plaintext"
    page.close()
