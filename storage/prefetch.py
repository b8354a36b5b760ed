"""Rows by the id of what they belong to: read for one when they are asked for, or ahead for many in one statement.

Whoever does the same for a hundred people would else ask the database a thousand times (`releasing.release`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam

from storage import direct
from storage.among import Among
from storage.database import Work
from storage.direct import Direct, Row


def _nothing(_work: Work) -> Mapping[str, object]:
    return {}


class ByKey:
    """A select of which each row belongs to one `key`, an integer column that the select need not name.

    What was read ahead is not read again in that transaction: only for what it does not change. `of_work` gives
    parameters that are the same throughout a transaction.
    """

    def __init__(
        self,
        statement: Select[Any],
        key: ColumnElement[Any],
        of_work: Callable[[Work], Mapping[str, object]] | None = None,
    ) -> None:
        self.of_work = of_work or _nothing
        self._of_one = Direct(statement.where(key == bindparam("the_key", type_=key.type)))
        self.of_many = Direct(statement.add_columns(key).where(Among(key, "the_keys")))

    def rows(self, work: Work, key: int, **values: object) -> Sequence[Row]:
        """The rows of one key, in the order of the select; `values` are those of its other parameters."""
        ahead = work.ahead.get((self, *values.values()) if values else self)
        if ahead is None or key not in ahead:
            return self._of_one.rows(work, {"the_key": key, **self.of_work(work), **values})
        found: Sequence[Row] = ahead[key]
        return found

    def first(self, work: Work, key: int, **values: object) -> Row | None:
        """The first of the rows; None when there is none."""
        found = self.rows(work, key, **values)
        return found[0] if found else None


@dataclass(frozen=True)
class Ahead:
    """What is to be read for these keys, with these values of its other parameters."""

    what: ByKey
    keys: Collection[int]
    values: Mapping[str, object] = field(default_factory=dict)


def read_ahead(work: Work, *wanted: Ahead) -> None:
    """From now on `ByKey.rows` has these without asking; PostgreSQL is asked for all of them at once."""
    some = [each for each in wanted if each.keys]
    calls = [
        (each.what.of_many, {"the_keys": list(each.keys), **each.what.of_work(work), **each.values}) for each in some
    ]
    for each, rows in zip(some, direct.together(work, *calls), strict=True):
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in rows:
            found[row[-1]].append(row[:-1])
        what = (each.what, *each.values.values()) if each.values else each.what
        work.ahead.setdefault(what, {}).update(dict.fromkeys(each.keys, ()) | found)
