"""A crawl as a user would run it, in a process of its own: a reactor starts only once in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
QUICK = {"NEWSFEED_BACKOFF": 0.05, "DOWNLOAD_TIMEOUT": 3}

PROGRAM = """
import json, sys
from datetime import datetime
from pathlib import Path
from scrapy.settings import Settings
from crawler import run
from crawler.log import log_to
from crawler.home import Home, load_config
from crawler.sources import load_sources
from crawler.sources.choice import choose

given = json.loads(sys.argv[1])
home = Home(Path(given["home"]))
config = load_config(home)
settings = Settings()
settings.setmodule("crawler.settings", priority="project")
settings.setdict(given["settings"], priority="cmdline")
sources = choose(load_sources(home.sources_dir), config.include, config.exclude, home.config_path)
log_to(home)

def told(report):
    return {
        "exit_code": report.exit_code,
        "errors": report.errors,
        "counts": report.counts,
        "ended": {e.source: dict(ok=e.ok, state=e.state, reason=e.reason, strategy=e.strategy) for e in report.ended},
        "incidents": [[i.source, i.what, i.reason] for i in report.incidents],
        "postponed": report.postponed,
    }

async def crawls():
    for now in given["times"]:
        at, only_due = datetime.fromisoformat(now), given["only_due"]
        yield told(await run.crawl(home, config, sources, at, only_due=only_due, settings=settings))

async def main():
    return [report async for report in crawls()]

print(json.dumps(run.start(main())))
"""


def write_home(home: Path, records: Iterable[str], *, contact: str = "test@newsfeed.example") -> None:
    """A home that knows the given `[[source]]` records and no others."""
    (home / "sources").mkdir(parents=True, exist_ok=True)
    text = "\n".join(records)
    slugs = [line.split('"')[1] for line in text.splitlines() if line.startswith("slug = ")]
    (home / "sources" / "test.toml").write_text(text, encoding="utf-8")
    (home / "newsfeed.toml").write_text(
        f'contact = "{contact}"\n[sources]\ninclude = {json.dumps(slugs)}\n', encoding="utf-8"
    )


def record(slug: str, url: str, *ways: Mapping[str, object], **facts: object) -> str:
    """A source record on loopback, without delay; TOML takes JSON's scalars as they are."""
    values: dict[str, object] = {
        "slug": slug, "name": slug.title(), "kind": "official", "homepage": f"{url}/", "pace_group": slug, "delay": 0,
        "allow_private": True, **facts,
    }  # fmt: skip
    lines = ["[[source]]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
    for way in ways:
        lines += ["[[source.discover]]", *(f"{name} = {json.dumps(value)}" for name, value in way.items())]
    return "\n".join(lines) + "\n"


def crawl(home: Path, now: str = "2026-01-29T10:00:00+07:00", preamble: str = "", **settings: object) -> dict[str, Any]:
    """Crawl all of a home's sources and return the report; `preamble` is Python to run before."""
    [report] = _crawls(home, [now], preamble, only_due=False, settings=settings)
    return report


def updates(
    home: Path, times: Iterable[datetime], preamble: str = "", timeout: float = 120, **settings: object
) -> list[dict[str, Any]]:
    """Crawl what is due at each of the times, in one process, and return the reports."""
    given = [at.isoformat() for at in times]
    return _crawls(home, given, preamble, only_due=True, settings=settings, timeout=timeout)


def _crawls(
    home: Path,
    times: Sequence[str],
    preamble: str,
    *,
    only_due: bool,
    settings: Mapping[str, object],
    timeout: float = 120,
) -> list[dict[str, Any]]:
    given = json.dumps({"home": str(home), "times": times, "only_due": only_due, "settings": {**QUICK, **settings}})
    done = subprocess.run(
        [sys.executable, "-c", preamble + PROGRAM, given],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def newsfeed(*arguments: str | Path, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line, in an environment of its own."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_DATA_HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "from feeds.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        env={**keep, "PYTHONPATH": str(ROOT), **environment},
        check=False,
    )
