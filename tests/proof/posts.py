"""Posts of our own making, for proofs that need many."""

import json
from pathlib import Path


def write_sample(target: Path, number: int, *, first: int = 0) -> None:
    with target.open("w", encoding="utf-8") as lines:
        for n in range(first, first + number):
            post = {
                "id": f"p{n}",
                "text": f"Question {n}: when do you open?",
                "author": {"handle": f"@c{n}"},
            }
            lines.write(json.dumps(post) + "\n")
