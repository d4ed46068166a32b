"""Whether Spark is there, and the way to it."""

from __future__ import annotations

import shutil
import sys
import warnings
from importlib.util import find_spec
from os import environ
from typing import TYPE_CHECKING

from khabar.charts.display import in_a_sentence
from khabar.charts.wording import say
from khabar.errors import KhabarError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def missing(master: str = "local[*]") -> str | None:
    """Say in the reader's language what is missing to reach Spark; None if nothing is.

    A Spark Connect server has its own Java.
    """
    remote = _is_url(master)
    if find_spec("pyspark") is None or (remote and find_spec("grpc") is None):
        lacking = "PySpark (pip install 'khabar[spark]')"
    elif not remote and shutil.which("java") is None and "JAVA_HOME" not in environ:
        lacking = "Java 17+"
    else:
        return None
    told = say("{engine} is not used here: {missing} is missing.", engine="Spark", missing=lacking)
    return in_a_sentence(told)


def session(master: str = "local[*]") -> SparkSession:
    """Open Spark, or return the session that is open.

    Parameters
    ----------
    master : str
        `local[*]` for all cores of this machine, `local[2]` for two; a cluster (`yarn`,
        `spark://host:7077`, `k8s://...`); or the URL of a Spark Connect server (`sc://host:15002`).

    Returns
    -------
    SparkSession
        On this machine alone it listens to nobody else, and its workers run this very Python. Any
        other session of one's own will do as well: khabar's functions ask for none of its settings.
        End it with `.stop()`: a script that leaves a session of Spark Connect open may not end.

    Raises
    ------
    KhabarError
        If PySpark or Java is missing; see `missing`.
    """
    if told := missing(master):
        raise KhabarError(told)
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    if _is_url(master):
        return SparkSession.builder.remote(master).getOrCreate()
    settings = {
        "spark.executorEnv.TQDM_DISABLE": "1",  # a worker's progress bar is seen by nobody
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if master.startswith("local"):
        environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark knows no setting for it
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
        }
    return SparkSession.builder.master(master).config(map=settings).getOrCreate()


def _is_url(master: str) -> bool:
    return master.startswith("sc://")
