"""Statements of every turn: SQLAlchemy writes them once for each database, then they go to its driver as they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

from storage.database import Work

T = TypeVar("T")
Row: TypeAlias = Sequence[Any]
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
        named = {**self.fixed, **values}
        for name, convert in self.into:
            named[name] = convert(named[name])
        return named if self.order is None else [named[name] for name in self.order]

    def converted(self, row: Row) -> Row:
        """A row of the driver's, with the values that Python holds."""
        if not self.out:
            return row
        values = list(row)
        for place, convert in self.out:
            values[place] = convert(values[place])
        return values


class Direct:
    """One statement of every turn; an INSERT names the columns that it is given.

    SQLAlchemy's own way of executing takes three times as long as SQLite itself (measured). Errors are
    those of SQLAlchemy. Only for statements that need nothing of it at run time: no lists, no defaults of columns.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]] | UpdateBase, *columns: str) -> None:
        self._statement, self._columns = statement, columns
        self._written: dict[str, Written] = {}

    def rows(self, work: Work, values: Mapping[str, Any]) -> list[Row]:
        """The rows it gives."""
        written = self._for(work.connection.dialect)
        return [written.converted(row) for row in _execute(work.connection, written, values, _all)]

    def count(self, work: Work, values: Mapping[str, Any]) -> int:
        """How many rows it wrote."""
        return _execute(work.connection, self._for(work.connection.dialect), values, _counted)

    def many(self, work: Work, values: Iterable[Mapping[str, Any]]) -> None:
        """The same for each of the values."""
        written = self._for(work.connection.dialect)
        _run(
            work.connection,
            written,
            lambda driver: driver.cursor().executemany(written.text, map(written.bound, values)),
        )

    def _for(self, dialect: Dialect) -> Written:
        if dialect.name not in self._written:
            self._written[dialect.name] = _write(self._statement, self._columns, dialect)
        return self._written[dialect.name]


def _write(statement: Select[*tuple[Any, ...]] | UpdateBase, columns: Sequence[str], dialect: Dialect) -> Written:
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns or None)
    into = [(name, _of(bind.type, dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()]
    out = [_of(column.type, dialect).result_processor(dialect, None) for column in statement.exported_columns]
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


def _execute(connection: Connection, written: Written, values: Mapping[str, Any], read: Callable[[Any], T]) -> T:
    return _run(connection, written, lambda driver: read(driver.execute(written.text, written.bound(values))))


def _run(connection: Connection, written: Written, act: Callable[[Any], T]) -> T:
    driver: Any = connection.connection.dbapi_connection
    try:
        return act(driver)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, written, error) from error


def _wrapped(connection: Connection, written: Written, error: Any) -> BaseException:
    """The error as SQLAlchemy raises it; a lost connection is given up, so that the next transaction has a new one."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    base = dialect.loaded_dbapi.Error
    wrapped: BaseException = DBAPIError.instance(written.text, None, error, base, connection_invalidated=lost)
    return wrapped


def _all(cursor: Any) -> list[Row]:
    return list(cursor.fetchall())


def _counted(cursor: Any) -> int:
    return int(cursor.rowcount)
