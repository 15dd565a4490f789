"""The `.env` file, with every line told that cannot be read or means no setting."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import Binding, parse_stream

ALIKE = 0.8  # other programs read the file too: only a name that looks like one of ours is a fault


def read_dotenv(path: Path, known: Collection[str], faults: list[str]) -> dict[str, str]:
    """What the file sets; nothing where there is none. No line is repeated in a fault."""
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8") as lines:
            bindings = list(parse_stream(lines))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__})")
        return {}
    faults += [
        f"{path.name}: line {_line(binding)}: {reason}"
        for binding in bindings
        if (reason := _fault_of(binding, known))
    ]
    return {name: value for name, value, *_ in bindings if name and value is not None}


def _fault_of(binding: Binding, known: Collection[str]) -> str:
    if binding.error or (binding.key and binding.value is None):
        return "cannot be read; write NAME=value, and close every quote"
    if binding.key is None or binding.key in known:
        return ""
    near = get_close_matches(binding.key.upper(), known, n=1, cutoff=ALIKE)
    return f"no such setting; did you mean {near[0]}?" if near else ""


def _line(binding: Binding) -> int:
    """The line itself, not the empty ones before it that the parser counts in."""
    string = binding.original.string
    return binding.original.line + string[: len(string) - len(string.lstrip())].count("\n")
