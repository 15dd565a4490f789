"""What came with a `webhook-id`, so that another message under the same one is not taken for it."""

M022_BODIES = (
    "alter table seen add column body text",
    # Each door has ids of its own; so far the first to use one had it for all.
    """update seen set key = 'delivery:'
           || coalesce((select door from posts where posts.key = seen.post), 'webhook')
           || ' ' || substr(key, 10)
       where substr(key, 1, 9) = 'delivery:'""",
)
