"""What desks hold from before a case had one customer, until it is parted once."""

from collections.abc import Collection

from bot.domain.ids import CaseId
from bot.store.database import Database, listed, numbered
from bot.store.posts import StoredPost, post_from_row

# A case that a person merged into another, at once or through others.
_MERGED = """with recursive merged (origin, target) as (
        select id, merged_into from cases where merged_into is not null
        union select merged.origin, cases.merged_into from merged
            join cases on cases.id = merged.target where cases.merged_into is not null)"""


class Parting:
    def __init__(self, db: Database):
        self._db = db

    def upto(self) -> CaseId | None:
        """The last case that may mix customers; None: all were looked at."""
        rows = self._db.rows("select value from counters where name = 'unparted'")
        return CaseId(rows[0]["value"]) if rows else None

    def done(self) -> None:
        self._db.run("delete from counters where name = 'unparted'")

    def strangers(self, upto: CaseId) -> list[StoredPost]:
        """Posts in a case of somebody else; nobody merged a case of theirs into it."""
        rows = self._db.rows(
            f"""{_MERGED} select posts.* from posts join cases on cases.id = posts.case_id
                where cases.id <= :upto and posts.author <> cases.customer and not exists (
                    select 1 from merged join cases origin on origin.id = merged.origin
                    where merged.target = cases.id and origin.customer = posts.author)
                order by posts.case_id, posts.stored_at""",
            {"upto": upto},
        )
        return [post_from_row(row) for row in rows]

    def first_posts(self, cases: Collection[CaseId]) -> list[StoredPost]:
        """Those that opened these cases, as far as they belong to them still."""
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select posts.* from cases join posts on posts.key = cases.post
                    and posts.case_id = cases.id
                where cases.id in ({listed(marks)})""",
            marks,
        )
        return [post_from_row(row) for row in rows]

    def open_ones(self, upto: CaseId) -> list[StoredPost]:
        """The same of all that are open."""
        rows = self._db.rows(
            """select posts.* from cases join posts on posts.key = cases.post
                   and posts.case_id = cases.id
               where cases.id <= :upto and cases.closed_at is null order by cases.id""",
            {"upto": upto},
        )
        return [post_from_row(row) for row in rows]

    def receipts(self, upto: CaseId) -> set[str]:
        """The keys of posts in these cases that are answers of ours."""
        rows = self._db.rows(
            """select posts.key from replies
               join posts answered on answered.key = replies.post
               join posts on posts.id = replies.remote_id and posts.source = answered.source
               where replies.remote_id is not null and posts.case_id <= :upto""",
            {"upto": upto},
        )
        return {row["key"] for row in rows}
