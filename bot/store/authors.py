"""Who wrote a post: by their id where the network tells one, else by their handle."""

from dataclasses import replace

from bot.domain.post import Post
from bot.store.database import Database


def author_key(post: Post) -> str:
    return f"{post.source}:{post.author.identity}"


def author_of(db: Database, post: Post) -> str:
    """Where this post tells no id, it is of whom its handle was told of last and is still."""
    if post.author.id:
        return author_key(post)
    told = db.rows(
        """select author from posts where source = :source
           and ltrim(lower(handle), '@') = ltrim(lower(:handle), '@')
           and author_id is not null
           group by author order by max(stored_at) desc""",
        {"source": post.source, "handle": post.author.handle},
    )
    still = (row["author"] for row in told if _is_still(db, row["author"], post))
    return next(still, author_key(post))


def _is_still(db: Database, author: str, post: Post) -> bool:
    """Whether the handle is the last that they were told of by."""
    rows = db.rows(
        """select ltrim(lower(handle), '@') = ltrim(lower(:handle), '@') as is_it from posts
           where author = :author and author_id is not null
           order by stored_at desc, is_it desc limit 1""",
        {"author": author, "handle": post.author.handle},
    )
    return bool(rows and rows[0]["is_it"])


def adopt(db: Database, post: Post, author: str) -> None:
    """The network tells an id for a handle: what stood under the handle is theirs."""
    by_handle = author_key(replace(post, author=replace(post.author, id=None)))
    if by_handle == author:
        return
    known = db.rows("select 1 from posts where author = :author limit 1", {"author": by_handle})
    both = {"author": author, "by_handle": by_handle}
    for change in _ADOPTING if known else ():
        db.run(change, both)


_ADOPTING = (
    "update posts set author = :author where author = :by_handle",
    "update cases set customer = :author where customer = :by_handle",
    """update muted set author = :author where author = :by_handle
       and not exists (select 1 from muted known where known.author = :author)""",
)
