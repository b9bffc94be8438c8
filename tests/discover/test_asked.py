"""How long answers ask to be left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.asked import LONGEST, least_interval

WORDPRESS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Warta</title>
  <sy:updatePeriod>
  hourly </sy:updatePeriod>
  <sy:updateFrequency>
  %s </sy:updateFrequency>
  <item><title>x</title></item></channel></rss>"""


@pytest.mark.parametrize(
    ("body", "cache_control", "age", "minutes"),
    [
        (WORDPRESS % b"1", "", "", 60),
        (WORDPRESS % b"4", "", "", 15),
        (WORDPRESS % b"0", "", "", 60),
        (b"<rss><channel><ttl>90</ttl><item/></channel></rss>", "max-age=60", "", 90),
        (b"<rss><channel><ttl>soon</ttl></channel></rss>", "", "", None),
        (b"<rss><channel><item><ttl>90</ttl></item></channel></rss>", "", "", None),
        (b"<rss><channel><ttl>99999999</ttl></channel></rss>", "", "", 1440),
        (b'<rdf xmlns:s="x"><s:updatePeriod>weekly</s:updatePeriod></rdf>', "", "", 1440),
        (b"<rss><x:updatePeriod>often</x:updatePeriod></rss>", "", "", None),
        (b"", "public, max-age=1800", "", 30),
        (b"", "max-age=1800, must-revalidate", "600", 20),
        (b"", "max-age=600", "9999", None),
        (b"", 'Max-Age="1800"', "", 30),
        (b"", "max-age=31536000", "", 1440),
        (b"", "no-cache, max-age=1800", "", None),
        (b"", "s-maxage=1800", "", None),
        (b"", "max-age=0", "", None),
        (b"", "", "", None),
    ],
)
def test_least_interval(body: bytes, cache_control: str, age: str, minutes: int | None) -> None:
    found = least_interval(body, cache_control, age)
    assert (found and found.total_seconds() / 60) == minutes


@given(st.binary(max_size=500), st.text(max_size=100), st.text(max_size=20))
def test_any_answer_asks_for_a_day_at_most(body: bytes, cache_control: str, age: str) -> None:
    found = least_interval(WORDPRESS[:200] + body, f"max-age={cache_control}", age)
    assert found is None or found <= LONGEST
