"""Statements of every turn: SQLAlchemy writes them once for each database, then they go to its driver as they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Dialect, TextClause
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

from storage import travelling
from storage.database import Work

Row: TypeAlias = Sequence[Any]
Statement: TypeAlias = Select[*tuple[Any, ...]] | UpdateBase | TextClause
Convert: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True)
class Written:
    """A statement in the words of one database.

    `order` names the values in the order of their question marks, and is None where the driver takes them by name;
    `fixed` are those that never change; `into` and `out` convert what the database holds differently: times.
    """

    text: str
    order: Sequence[str] | None
    fixed: Mapping[str, Any]
    into: Sequence[tuple[str, Convert]]
    out: Sequence[tuple[int, Convert]]

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        return self._placed(self._converted({**self.fixed, **values}))

    def all_bound(self, values: Iterable[Mapping[str, Any]], common: Mapping[str, Any]) -> Iterator[Any]:
        """The same for each of these, with what they have in common."""
        shared = self._converted({**self.fixed, **common})
        return (self._placed({**shared, **self._converted(dict(each))}) for each in values)

    def _converted(self, named: dict[str, Any]) -> dict[str, Any]:
        for name, convert in self.into:
            if name in named:
                named[name] = convert(named[name])
        return named

    def _placed(self, named: dict[str, Any]) -> Any:
        return named if self.order is None else [named[name] for name in self.order]

    def converted(self, rows: list[Row]) -> list[Row]:
        """Rows of the driver's, with the values that Python holds."""
        if not self.out or not rows:
            return rows
        columns: list[Iterable[Any]] = [*zip(*rows, strict=True)]
        for place, convert in self.out:
            columns[place] = map(convert, columns[place])
        return [*zip(*columns, strict=True)]

    def all_of(self, cursor: Any) -> list[Row]:
        """The rows of a cursor of the driver's, converted."""
        return self.converted(cursor.fetchall())


class Direct:
    """One statement of every turn; an INSERT names the columns that it is given.

    SQLAlchemy's own way of executing takes three times as long as SQLite itself (measured). Errors are
    those of SQLAlchemy. Only for statements that need nothing of it at run time: no lists, no defaults of columns.
    """

    def __init__(self, statement: Statement, *columns: str) -> None:
        self._statement, self._columns = statement, columns
        self._written: dict[str, Written] = {}

    def rows(self, work: Work, values: Mapping[str, Any]) -> list[Row]:
        """The rows it gives."""
        written = self.written(work)
        return written.all_of(self._execute(work, written, values))

    def count(self, work: Work, values: Mapping[str, Any]) -> int:
        """How many rows it wrote."""
        return int(self._execute(work, self.written(work), values).rowcount)

    def later(self, work: Work, values: Mapping[str, Any]) -> Callable[[], list[Row]]:
        """The same as `rows`, but on PostgreSQL it need not be waited for until its rows are asked for."""
        written = self.written(work)
        if work.connection.dialect.name != "postgresql":
            rows = self.rows(work, values)
            return lambda: rows
        sent = travelling.later(work.connection, written.text, written.bound(values))
        return lambda: written.converted(sent.rows())

    def many(self, work: Work, values: Iterable[Mapping[str, Any]], **common: object) -> None:
        """The same for each of the values, with what they have in `common`."""
        written = self.written(work)
        rows = written.all_bound(values, common)
        travelling.run(work.connection, lambda driver: driver.cursor().executemany(written.text, rows))

    def written(self, work: Work) -> Written:
        """As the database of this transaction is told it."""
        dialect = work.connection.dialect
        if dialect.name not in self._written:
            self._written[dialect.name] = _write(self._statement, self._columns, dialect)
        return self._written[dialect.name]

    def _execute(self, work: Work, written: Written, values: Mapping[str, Any]) -> Any:
        return travelling.run(work.connection, lambda driver: driver.execute(written.text, written.bound(values)))


def together(work: Work, *calls: tuple[Direct, Mapping[str, Any]]) -> list[list[Row]]:
    """The rows of each statement, done one after the other; PostgreSQL is sent all at once, and waited for once."""
    if work.connection.dialect.name != "postgresql":
        return [statement.rows(work, values) for statement, values in calls]
    sent = [(statement.written(work), values) for statement, values in calls]

    def act(driver: Any) -> list[Any]:
        return [driver.execute(written.text, written.bound(values)) for written, values in sent]

    cursors = travelling.run(work.connection, act, at_once=True)
    return [written.all_of(cursor) for (written, _), cursor in zip(sent, cursors, strict=True)]


def _write(statement: Statement, columns: Sequence[str], dialect: Dialect) -> Written:
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns or None)
    into = [(name, _of(bind.type, dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()]
    out = [
        _of(column.type, dialect).result_processor(dialect, None)
        for column in getattr(statement, "exported_columns", ())
    ]
    return Written(
        str(compiled),
        compiled.positiontup,
        {name: value for name, value in compiled.params.items() if value is not None},
        [(name, convert) for name, convert in into if convert],
        [(place, convert) for place, convert in enumerate(out) if convert],
    )


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The type as this database has it."""
    return kind.dialect_impl(dialect)
