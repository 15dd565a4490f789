"""One file per network: fetch since a cursor, send a reply, find own replies."""
