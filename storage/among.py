"""Tells the database which rows by a list of their ids, as one parameter: the statement is the same however many."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, String, TypeDecorator, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine


class Ids(TypeDecorator[Iterable[int]]):
    """Several integers: an array, which SQLite does not have, so there it is a text of JSON."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(Integer))

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> Any:
        return json.dumps(list(value or ())) if dialect.name == "sqlite" else list(value or ())


class Among(ColumnElement[bool]):
    """Whether a column is one of the parameter `name`, which is several integers."""

    inherit_cache = False  # these statements are written once, by storage/direct.py

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column, self.ids = column, bindparam(name, type_=Ids())


@compiles(Among, "sqlite")
def _in_sqlite(of: Among, compiler: SQLCompiler, **words: Any) -> str:
    ids = func.json_each(of.ids).table_valued("value")
    return compiler.process(of.column.in_(select(ids.c.value)), **words)


@compiles(Among, "postgresql")
def _in_postgresql(of: Among, compiler: SQLCompiler, **words: Any) -> str:
    return compiler.process(of.column == any_(of.ids), **words)
