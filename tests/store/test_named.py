"""The store's SQL as psycopg reads it: parameters by name, and nothing else touched."""

import pytest

from bot.store.named import pyformat


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("select :a, :b_2 from t where x=:a", b"select %(a)s, %(b_2)s from t where x=%(a)s"),
        ("select ':no', 'it''s :no', \":no\"", b"select ':no', 'it''s :no', \":no\""),
        ("select 1 -- :no 50%\n, :yes", b"select 1 -- :no 50%%\n, %(yes)s"),
        ("select '1'::bigint, :a::text", b"select '1'::bigint, %(a)s::text"),
        ("select 7 % 3, '100%' like :p", b"select 7 %% 3, '100%%' like %(p)s"),
    ],
)
def test_only_parameters_are_rewritten(sql: str, read: bytes) -> None:
    assert pyformat(sql) == read
