"""The `newsfeed` command: one file a command under `feeds.commands`, loaded when it is called."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from importlib import import_module

import click

from crawler.errors import LockHeld, NewsfeedError, exit_code
from feeds.commands.options import remember
from feeds.commands.printable import printable

# Name -> where the command is; the order is that of `newsfeed --help`.
COMMANDS: Mapping[str, str] = {
    "demo": "feeds.commands.demo",
    "init": "feeds.commands.init",
    "update": "feeds.commands.update",
    "crawl": "feeds.commands.crawl",
    "build": "feeds.commands.build",
    "serve": "feeds.commands.serve",
    "backfill": "feeds.commands.backfill",
    "changes": "feeds.commands.changes",
    "hide": "feeds.commands.hide",
    "unhide": "feeds.commands.unhide",
    "quarantine": "feeds.commands.quarantine",
    "search": "feeds.commands.search",
    "export": "feeds.commands.export",
    "import": "feeds.commands.import_",
    "reprocess": "feeds.commands.reprocess",
    "explain": "feeds.commands.explain",
    "merges": "feeds.commands.merges",
    "stories": "feeds.commands.stories",
    "sources": "feeds.commands.sources",
    "status": "feeds.commands.status",
    "doctor": "feeds.commands.doctor",
    "backup": "feeds.commands.backup",
    "restore": "feeds.commands.restore",
    "datasette": "feeds.commands.datasette",
}

INTERRUPTED = 130


class Commands(click.Group):
    """Loads a command's module when the command is looked up, so that `newsfeed --help` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """In the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command object of that name in the module of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = COMMANDS[cmd_name]
        command = getattr(import_module(module), module.rpartition(".")[2])
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="newsfeed-id", prog_name="newsfeed")
@remember
def newsfeed() -> None:
    """Crawl the news of Indonesia's corrections service into SQLite and publish it as feeds."""


def main() -> None:
    """Entry point: every error is one sentence on standard error and an exit code, never a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = newsfeed.main(arguments, prog_name="newsfeed", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except NewsfeedError as error:
        if not isinstance(error, LockHeld):
            click.echo(printable(str(error)), err=True)
        return exit_code(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; what was found so far is stored.", err=True)
        return INTERRUPTED
    except Exception as error:  # the last resort: a fault of ours is named, and its traceback is logged
        logging.getLogger("newsfeed").critical("unexpected", exc_info=True)
        click.echo(f"newsfeed failed: {type(error).__name__}: {error}; please report it with newsfeed.log.", err=True)
        return 1
    return code if isinstance(code, int) else 0
