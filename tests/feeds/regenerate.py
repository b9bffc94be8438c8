"""Write the golden files anew after a change that is meant: `python tests/feeds/regenerate.py`, then read the diff."""

from __future__ import annotations

from pathlib import Path

from feed_samples import SAMPLES, feed, golden

from feeds.render import RENDERERS


def main() -> None:
    """One file per sample and format."""
    folder = Path(__file__).parent / "samples"
    for name, articles in SAMPLES.items():
        for format_, render in RENDERERS.items():
            content = golden(render(feed(articles)))
            (folder / f"{name}.{format_}").write_bytes(content)


if __name__ == "__main__":
    main()
