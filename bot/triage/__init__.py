"""First assessment of a post: adapters of domain ports around well-kept libraries."""
