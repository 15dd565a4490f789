"""The TOML files of `CONFIG_DIR`, read into set-up documents and compared with what is in force."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from pathlib import Path

from bot.domain.errors import Broken
from bot.domain.ports import HolidayBook
from bot.domain.setup import Setup, setup_from, setup_in_force
from bot.domain.setup_tables import Document
from config.holiday_book import holiday_book

AREAS = tuple(field.name for field in fields(Setup))
FILES = tuple(f"{area}.toml" for area in AREAS)
SHIPPED = Path(__file__).parent

_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


def read_documents(folder: Path) -> dict[str, dict[str, object]]:
    """A document for each area, the shipped one where a file is missing; or `Broken`."""
    documents, faults = _readable(folder)
    if faults:
        raise Broken(faults_of(folder, holiday_book))
    return documents


def faults_of(folder: Path, holidays: HolidayBook) -> list[str]:
    """All that is wrong in the files, form and meaning, in sentences."""
    documents, faults = _readable(folder)
    if "departments" not in documents:
        return faults  # without departments every mention of one would look like a fault
    try:
        setup_from(documents, holidays)
    except Broken as broken:
        return faults + broken.faults
    return faults


def differing(
    documents: Mapping[str, Document],
    in_force: Mapping[str, Document],
    holidays: HolidayBook = holiday_book,
) -> list[str]:
    """The files that mean something else than what is in force, however either is written."""
    written, held = setup_from(documents, holidays), setup_in_force(in_force, holidays)
    return [f"{area}.toml" for area in AREAS if getattr(written, area) != getattr(held, area)]


def _readable(folder: Path) -> tuple[dict[str, dict[str, object]], list[str]]:
    """The documents of the files that can be read, and the faults of those that cannot."""
    if not folder.is_dir():
        return {}, [f"CONFIG_DIR: there is no folder {folder}; make it, or name another"]
    documents: dict[str, dict[str, object]] = {}
    faults: list[str] = []
    for area in AREAS:
        path = folder / f"{area}.toml"
        try:
            documents[area] = read_toml(path if path.exists() else SHIPPED / path.name)
        except (OSError, ValueError, RecursionError) as error:
            faults.append(f"{path.name}: {why_unreadable(error)}")
    return documents, faults


def read_toml(path: Path) -> dict[str, object]:
    """What the file says, in what JSON can hold; raises OSError, ValueError or RecursionError."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_with_line(str(error), text)) from None
    return {key: _plain(value) for key, value in content.items()}


def _with_line(reason: str, text: str) -> str:
    """The parser's reason with its line first, which at the end of the file is the last one."""
    place = _PLACE.search(reason)
    line = (place and place[1]) or text.rstrip().count("\n") + 1
    return f"line {line}: {_PLACE.sub('', reason)}; check its quotes, brackets and commas"


def _plain(value: object) -> object:
    """The value as JSON can hold it: TOML has days and times, which become texts."""
    match value:
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case list():
            return [_plain(entry) for entry in value]
        case date() | time():
            return value.isoformat()
    return value


def why_unreadable(error: Exception) -> str:
    """What `read_toml` raised, as a sentence."""
    match error:
        case UnicodeDecodeError(object=text, start=start):
            return f"line {text[:start].count(10) + 1}: not UTF-8; save the file as UTF-8"
        case OSError(strerror=reason):
            return f"{reason}; let the desk read it"
        case RecursionError():
            return "nested too deeply; no key of it needs that"
    return str(error)
