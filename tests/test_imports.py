"""The import rules: one way through the program, pure stages that know no neighbour, Scrapy and SQL at the edges."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEAVES = ("crawler.models", "crawler.errors", "crawler.dates", "crawler.text", "crawler.gazetteer")

# Module or package -> what of this project it may import, besides itself. The longest prefix that fits decides.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "crawler": ("crawler.extraction",),
    "crawler.models": (),
    "crawler.errors": (),
    "crawler.text": LEAVES,
    "crawler.dates": LEAVES,
    "crawler.gazetteer": LEAVES,
    "crawler.lock": ("crawler.errors",),
    "crawler.holder": (),
    "crawler.home": LEAVES,
    "crawler.rhythm": LEAVES,
    "crawler.log": ("crawler.home",),
    "crawler.sources": LEAVES,
    "crawler.discover": LEAVES,
    "crawler.pages": LEAVES,
    "crawler.normalize": LEAVES,
    "crawler.search": LEAVES,
    "crawler.annotate": LEAVES,
    "crawler.annotator": (*LEAVES, "crawler.annotate", "crawler.intake", "crawler.storage"),
    "crawler.stories": LEAVES,
    "crawler.identity": LEAVES,
    "crawler.revision": LEAVES,
    "crawler.due": (*LEAVES, "crawler.rhythm"),
    "crawler.turns": (*LEAVES, "crawler.due", "crawler.storage"),
    "crawler.health": LEAVES,
    "crawler.quarantine": LEAVES,
    "crawler.extraction": (*LEAVES, "crawler.pages", "crawler.normalize"),
    "crawler.storage": LEAVES,
    "crawler.intake": (
        *LEAVES, "crawler.identity", "crawler.revision", "crawler.due", "crawler.quarantine", "crawler.storage",
    ),
    "crawler.rechecks": (*LEAVES, "crawler.due", "crawler.intake", "crawler.removal", "crawler.storage"),
    "crawler.removal": LEAVES,
    "crawler.grouping": (*LEAVES, "crawler.identity", "crawler.stories", "crawler.storage"),
    "crawler.settings": (),
    "crawler.middlewares": LEAVES,
    "crawler.spiders": (
        *LEAVES, "crawler.discover", "crawler.extraction", "crawler.due", "crawler.health", "crawler.middlewares",
        "crawler.removal", "crawler.sources", "crawler.home", "crawler.deadline",
    ),
    "crawler.deadline": (),
    "crawler.memory": (),
    "crawler.pipelines": (*LEAVES, "crawler.intake", "crawler.rechecks", "crawler.run"),
    "crawler.run": (
        *LEAVES, "crawler.annotator", "crawler.grouping", "crawler.home", "crawler.lock", "crawler.memory",
        "crawler.turns", "crawler.health", "crawler.intake", "crawler.middlewares", "crawler.rechecks",
        "crawler.replay.rereading", "crawler.spiders", "crawler.storage",
    ),
    "crawler.backfill": (
        *LEAVES, "crawler.annotator", "crawler.grouping", "crawler.home", "crawler.lock", "crawler.middlewares",
        "crawler.run", "crawler.replay.rereading", "crawler.spiders", "crawler.storage", "crawler.turns",
    ),
    "crawler.replay": (
        *LEAVES, "crawler.annotate", "crawler.annotator", "crawler.deadline", "crawler.grouping", "crawler.home",
        "crawler.lock", "crawler.extraction", "crawler.intake", "crawler.pages", "crawler.quarantine",
        "crawler.revision", "crawler.sources", "crawler.storage",
    ),
    "crawler.replay.archives": (*LEAVES, "crawler.replay.unpacking"),
    "crawler.replay.unpacking": LEAVES,
    "crawler.replay.warc": LEAVES,
    "crawler.backup": (*LEAVES, "crawler.home", "crawler.storage"),
    "crawler.restore": (*LEAVES, "crawler.backup", "crawler.home", "crawler.lock", "crawler.storage"),
    "crawler.commands": (*LEAVES, "crawler.home", "crawler.log", "crawler.run", "crawler.sources"),
    "feeds": (
        *LEAVES, "crawler.home", "crawler.log", "crawler.lock", "crawler.holder", "crawler.sources", "crawler.storage",
        "crawler.run", "crawler.replay.warc", "feeds",
    ),
    "feeds.commands": (
        *LEAVES, "crawler.home", "crawler.log", "crawler.lock", "crawler.sources", "crawler.storage", "crawler.run",
        "crawler.backfill", "crawler.backup", "crawler.grouping", "crawler.restore", "crawler.extraction",
        "crawler.pages", "crawler.replay", "crawler.discover", "crawler.search", "crawler.health", "crawler.annotate",
        "feeds",
    ),
}  # fmt: skip

SCRAPY_HOMES = ("crawler.spiders", "crawler.middlewares", "crawler.pipelines", "crawler.settings", "crawler.run",
                "crawler.commands")  # fmt: skip


def modules() -> list[str]:
    files = [path for top in ("crawler", "feeds") for path in (ROOT / top).rglob("*.py")]
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files)
    return sorted(name.removesuffix(".__init__") for name in names)


def tree(module: str) -> ast.Module:
    path = ROOT.joinpath(*module.split("."))
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module is not None
            yield from (full_name(node.module, alias.name) for alias in node.names)


def full_name(module: str, name: str) -> str:
    inner = ROOT.joinpath(*module.split("."), name)
    is_module = (inner / "__init__.py").exists() or inner.with_suffix(".py").exists()
    return f"{module}.{name}" if is_module else module


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def rule(module: str) -> tuple[str, tuple[str, ...]]:
    package = max((name for name in MAY_IMPORT if inside(module, name)), key=len)
    return package, MAY_IMPORT[package]


@pytest.mark.parametrize("module", modules())
def test_module_imports_only_what_lies_on_its_way(module: str) -> None:
    package, allowed = rule(module)
    ours = {name for name in imports(module) if name.split(".")[0] in ("crawler", "feeds")}
    strangers = {
        name
        for name in ours
        if not any(inside(name, other) for other in allowed) and not (package != "crawler" and inside(name, package))
    }
    assert not strangers, f"{module} may import {allowed}"


@pytest.mark.parametrize("module", modules())
def test_only_the_shell_knows_scrapy_and_only_storage_sql(module: str) -> None:
    theirs = {name.split(".")[0] for name in imports(module)}
    if not any(inside(module, home) for home in SCRAPY_HOMES):
        assert not theirs & {"scrapy", "twisted", "itemadapter", "w3lib", "parsel"}
    if not inside(module, "crawler.storage"):
        assert "sqlite_utils" not in theirs
        assert not any(is_sql(node) for node in ast.walk(tree(module)))


def is_sql(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    words = node.value.split()
    return (
        bool(words)
        and words[0].lower() in ("select", "insert", "update", "delete", "pragma")
        and len(words) > 3
        and ({"from", "into", "set"} & {word.lower() for word in words}) != set()
    )


@pytest.mark.parametrize("module", ["crawler", "feeds", "feeds.cli", "feeds.build", "feeds.commands.update"])
def test_light_imports_load_no_crawler_machinery(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not set(loaded.split()) & {"scrapy", "twisted", "trafilatura"}


def test_top_level_holds_only_what_the_owner_asked_for() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.split(
        "\n"
    )
    folders = {name.split("/")[0] for name in tracked if "/" in name}
    assert folders <= {"crawler", "feeds", "tests", "docs", ".ci"}
