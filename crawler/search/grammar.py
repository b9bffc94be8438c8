"""The grammar of searches: text -> a tree and filters, or a QueryError that says what is wrong and where.

    any     = row { OR row }
    row     = one { [AND] one }
    one     = NOT one | [field] ( word | phrase | "(" any ")" )

Filters are taken out on the way: each holds for the whole search. What the signs mean: `crawler.search`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from crawler.errors import QueryError
from crawler.gazetteer.synonyms import keys_of
from crawler.search.fts import All, Any, Node, Not, Text

LONGEST = 500  # characters
MOST_TERMS = 32
DEEPEST = 16  # parentheses
SHORTEST_PREFIX = 3  # letters: fewer begin half of all words

Kind = Literal["word", "phrase", "open", "close", "and", "or", "not", "field"]

OPERATORS: Mapping[str, Kind] = {"DAN": "and", "AND": "and", "ATAU": "or", "OR": "or", "BUKAN": "not", "NOT": "not"}
FIELDS: Mapping[str, str] = {
    "judul": "title", "title": "title", "sumber": "source", "source": "source", "sejak": "since", "since": "since",
    "sampai": "until", "until": "until", "unit": "unit", "provinsi": "province", "province": "province",
    "topik": "topic", "topic": "topic",
}  # fmt: skip

_QUOTES = {'"': '"“”', "“": '”"', "”": '”"', "„": '“”"', "«": "»"}
_CHUNK = re.compile(r"[^\s()\"“”„«»]+")
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")


class Token(NamedTuple):
    """One thing that was typed, and where it begins; of a field, its name in `FIELDS`' values."""

    kind: Kind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as typed: its name in `FIELDS`' values, and where the value stands, None beside the query."""

    field: str
    value: str
    at: int | None


def parse(query: str) -> tuple[Node | None, tuple[Filter, ...]]:
    """What was typed: the tree, None without words, and the filters."""
    if len(query) > LONGEST:
        raise QueryError(query, f"it is longer than {LONGEST} characters: leave something out.", LONGEST)
    parser = _Parser(query)
    return parser.parse(), tuple(parser.filters)


def tokens(query: str) -> Iterator[Token]:
    """What was typed, piece by piece; a sign that belongs to nothing is left out. Raises QueryError."""
    at = 0
    while at < len(query):
        sign = query[at]
        chunk = _CHUNK.match(query, at)
        if sign in _QUOTES:
            end = next((n for n in range(at + 1, len(query)) if query[n] in _QUOTES[sign]), None)
            if end is None:
                raise QueryError(query, "the quotation mark is not closed.", at)
            yield Token("phrase", query[at + 1 : end], at)
            at = end + 1
        elif sign in "()":
            yield Token("open" if sign == "(" else "close", sign, at)
            at += 1
        elif chunk:
            yield from _pieces(query, chunk[0], at)
            at = chunk.end()
        else:  # white space, or a closing mark that nothing opened
            at += 1


def _pieces(query: str, chunk: str, at: int) -> Iterator[Token]:
    """An operator, or a word, perhaps behind `-` and a field's name."""
    if chunk in OPERATORS:
        yield Token(OPERATORS[chunk], chunk, at)
        return
    rest = chunk.lstrip("-")
    begin = at + len(chunk) - len(rest)
    is_followed = begin + len(rest) < len(query) and (
        query[begin + len(rest)] in _QUOTES or query[begin + len(rest)] == "("
    )
    if begin > at and (_has_letter(rest) or (not rest and is_followed)):
        yield Token("not", "-", at)
    field = _FIELD.match(rest)
    if field and (field.end() < len(rest) or is_followed or field[1].lower() in FIELDS):
        if field[1].lower() not in FIELDS:
            names = ", ".join(dict.fromkeys(name for name in FIELDS if name not in FIELDS.values() or name == "unit"))
            problem = f"there is no field {field[1]!r}, only {names}; put a text with a colon in quotation marks."
            raise QueryError(query, problem, begin)
        yield Token("field", FIELDS[field[1].lower()], begin)
        rest, begin = rest[field.end() :], begin + field.end()
    if rest and (field or _has_letter(rest)):
        yield Token("word", rest, begin)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


class _Parser:
    """Recursive descent over the tokens, a method a rule."""

    def __init__(self, query: str) -> None:
        self.filters: list[Filter] = []
        self._query = query
        self._tokens = list(tokens(query))
        self._at = 0
        self._depth = 0
        if sum(token.kind in ("word", "phrase") for token in self._tokens) > MOST_TERMS:
            raise QueryError(query, f"it has more than {MOST_TERMS} words and phrases: leave some out.")

    def parse(self) -> Node | None:
        node = self._any(in_title=False)
        if self._kind():
            raise self._wrong("there is nothing that this parenthesis closes.")
        if isinstance(node, Not):
            raise self._wrong("it only says what to leave out: name something to look for too.", first=True)
        return node

    def _any(self, *, in_title: bool) -> Node | None:
        parts = [self._row(in_title=in_title)]
        while self._kind() == "or":
            operator = self._take()
            parts.append(self._row(in_title=in_title))
            if not all(isinstance(part, Text | All | Any) for part in parts):
                problem = f"{operator.text} needs something to look for on both sides; a filter holds for everything."
                raise QueryError(self._query, problem, operator.at)
        return Any(tuple(part for part in parts if part)) if len(parts) > 1 else parts[0]

    def _row(self, *, in_title: bool) -> Node | None:
        """Words side by side stay in one `All`, so that names are seen; AND between them keeps them apart."""
        rows: list[list[Node]] = [[]]
        begin = self._at
        while self._kind() not in (None, "or", "close"):
            if self._kind() == "and":
                operator = self._take()
                if self._at - 1 == begin or self._kind() in (None, "and", "or", "close"):
                    raise QueryError(self._query, f"{operator.text} needs something on both sides.", operator.at)
                rows.append([])
            elif node := self._one(in_title=in_title):
                rows[-1].append(node)
        unwanted = [node for row in rows for node in row if isinstance(node, Not)]
        wanted = [row for row in ([node for node in row if not isinstance(node, Not)] for row in rows) if row]
        if not wanted:
            return Not(_together([node.part for node in unwanted], Any)) if unwanted else None
        inner = wanted[0] if len(wanted) == 1 else [All(tuple(row)) for row in wanted]
        return _together([*inner, *unwanted], All)

    def _one(self, *, in_title: bool) -> Node | None:
        """A word, a phrase or what stands in parentheses; None for a filter, which is noted."""
        token = self._take()
        match token.kind:
            case "not":
                return self._not(token, in_title=in_title)
            case "field":
                return self._field(token)
            case "open":
                return self._inside(token, in_title=in_title)
        return self._text(token, in_title=in_title)

    def _not(self, operator: Token, *, in_title: bool) -> Node:
        kind = self._kind()
        if kind not in ("word", "phrase", "open") and not (kind == "field" and self._tokens[self._at].text == "title"):
            problem = f"behind {operator.text} stands nothing that could be left out (no filter can)."
            raise QueryError(self._query, problem, operator.at)
        node = self._one(in_title=in_title)
        if node is None or isinstance(node, Not):
            raise QueryError(self._query, f"behind {operator.text} stands nothing to look for.", operator.at)
        return Not(node)

    def _field(self, field: Token) -> Node | None:
        kind = self._kind()
        if kind not in ("word", "phrase") and not (kind == "open" and field.text == "title"):
            raise QueryError(self._query, "its value must stand right behind the colon.", field.at)
        if field.text == "title":
            return self._one(in_title=True)
        value = self._take()
        if self._depth:
            raise QueryError(self._query, "a filter holds for everything: put it outside of parentheses.", field.at)
        self.filters.append(Filter(field.text, value.text, value.at))
        return None

    def _inside(self, opening: Token, *, in_title: bool) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(self._query, f"there are more than {DEEPEST} parentheses in each other.", opening.at)
        node = self._any(in_title=in_title)
        if self._kind() != "close":
            raise QueryError(self._query, "the parenthesis is not closed.", opening.at)
        self._take()
        self._depth -= 1
        if node is None or isinstance(node, Not):
            raise QueryError(self._query, "between the parentheses stands nothing to look for.", opening.at)
        return node

    def _text(self, token: Token, *, in_title: bool) -> Text:
        keys = keys_of(token.text)
        is_prefix = token.kind == "word" and token.text.endswith("*")
        if not keys:
            raise QueryError(self._query, "there is no letter or digit in it.", token.at)
        if is_prefix and len(keys[-1]) < SHORTEST_PREFIX:
            raise QueryError(self._query, f"a * needs {SHORTEST_PREFIX} letters or more before it.", token.at)
        return Text(token.text, exact=token.kind == "phrase", is_prefix=is_prefix, in_title=in_title)

    def _kind(self) -> Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _wrong(self, problem: str, *, first: bool = False) -> QueryError:
        return QueryError(self._query, problem, self._tokens[0 if first else self._at].at)


def _together(parts: Sequence[Node], kind: type[All | Any]) -> Node:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
