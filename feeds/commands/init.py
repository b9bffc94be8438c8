"""`newsfeed init`: a home with a commented configuration."""

from __future__ import annotations

import click

from crawler.errors import ConfigError, StorageError
from crawler.home import TEMPLATE
from feeds.commands.options import Options, options


@click.command()
@options
def init(given: Options) -> None:
    """Write a commented newsfeed.toml into the home folder; one that is there stays as it is."""
    home = given.home
    try:
        home.sources_dir.mkdir(parents=True, exist_ok=True)
        with home.config_path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise ConfigError(home.config_path, "is already there; edit it, or remove it first.") from error
    except OSError as error:
        raise StorageError(f"{home.path} cannot be written ({error.strerror}); choose another --home.") from error
    given.say(f"Wrote {home.config_path}: set base_url and contact, then run `newsfeed update`.")
    given.say(f"Records of your own sites go into {home.sources_dir}.")
