"""Sites of the kit that live by a clock, and what may ail them for a while."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from certificates import Authority
from kit.cms import Cms
from loopback import Asked, Reply

HOUR = timedelta(hours=1)
CHALLENGE = (
    "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>"
    "<script>window._cf_chl_opt={}</script>"
)


class Office:
    """A site of the kit and what ails it at the moment; `by_hour` holds the paths asked for after each hour's tick."""

    def __init__(self, site: Cms, contexts: Sequence[ssl.SSLContext]) -> None:
        self.site, self.contexts = site, contexts
        self.trouble: Callable[[Asked], Reply | None] | None = None
        self.name_is_lost = False
        self.by_hour: dict[int, list[str]] = {}
        self.trashed: set[str] = set()
        self._seen = 0
        self._well = site.answer
        site.answer = self._answer  # type: ignore[method-assign]

    def _answer(self, asked: Asked) -> Reply:
        reply = self.trouble(asked) if self.trouble else None
        return reply or self._well(asked)

    def settle(self, hour: int) -> None:
        """Count what was asked for since the tick before to that tick's hour."""
        asked = [one.path for one in self.site.asked]
        self.by_hour[hour], self._seen = asked[self._seen :], len(asked)

    def live(self, hour: int) -> None:
        """A post every six hours, and twice a day an edit of the one before."""
        if hour % 6 == 0:
            self.site.desk.publish()
        if hour % 12 == 8:
            self.site.desk.edit(self.site.desk.listed()[1].id)

    def encrypt(self, authority: Authority) -> None:
        """Speak TLS with whichever of the two contexts is the first."""
        front = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        front.load_cert_chain(authority.certificate("localhost", 30, is_signed=True))
        front.num_tickets = 0
        front.sni_callback = lambda connection, *_: setattr(connection, "context", self.contexts[0])
        self.site._server.socket = front.wrap_socket(self.site._server.socket, server_side=True)
        self.site.url = self.site.url.replace("http://127.0.0.1", "https://localhost")


Event = Callable[[Office], object]


def nothing(office: Office) -> None: ...


def answering(reply: Callable[[], Reply]) -> Event:
    """The site gives one answer to everything but robots.txt."""

    def begin(office: Office) -> None:
        office.trouble = lambda asked: None if asked.path == "/robots.txt" else reply()

    return begin


def well(office: Office) -> None:
    office.trouble = None


def later() -> Reply:
    """In six hours, as a date: that is by the clock of the server, which no test can set."""
    return Reply(status=429, headers={"Retry-After": format_datetime(datetime.now(UTC) + 6 * HOUR, usegmt=True)})


def forbid(office: Office) -> None:
    office.trouble = lambda asked: Reply("User-agent: *\nDisallow: /") if asked.path == "/robots.txt" else None


def without_articles(office: Office) -> None:
    paths = {url.removeprefix(office.site.url) for url in office.site.truth()}
    office.trouble = lambda asked: Reply("tidak ada", status=404) if asked.path in paths else None


def swap(office: Office) -> None:
    office.contexts = office.contexts[::-1]


def redesign(office: Office) -> None:
    office.site.design = "stock" if office.site.design == "redesigned" else "redesigned"


def lose_name(office: Office) -> None:
    office.name_is_lost = not office.name_is_lost


def feed(state: str) -> Event:
    return lambda office: setattr(office.site, "feed", state)


def trash(office: Office) -> None:
    for post in office.site.desk.listed()[3:5]:
        office.trashed.add(office.site.address(office.site.desk.trash(post.id)))
