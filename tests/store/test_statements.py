"""Statements come in few lengths and still say exactly what was asked."""

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.store import schema, statements
from tests.fakes.tenants import account, add_account, add_inbox


@given(st.lists(st.integers(), min_size=1, max_size=200))
def test_padding_changes_the_length_and_not_the_set(values):
    found = statements.padded(values)
    assert found[: len(values)] == values
    assert set(found) == set(values)
    assert len(found) < 2 * len(values)
    assert len(found) & (len(found) - 1) == 0


def test_placeholders_are_as_many_as_asked_for():
    assert statements.marks(1) == "?"
    assert statements.marks(3) == "?, ?, ?"
    assert statements.rows(2, 3) == "(?, ?, ?), (?, ?, ?)"


def test_a_filter_never_widens_what_a_key_may_see():
    allowed = statements.allowed_inboxes
    assert allowed("", None) is None
    assert allowed("a", None) == ("a",)
    assert allowed("", ("a", "b")) == ("a", "b")
    assert allowed("b", ("a", "b")) == ("b",)
    assert allowed("c", ("a", "b")) == ()
    assert allowed("", ()) == ()


def sql(conditions):
    query = schema.Message.select(schema.Message.id).where(*conditions)
    text, parameters = query.sql()
    return text.split("WHERE")[1], parameters


def test_one_inbox_chooses_the_index_before_the_account():
    text, parameters = sql(statements.of(schema.Message, "acc", ("inb",)))
    assert '"t1"."inbox_id" = ?' in text
    assert '"t1"."account_id" = ?' not in text
    assert parameters == ["inb", "", "acc"]


def test_the_account_is_compared_whatever_else_is():
    for conditions in (
        statements.of(schema.Message, "acc", None),
        statements.of(schema.Message, "acc", ()),
        statements.of(schema.Message, "acc", ("a", "b")),
        statements.within(schema.Message, "acc", None),
        statements.within(schema.Message, "acc", ("a", "b")),
    ):
        assert "acc" in sql(conditions)[1]


def test_conditions_beside_the_narrowest_fit_no_index():
    text, _ = sql(statements.within(schema.Message, "acc", ("a", "b")))
    assert '"t1"."account_id" =' not in text
    assert '"t1"."inbox_id" IN' not in text


async def test_each_value_of_an_index_is_told_once(db):
    await add_account(db)
    for number in range(1, 6):
        labels = ("red", "blue") if number % 2 else ("red",)
        await add_inbox(db, number, labels=labels)

    def told(tx, account_id):
        sql = statements.each_once("label", "inbox_label", "account_id = ?")
        return [row[0] for row in tx.all(sql, account_id, account_id)]

    assert await db.read(told, account().id) == ["blue", "red"]
    assert await db.read(told, account(2).id) == []


async def test_only_postgresql_is_told_not_to_sort_and_only_until_it_may_again(db):
    def told(tx):
        if not tx.is_postgres:
            statements.along_index(tx)
            statements.sorting(tx)
            return "off", "on"
        statements.along_index(tx)
        before = tx.one("SHOW enable_sort")
        statements.sorting(tx)
        return *before, *tx.one("SHOW enable_sort")

    assert await db.read(told) == ("off", "on")
