"""Cases by their customer's words: the one place where the engines do not speak the same SQL."""

from collections.abc import Collection, Iterator

from bot.domain.ids import CaseId, PostKey
from bot.domain.lexemes import MORE, MOST, Sought, lexemes, lexemes_of
from bot.store.database import Database


class Words:
    """Kept equal to the posts by who adds a case, revises a post or moves it to another case."""

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
            "select id from cases where id <= :upto order by id desc limit :limit",
            {"upto": row["value"], "limit": limit},
        )
        cases = [CaseId(one["id"]) for one in rows]
        index_cases(self._db, cases)
        left = cases[-1] - 1 if cases else 0
        self._db.run("update counters set value = :n where name = 'unworded'", {"n": left})
        return bool(cases)


def index_post(db: Database, post: PostKey) -> None:
    """What this post says now is what its case is found by, in the same transaction."""
    rows = db.rows(
        """select case_id as id from posts where key = :post and case_id is not null
           union select id from cases where post = :post""",
        {"post": post},
    )
    index_cases(db, [CaseId(row["id"]) for row in rows])


def index_cases(db: Database, cases: Collection[CaseId]) -> None:
    """Of each case what its customer wrote, with what it was opened with in front."""
    found = [(case, lexemes_of(_texts(db, case))) for case in cases]
    db.run_many(db.by_words.put, [{"case": case, "words": " ".join(has)} for case, has in found])


def index_more(db: Database, case: CaseId, post: PostKey) -> None:
    """The words of a further post; what it was opened with is in it already.

    What a case has too much of is not kept: its row would be written anew with every post.
    """
    rows = db.rows(
        """select text from posts where key = :post
           and not exists (select 1 from cases where id = :case and post = :post)""",
        {"post": post, "case": case},
    )
    for row in rows:
        kept = db.rows(db.by_words.extent, {"case": case})
        if not kept:
            index_cases(db, [case])
        elif not kept[0]["has_more"]:
            more = (MORE,) if kept[0]["n"] > MOST else lexemes(row["text"])
            db.run(db.by_words.append, {"case": case, "words": " ".join(more)})


def _texts(db: Database, case: CaseId) -> Iterator[str]:
    """A few at a time: there may be thousands, and the first ones are often enough."""
    opening = "select text from posts where key = (select post from cases where id = :case)"
    yield from (row["text"] for row in db.rows(opening, {"case": case}))
    at, last = -1, ""
    while rows := db.rows(_NEXT, {"case": case, "at": at, "last": last}):
        yield from (row["text"] for row in rows)
        at, last = rows[-1]["stored_at"], rows[-1]["key"]


_NEXT = """select key, stored_at, text from posts where case_id = :case
    and (stored_at > :at or (stored_at = :at and key > :last))
    order by stored_at, key limit 20"""
