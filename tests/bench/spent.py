"""A Python program in a process of its own, and what it cost: nothing of its starting and stopping is left out."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crawling import PROGRAM, QUICK, ROOT

# The least that Scrapy does for the same answers: addresses in, bytes counted. Its telnet console is off, as ours is.
BARE = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

given = json.loads(sys.argv[1])
sizes = []

class Bare(Spider):
    name = "bare"

    async def start(self):
        for url in given["urls"]:
            yield Request(url, dont_filter=True)

    def parse(self, response):
        sizes.append(len(response.body))

process = CrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, "HTTPERROR_ALLOW_ALL": True})
process.crawl(Bare)
process.start()
print(json.dumps({"answers": len(sizes), "bytes": sum(sizes)}))
"""

# Between us and the measured program stands a small one: Linux counts into a process's memory what its parent had at
# its most when it was started, and tests may have a gigabyte.
BETWEEN = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as told:
    json.dump([process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], told)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: CPU of user and system in ms, memory at its most in MB; and what it printed, as JSON."""

    cpu: float
    memory: float
    output: Any


def spent(program: str, **given: object) -> Spent:
    """Run a program with its one argument, and wait for its end; RuntimeError with its words where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.NamedTemporaryFile() as told:
        command = [sys.executable, "-c", program, json.dumps(given)]
        between = [sys.executable, "-S", "-c", BETWEEN, told.name, *command]
        subprocess.run(between, stdout=out, stderr=err, cwd=ROOT, check=True)
        for stream in (out, err):
            stream.seek(0)
        code, cpu, most = json.load(told)
        if code:
            raise RuntimeError(f"the measured process failed:\n{err.read().decode()}")
        return Spent(1000 * cpu, most / (1024 if sys.platform == "linux" else 1024 * 1024), json.loads(out.read()))


def crawled(home: Path, now: str) -> Spent:
    """A crawl of all of a home's sources; RuntimeError where it does not end well, as its figures then mean nothing."""
    cost = spent(PROGRAM, home=str(home), times=[now], only_due=False, settings=QUICK)
    [report] = cost.output
    if report["exit_code"]:
        raise RuntimeError(f"the crawl failed: {report}")
    return replace(cost, output=report)


def downloaded(urls: list[str]) -> Spent:
    """The same addresses by a bare spider."""
    return spent(BARE, urls=urls)
