"""The tables as queries know them are the tables that the migrations make."""

from typing import Any

import peewee
import pytest

from mailbot_server.store import schema
from mailbot_server.store.database import Database, Transaction

# Tables that only plain SQL touches: the steps done, and the full-text index.
WITHOUT_MODEL = ("migration", "message_text", "sqlite_")
SQL_TYPES = {
    "BIGAUTO": {"sqlite": "INTEGER", "postgresql": "BIGINT"},
    "INT": {"sqlite": "INTEGER", "postgresql": "INTEGER"},
    "BLOB": {"sqlite": "BLOB", "postgresql": "BYTEA"},
}

# column → (type, may be null, is part of the key)
Columns = dict[str, tuple[str, bool, bool]]


def table_names(tx: Transaction) -> set[str]:
    sql = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if tx.is_postgres
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    names = {str(row[0]) for row in tx.all(sql)}
    return {name for name in names if not name.startswith(WITHOUT_MODEL)}


def migrated(tx: Transaction, table: str) -> Columns:
    return _postgres(tx, table) if tx.is_postgres else _sqlite(tx, table)


def _sqlite(tx: Transaction, table: str) -> Columns:
    rows = tx.all('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', table)
    return {
        name: (kind, not (not_null or key), bool(key))
        for name, kind, not_null, key in rows
    }


def _postgres(tx: Transaction, table: str) -> Columns:
    rows = tx.all(
        "SELECT a.attname, UPPER(t.typname), a.attnotnull,"
        " EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid"
        " AND i.indisprimary AND a.attnum = ANY (i.indkey))"
        " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
        " WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0"
        " ORDER BY a.attnum",
        table,
    )
    names = {"INT8": "BIGINT", "INT4": "INTEGER"}
    return {
        name: (str(names.get(kind, kind)), not not_null, key)
        for name, kind, not_null, key in rows
    }


def modelled(model: type[peewee.Model], database: str) -> Columns:
    key: Any = model._meta.primary_key
    keys = key.field_names if isinstance(key, peewee.CompositeKey) else (key.name,)
    columns: Columns = {}
    for field in model._meta.sorted_fields:
        kind: str = SQL_TYPES.get(field.field_type, {}).get(
            database, field.field_type or ""
        )
        columns[str(field.column_name)] = (kind, field.null, field.name in keys)
    return columns


async def test_every_migrated_table_has_a_model_and_no_model_lacks_its_table(
    db: Database,
) -> None:
    names = {model._meta.table_name for model in schema.MODELS}
    assert len(names) == len(schema.MODELS)
    assert await db.read(table_names) == names


@pytest.mark.parametrize("model", schema.MODELS, ids=lambda model: model.__name__)
async def test_a_model_says_columns_types_nulls_and_keys_of_its_table(
    db: Database, model: type[peewee.Model]
) -> None:
    table = model._meta.table_name
    columns = await db.read(migrated, table)
    assert modelled(model, db.backend.name) == columns
