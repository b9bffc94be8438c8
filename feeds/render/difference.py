"""An edit as a reader sees it, word by word: text, HTML, JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from lxml import etree

from crawler.storage.revisions import Revision
from crawler.text.diff import Piece, word_diff
from feeds.render.elements import legal

NEAR = 10  # words shown before and behind a change where the rest is left out
BRIEF = 72  # characters of an edit that is told in one line

Mark = Callable[[Piece], str]

_STYLE = "body{max-width:45em;margin:auto;padding:1em;font:1rem/1.5 sans-serif}ins{background:#cfc}del{background:#fcc}"


def differences(revision: Revision) -> dict[str, tuple[Piece, ...]]:
    """Field -> its pieces, old and new; a field that came or went as a whole is one piece."""
    return {
        name: word_diff(revision.before.get(name) or "", revision.after.get(name) or "") for name in revision.fields
    }


def bracketed(piece: Piece) -> str:
    """`[-old-]`, `{+new+}`, and what is equal as it is; white space stays outside."""
    text = piece.text.strip()
    if piece.operation == "equal" or not text:
        return piece.text
    marks = ("[-", "-]") if piece.operation == "delete" else ("{+", "+}")
    return piece.text.replace(text, text.join(marks), 1)


def as_text(pieces: Sequence[Piece], mark: Mark = bracketed) -> str:
    """The changes of one field with the words around them; longer stretches that are equal become `…`."""
    shown = []
    last = len(pieces) - 1
    for n, piece in enumerate(pieces):
        if piece.operation == "equal":
            shown.append(_shortened(piece.text, is_first=n == 0, is_last=n == last))
        else:
            # The space between a removed word and the one in its place belongs to neither.
            is_replaced = piece.operation == "delete" and n < last and pieces[n + 1].operation == "insert"
            shown.append(mark(piece).rstrip() if is_replaced else mark(piece))
    return "".join(shown).strip()


def in_one_line(revision: Revision) -> str:
    """The first change of an edit: `[-40-]{+42+}`."""
    if reason := revision.after.get("removed"):
        return reason
    for pieces in differences(revision).values():
        for piece, following in pairwise((*pieces, Piece("equal", ""))):
            if piece.operation != "equal":
                pair = (piece, following) if following.operation == "insert" else (piece,)
                return "".join(bracketed(Piece(one.operation, _brief(one.text))) for one in pair)
    return ""


def as_json(revision: Revision) -> dict[str, Any]:
    """One edit for machines; times are UTC."""
    return {
        "time": revision.seen_at.isoformat(),
        "class": revision.kind,
        "also": list(revision.also),
        "fields": list(revision.fields),
        "flips": revision.flips,
        "source": revision.source,
        "title": revision.title,
        "url": revision.url,
        "id": revision.entry_id,
    }


def operations(revision: Revision) -> dict[str, list[dict[str, str]]]:
    """Field -> operations in order; all but the deleted pieces, joined, are the new value."""
    return {
        name: [{"op": piece.operation, "text": piece.text} for piece in pieces]
        for name, pieces in differences(revision).items()
    }


def as_html(title: str, url: str, edits: Sequence[tuple[str, Revision]], language: str) -> bytes:
    """All edits of an article as a page of its own, well-formed as XML too; each with the words that head it."""
    html = etree.Element("html", lang=language)
    head, body = etree.SubElement(html, "head"), etree.SubElement(html, "body")
    etree.SubElement(head, "meta", charset="utf-8")
    etree.SubElement(head, "title").text = legal(title)
    etree.SubElement(head, "style").text = _STYLE
    etree.SubElement(etree.SubElement(body, "h1"), "a", href=legal(url), rel="noopener nofollow").text = legal(title)
    for heading, revision in edits:
        section = etree.SubElement(body, "section", id=f"revision-{revision.id}")
        etree.SubElement(section, "h2").text = legal(heading)
        for name, pieces in differences(revision).items():
            etree.SubElement(section, "h3").text = name
            _add_blocks(section, pieces)
    return b"<!DOCTYPE html>\n" + etree.tostring(html, encoding="utf-8") + b"\n"


def _add_blocks(section: etree._Element, pieces: Sequence[Piece]) -> None:
    """A paragraph for each of the text, in which the pieces are `ins`, `del` or plain."""
    block = etree.SubElement(section, "p")
    for piece in pieces:
        for n, part in enumerate(piece.text.split("\n\n")):
            if n and (len(block) or block.text):
                block = etree.SubElement(section, "p")
            if part:
                _append(block, piece, legal(part))


def _append(block: etree._Element, piece: Piece, text: str) -> None:
    if piece.operation != "equal":
        etree.SubElement(block, {"delete": "del", "insert": "ins"}[piece.operation]).text = text
    elif len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    words = text.split(" ")
    if len(words) <= 2 * NEAR + 1:
        return text
    head = "" if is_first else " ".join(words[:NEAR]).split("\n\n")[0]
    tail = "" if is_last else " ".join(words[-NEAR:]).split("\n\n")[-1]
    gap = text[len(head) : len(text) - len(tail)]
    return f"{head}\n\n…\n\n{tail}" if "\n\n" in gap else f"{head} … {tail}"


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= BRIEF else line[: BRIEF - 1] + "…"
