"""Links to posts: one post in every writing, and never two posts as one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.post_links import id_in, is_post, keys_of, link_key

SAME = [
    (
        "x:99887766",
        "99887766",
        "https://x.com/jane/status/99887766",
        "https://twitter.com/jane/status/99887766?s=20",
        "http://mobile.twitter.com/JANE/status/99887766/photo/1",
        "https://www.x.com/i/web/status/99887766#m",
        "https://x.com/jane/status/99887766/",
    ),
    (
        "bluesky:jane.bsky.social:3kabc",
        "3kabc",
        "https://bsky.app/profile/jane.bsky.social/post/3kabc",
        "https://bsky.app/profile/jane.bsky.social/post/3kabc?ref_src=embed",
    ),
    (
        "social.example/111222333",
        "111222333",
        "https://social.example/@jane/111222333",
        "https://social.example/@jane@other.example/111222333#reply",
        "https://social.example/users/jane/statuses/111222333?x=1",
        "https://social.example/web/statuses/111222333/",
        "https://social.example/northwind/status/111222333?s=20",
    ),
    (
        "instagram:Cx_1-y",
        "Cx_1-y",
        "https://www.instagram.com/p/Cx_1-y/?igsh=abc==",
        "https://instagram.com/jane/reel/Cx_1-y/",
    ),
    (
        "youtube:dQw4w9",
        "dQw4w9",
        "https://youtu.be/dQw4w9?si=x",
        "https://www.youtube.com/watch?v=dQw4w9&t=42s",
        "https://m.youtube.com/shorts/dQw4w9",
    ),
    ("youtube:Ug12", "Ug12", "https://www.youtube.com/watch?v=dQw4w9&lc=Ug12"),
    (
        "facebook:12345",
        "12345",
        "https://www.facebook.com/northwind/posts/12345?__cft__=x",
        "https://m.facebook.com/story.php?story_fbid=12345&id=9",
    ),
    (
        "reddit:k9x",
        "k9x",
        "https://old.reddit.com/r/travel/comments/abc12/lost_bag/k9x/?context=3",
    ),
    ("forum.example/t/5?post=7", "https://forum.example/t/5?post=7", "https://forum.example/t/5/?post=7&utm_source=mail"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "links"), [(one[0], one[2:]) for one in SAME])
def test_one_post_has_one_key_however_its_link_was_copied(key: str, links: tuple[str, ...]):
    assert {link_key(link) for link in links} == {key}


@pytest.mark.parametrize(("id", "link"), [(one[1], link) for one in SAME[:-1] for link in one[2:]])
def test_the_id_is_the_one_that_the_network_uses(id: str, link: str):
    assert id_in(link) == id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://forum.example/t?id=1", "https://forum.example/t?id=2"),
        ("https://forum.example/t/5#post-1", "https://forum.example/t/5#post-2"),
        ("https://a.example/@jane/111222", "https://b.example/@jane/111222"),
        ("https://new.example.com/5", "https://example.com/5"),
        ("https://x.com/jane/status/1", "https://x.com/jane/status/12"),
        ("https://youtu.be/abc", "https://youtu.be/ABC"),
        ("https://www.youtube.com/watch?v=a&lc=1", "https://www.youtube.com/watch?v=a&lc=2"),
        ("https://x.com/jane", "https://x.com/jane/status/1"),
        ("https://x.com/search?q=bag", "https://x.com/search?q=refund"),
        (
            "https://bsky.app/profile/a.example/post/3k",
            "https://bsky.app/profile/b.example/post/3k",
        ),
        ("https://t.co/abc", "https://t.co/abd"),
    ],
)
def test_two_posts_never_become_one(one: str, other: str):
    assert link_key(one) != link_key(other)


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("at://did:plc:abc/app.bsky.feed.post/3kabc", "3kabc"),
        ("99887766", "99887766"),
        ("https://net.example/p/abc", "abc"),
        ("https://net.example/view.php?p=7", "https://net.example/view.php?p=7"),
        ("https://net.example/posts/1234567?lang=en#x", "1234567"),
        ("https://net.example", "https://net.example"),
    ],
)
def test_what_is_no_known_link_is_cut_only_where_nothing_is_lost(written: str, id: str):
    assert id_in(written) == id


def test_the_keys_its_own_network_gives_a_post():
    assert list(keys_of("https://x.com/jane/status/1?s=20")) == ["x:1", "twitter:1"]
    did = "https://bsky.app/profile/did:plc:abc/post/3k"
    assert "bluesky:at://did:plc:abc/app.bsky.feed.post/3k" in list(keys_of(did))
    assert list(keys_of("https://social.example/@jane/111222333")) == [], "each server has its own"
    assert list(keys_of("no link")) == []


def test_a_link_that_can_only_mean_a_post():
    assert is_post("https://x.com/jane/status/1")
    assert is_post("https://social.example/@jane/111222333")
    assert not is_post("https://northwind.example/help")


@given(
    st.integers(1, 10**19), st.integers(1, 10**19), st.sampled_from(["", "?s=20", "/photo/1", "#m"])
)
def test_ids_of_x_are_told_apart_and_nothing_behind_them_counts(one: int, other: int, tail: str):
    assume(one != other)
    first, second = (f"https://x.com/jane/status/{n}" for n in (one, other))
    assert link_key(first) == link_key(first + tail) != link_key(second)
    assert id_in(first + tail) == str(one)


PARTS = st.text("abcXYZ019-_", min_size=1, max_size=6)


@given(st.lists(PARTS, max_size=3), st.dictionaries(PARTS, PARTS, max_size=2), PARTS)
def test_a_key_keeps_all_that_may_name_a_post_elsewhere(
    path: list[str], query: dict[str, str], fragment: str
):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    link = f"https://net.example/{'/'.join(path)}" + (f"?{asked}" if asked else "") + f"#{fragment}"
    assert link_key(f"{link}x") != link_key(link)
    assert (
        link_key(link.replace("#", "?#" if not asked else "&y=1#")) != link_key(link) or not asked
    )
