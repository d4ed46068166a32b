"""The files around the code tell one story."""

import re
import tomllib

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIRED = {r.name: r.specifier for r in map(Requirement, PROJECT["dependencies"])}


def environment() -> list[str]:
    """Return the conda and pip requirements of environment.yml."""
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = content["dependencies"]
    return [*conda, *(line for line in pip["pip"] if not line.startswith("-"))]


def test_environment_yml_names_the_packages_and_ranges_of_pyproject():
    ours = {r.name: r.specifier for r in map(Requirement, environment())}
    assert ours.pop("python") == PROJECT["requires-python"]
    ours.pop("pip")
    ours["msgpack"] = ours.pop("msgpack-python")  # its name on conda-forge
    assert ours == REQUIRED


def test_every_conda_specification_parses_strictly():
    from rattler import MatchSpec

    for line in environment():
        MatchSpec(line, strict=True)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_holds_names_versions_and_hashes_but_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pinned = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    assert len(pinned) > 50
    assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_what_is_locked_is_in_the_range_that_pyproject_allows(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    for name, version in pinned:
        assert version in REQUIRED.get(name, Requirement("x").specifier)
    assert set(REQUIRED) <= {name for name, _ in pinned}


def test_code_and_notebooks_pass_the_linter_and_the_formatter():
    import subprocess
    import sys

    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "."],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_imports_run_downwards_and_plotly_stays_in_charts_and_publish():
    floors = "language corpus measures actors blocks charts teaching publish".split()
    for file in (ROOT / "src" / "khabar").rglob("*.py"):
        floor = file.relative_to(ROOT / "src" / "khabar").parts[0]
        if floor not in floors:
            continue
        source = file.read_text(encoding="utf-8")
        above = floors[floors.index(floor) + 1 :]
        for name in re.findall(r"^\s*from khabar\.(\w+)", source, re.MULTILINE):
            assert name not in above, f"{file} imports {name}"
        if floor not in {"charts", "publish"}:
            assert "plotly" not in source, file


def test_every_public_name_is_documented_with_its_types():
    import inspect

    import khabar as kb

    for name in kb.__all__:
        thing = getattr(kb, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            hints = inspect.get_annotations(thing)
            assert set(inspect.signature(thing).parameters) | {"return"} == set(hints), name
