"""Cases by the words of their post: the one place where the engines do not speak the same SQL."""

from collections.abc import Iterable

from bot.domain.ids import CaseId, PostKey
from bot.domain.lexemes import Sought, lexemes
from bot.store.database import Database, Row


class Words:
    """Kept equal to the posts by who adds a case or revises its post."""

    def __init__(self, db: Database):
        self._db = db

    def find(self, sought: Sought, *, limit: int) -> list[CaseId]:
        """The newest cases that may fit, and all of these that do."""
        by_words = self._db.by_words
        rows = self._db.rows(
            f"{by_words.find} order by case_id desc limit :limit",
            {"sought": by_words.written(sought), "limit": limit},
        )
        return [CaseId(row["case_id"]) for row in rows]

    def index_anew(self) -> None:
        """No index came with the cases: all of them are still to be indexed."""
        self._db.run(
            """update counters set value = (select value from counters where name = 'case')
               where name = 'unworded'"""
        )

    def index_some(self, *, limit: int) -> bool:
        """Cases from before there was an index, the newest first; False when all are in it."""
        row = self._db.rows("select value from counters where name = 'unworded'")[0]
        rows = self._db.rows(
            """select cases.id, posts.text from cases join posts on posts.key = cases.post
               where cases.id <= :upto order by cases.id desc limit :limit""",
            {"upto": row["value"], "limit": limit},
        )
        _put(self._db, rows)
        left = rows[-1]["id"] - 1 if rows else 0
        self._db.run("update counters set value = :n where name = 'unworded'", {"n": left})
        return bool(rows)


def index_words(db: Database, post: PostKey) -> None:
    """What this post says now is what its case is found by, in the same transaction."""
    rows = db.rows(
        """select cases.id, posts.text from cases join posts on posts.key = cases.post
           where cases.post = :post""",
        {"post": post},
    )
    _put(db, rows)


def _put(db: Database, rows: Iterable[Row]) -> None:
    """Of each case its number, and the text of its post."""
    db.run_many(
        db.by_words.put,
        [{"case": row["id"], "words": " ".join(lexemes(row["text"]))} for row in rows],
    )
