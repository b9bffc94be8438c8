"""`newsfeed serve` over a real socket: types, validators, and what it must not give away."""

from __future__ import annotations

import gzip
import http.client
import os
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
import uvicorn

from crawler.errors import PublishError
from feeds.server import app, listen

MTIME = 1_769_568_000  # 2026-01-28 02:40 UTC
TEXT = b"<rss>" + b"berita " * 500 + b"</rss>"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    folder = home / "public"
    files = {
        "index.html": b"<!doctype html>", "style.css": b"a{}", "icon.png": b"\x89PNG", ".hidden": b"secret",
        "feeds/all/news-feed.rss": TEXT, "feeds/all/news-feed.atom": b"<feed/>", "feeds/all/news-feed.json": b"{}",
        "feeds/index.opml": b"<opml/>", "source/kanwil/index.html": b"<!doctype html>kanwil", ".git/config": b"secret",
    }  # fmt: skip
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        os.utime(target, (MTIME, MTIME))
    (home / "newsfeed.db").write_bytes(b"secret")
    (folder / "link.html").symlink_to(home / "newsfeed.db")
    return folder


@pytest.fixture(scope="module")
def port(public: Path) -> Iterator[int]:
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app(public), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize(
    ("path", "type_", "open_"),
    [
        ("/", "text/html; charset=utf-8", False),
        ("/source/kanwil/", "text/html; charset=utf-8", False),
        ("/style.css", "text/css; charset=utf-8", False),
        ("/icon.png", "image/png", False),
        ("/feeds/all/news-feed.rss", "application/xml; charset=utf-8", True),
        ("/feeds/all/news-feed.atom", "application/xml; charset=utf-8", True),
        ("/feeds/all/news-feed.json", "application/feed+json; charset=utf-8", True),
        ("/feeds/index.opml", "text/x-opml; charset=utf-8", True),
    ],
)
def test_types(port: int, path: str, type_: str, open_: bool) -> None:
    status, headers, _ = ask(port, path)
    assert (status, headers["content-type"]) == (200, type_)
    assert headers["cache-control"] == "public, max-age=300"
    assert headers["x-content-type-options"] == "nosniff"
    assert ("access-control-allow-origin" in headers) == open_
    assert "set-cookie" not in headers
    assert headers["last-modified"] == formatdate(MTIME, usegmt=True)


RSS = "/feeds/all/news-feed.rss"
NOW, BEFORE = formatdate(MTIME, usegmt=True), formatdate(MTIME - 1, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"If_None_Match": "TAG"}, 304),
        ({"If_None_Match": "W/TAG"}, 304),
        ({"If_None_Match": '"other", TAG'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"other"'}, 200),
        ({"If_Modified_Since": NOW}, 304),
        ({"If_Modified_Since": BEFORE}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_None_Match": "TAG", "If_Modified_Since": BEFORE}, 304),
        ({"If_None_Match": '"other"', "If_Modified_Since": NOW}, 200),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_validators(port: int, headers: dict[str, str], expected: int, encoding: str) -> None:
    tag = ask(port, RSS, Accept_Encoding=encoding)[1]["etag"]
    sent = {name: value.replace("TAG", tag) for name, value in headers.items()}
    status, answer, body = ask(port, RSS, Accept_Encoding=encoding, **sent)
    assert status == expected
    assert answer["etag"] == tag
    assert answer["vary"] == "Accept-Encoding"
    assert (body == b"") == (expected == 304)


def test_each_encoding_has_its_own_strong_tag(port: int) -> None:
    plain, zipped = ask(port, RSS), ask(port, RSS, Accept_Encoding="gzip, br")
    assert plain[2] == TEXT == gzip.decompress(zipped[2])
    assert zipped[1]["content-encoding"] == "gzip"
    assert plain[1]["etag"] != zipped[1]["etag"]
    assert not plain[1]["etag"].startswith("W/")
    assert ask(port, RSS, Accept_Encoding="gzip;q=0")[2] == TEXT


def test_a_changed_file_has_another_tag(port: int, public: Path) -> None:
    path = public / "feeds/all/other.rss"
    tags = {'"none"'}
    for content, mtime in ((b"<rss>1</rss>", MTIME), (b"<rss>2</rss>", MTIME + 1), (b"<rss>22</rss>", MTIME + 1)):
        path.write_bytes(content)
        os.utime(path, (mtime, mtime))
        status, headers, body = ask(port, "/feeds/all/other.rss", If_None_Match=", ".join(tags))
        tags.add(headers["etag"])
        assert (status, body) == (200, content)


def test_head_tells_the_size_and_no_more(port: int) -> None:
    status, headers, body = ask(port, RSS, "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(TEXT)), b"")


def test_only_reading(port: int) -> None:
    assert ask(port, RSS, "POST")[0] == 405
    assert ask(port, RSS, "DELETE")[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "/missing", "/../newsfeed.db", "/%2e%2e/newsfeed.db", "/feeds/%2e%2e/%2e%2e/newsfeed.db", "/..%2fnewsfeed.db",
        "/..%5cnewsfeed.db", "/.hidden", "/.git/config", "/link.html", "//etc/passwd", "//source/kanwil", "/%00",
        "/feeds/", "/index.html/", "/index.html/x", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_there_or_nobodys_business(port: int, path: str) -> None:
    status, headers, body = ask(port, path)
    assert status == 404
    assert b"secret" not in body
    assert headers["content-type"] == "text/html; charset=utf-8"


def test_a_folder_leads_to_its_page(port: int) -> None:
    status, headers, _ = ask(port, "/source/kanwil")
    assert (status, headers["location"]) == (301, "kanwil/")


def test_an_address_that_is_taken(port: int) -> None:
    with pytest.raises(PublishError, match=rf"Nothing can listen at 127\.0\.0\.1:{port} \(Address already in use\)"):
        listen("127.0.0.1", port)
