"""The home's log file: warnings and tracebacks for whoever mends them, so that none reaches a terminal."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from crawler.home import Home


def log_to(home: Home) -> None:
    """Send everything from WARNING up to `newsfeed.log`, which is made when there is something to write."""
    handler = RotatingFileHandler(home.log, maxBytes=2_000_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().handlers = [handler]
    logging.raiseExceptions = False  # a log that cannot be written must not cost the run
