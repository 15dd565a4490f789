"""Links to posts: which post one means, however it was copied, and what its network calls it.

Only what a known shape says is taken apart. Elsewhere a query or a fragment may be what names the
post, so nothing but marks of tracking is left out: two posts must never become one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit

from bot.domain.ids import PostKey
from bot.domain.web_address import is_web_address

_AT_URI = re.compile(r"at://([^/]+)/[a-zA-Z.]+/([^/?#]+)")
_OTHER_NAMES = re.compile(r"^(?:www|m|mobile|old|new|web)\.(?=[^.]+\.)")  # of a known network
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_[ce]id|ref_src")
_LONG_NUMBER = re.compile(r"[0-9]{5,}")
_TEXT_FRAGMENT = re.compile(r":~:.*")


@dataclass(frozen=True)
class Shape:
    """How the links of one network look; `path` finds the id, a query that names it goes first."""

    sources: tuple[str, ...]  # labels that its posts may have
    hosts: frozenset[str]
    path: re.Pattern[str]
    query: tuple[str, ...] = ()


def _shape(sources: str, hosts: str, path: str, *query: str) -> Shape:
    return Shape(tuple(sources.split()), frozenset(hosts.split()), re.compile(path), query)


_SHAPES = (
    _shape("x twitter", "x.com twitter.com", r"/(?:[^/]+|i/web)/status(?:es)?/(?P<id>[0-9]+)\b"),
    _shape("bluesky", "bsky.app", r"/profile/(?P<by>[^/]+)/post/(?P<id>[^/]+)"),
    _shape("threads", "threads.net threads.com", r"/(?:@[^/]+/post|t)/(?P<id>[\w-]+)"),
    _shape("instagram", "instagram.com", r"/p/[\w-]+/c/(?P<id>[0-9]+)"),
    _shape("instagram", "instagram.com", r"/(?:[^/]+/)?(?:p|reels?|tv)/(?P<id>[\w-]+)"),
    _shape("tiktok", "tiktok.com", r"/@[^/]+/(?:video|photo)/(?P<id>[0-9]+)"),
    _shape("youtube", "youtu.be", r"/(?P<id>[\w-]+)", "lc"),
    _shape("youtube", "youtube.com", r"/(?:shorts|live)/(?P<id>[\w-]+)", "lc"),
    _shape("youtube", "youtube.com", r"/watch/?$", "lc", "v"),
    _shape("facebook", "facebook.com", r"/[^/]+/posts/(?:[^/]+/)?(?P<id>\w+)/?$", "comment_id"),
    _shape(
        "facebook", "facebook.com", r"/(?:permalink|story|photo)(?:\.php)?/?$",
        "comment_id", "story_fbid", "fbid",
    ),
    _shape("linkedin", "linkedin.com", r"/feed/update/urn:li:\w+:(?P<id>[0-9]+)"),
    _shape(
        "reddit", "reddit.com",
        r"/(?:r|user)/[^/]+/comments/\w+/[^/]*/(?P<id>\w+)",
    ),
    _shape("reddit", "reddit.com", r"/(?:r|user)/[^/]+/comments/(?P<id>\w+)"),
)  # fmt: skip
# Any server may be one of these; the id is the server's own.
_ON_A_SERVER = re.compile(
    r"/(?:web/|deck/)?(?:@[^/]+|(?:(?:users/)?[^/]+/)?status(?:es)?)/(?P<id>[0-9]{5,})(?:/.*)?$"
)


def is_post(text: str) -> bool:
    """A link of a known shape: it means one post and nothing else."""
    parts = _parts(text)
    return bool(parts and (_known(parts) or _ON_A_SERVER.match(parts.path)))


def link_key(url: str | None) -> str | None:
    """The same for every writing of a link to one post, and different for any other post."""
    if not url or not (parts := _parts(url)):
        return None
    if known := _known(parts):
        shape, found = known
        return ":".join(filter(None, (shape.sources[0], _path_word(shape, parts, "by"), found)))
    host, path = _host(parts), parts.path.rstrip("/")
    if on_a_server := _ON_A_SERVER.match(parts.path):
        return f"{host}/{on_a_server['id']}"
    query = urlencode(_meaning(parts))
    fragment = _TEXT_FRAGMENT.sub("", parts.fragment)
    return "".join((host, path, query and f"?{query}", fragment and f"#{fragment}"))


def keys_of(url: str) -> Iterator[PostKey]:
    """What the post behind a link is called where its own network brought it in."""
    parts = _parts(url)
    known = _known(parts) if parts else None
    if parts and known:
        shape, found = known
        by = _path_word(shape, parts, "by")
        for source in shape.sources:
            yield PostKey(f"{source}:{found}")
            if by.startswith("did:"):
                yield PostKey(f"{source}:at://{by}/app.bsky.feed.post/{found}")


def names_of(id: str) -> tuple[str, ...]:
    """An id as it came, and as a link to the same post has it: Bluesky's have no DID in them."""
    at = _AT_URI.match(id)
    return (id, at[2]) if at else (id,)


def id_in(link: str) -> str:
    """What the network calls the post behind a link, an at:// address, or an id itself."""
    if at := _AT_URI.match(link):
        return at[2]
    parts = _parts(link)
    if parts is None:
        return link
    if known := _known(parts):
        return known[1]
    if on_a_server := _ON_A_SERVER.match(parts.path):
        return on_a_server["id"]
    last = parts.path.rstrip("/").rpartition("/")[2]
    is_whole = last and (_LONG_NUMBER.fullmatch(last) or not _meaning(parts))
    return last if is_whole else link


def _known(parts: SplitResult) -> tuple[Shape, str] | None:
    for shape in _SHAPES:
        if _OTHER_NAMES.sub("", _host(parts)) in shape.hosts and shape.path.match(parts.path):
            queried = (parse_qs(parts.query).get(name, [""])[0] for name in shape.query)
            found = next(filter(None, queried), _path_word(shape, parts, "id"))
            if found:
                return shape, found
    return None


def _path_word(shape: Shape, parts: SplitResult, name: str) -> str:
    found = shape.path.match(parts.path)
    return (found.groupdict().get(name) or "") if found else ""


def _parts(link: str) -> SplitResult | None:
    link = link.strip()
    return urlsplit(link) if is_web_address(link) else None


def _host(parts: SplitResult) -> str:
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        port = ""
    return (parts.hostname or "").casefold().removeprefix("www.") + port


def _meaning(parts: SplitResult) -> list[tuple[str, str]]:
    """The query without marks of tracking: it may be what names the post."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
