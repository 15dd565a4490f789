"""`:name` as the store's SQL has it, in the form that psycopg reads."""

import re
from functools import lru_cache

# What stands in quotes or in a comment, and a cast, is no parameter.
_MARKS = re.compile(
    r"""(?P<as_it_stands>'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|::)|:(?P<name>[a-z_]\w*)|%""", re.I
)


@lru_cache(maxsize=1024)
def pyformat(sql: str) -> bytes:
    """The same statement with `%(name)s`; every other percent sign is doubled."""
    return _MARKS.sub(_written, sql).encode()


def _written(found: re.Match[str]) -> str:
    if found["name"]:
        return f"%({found['name']})s"
    return (found["as_it_stands"] or "%").replace("%", "%%")
