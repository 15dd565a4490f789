"""The blocks of 2026, as tables: what each holds, and the rules that tables cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sandbox import limits
from slack_sandbox.checks import (
    Check,
    Fault,
    Rule,
    anything,
    by_type,
    choice,
    flag,
    many,
    number,
    shape,
    string,
    whole,
)

Json = dict[str, Any]

LABEL = string(limits.CHART_LABEL)
POINT = shape(label=(LABEL,), value=(number,))
SERIES = many(
    shape(name=(LABEL,), data=(many(POINT, limits.CHART_CATEGORIES),)), limits.CHART_SERIES
)
AXES = shape(
    categories=(many(LABEL, limits.CHART_CATEGORIES),),
    x_label=string(limits.CHART_TITLE),
    y_label=string(limits.CHART_TITLE),
)
PLOT = shape(type=(anything,), series=(SERIES,), axis_config=(AXES,))
CHART = by_type(
    {
        "pie": shape(type=(anything,), segments=(many(POINT, limits.CHART_SERIES),)),
        **dict.fromkeys(("bar", "area", "line"), PLOT),
    }
)
DATA_VISUALIZATION: dict[str, Check | tuple[Check]] = {
    "title": (string(limits.CHART_TITLE),),
    "chart": (CHART,),
}


def data_table(cells: Check) -> dict[str, Check | tuple[Check]]:
    """Its fields around the cells that a table has, too."""
    row = many(cells, limits.TABLE_CELLS)
    return {
        "caption": (string(limits.TEXT_OBJECT),),
        "rows": (many(row, limits.DATA_TABLE_ROWS, least=2),),
        "page_size": whole(1, 100),
        "row_header_column_index": whole(0, limits.TABLE_CELLS - 1),
    }


def container(children: Check, plain: Check, words: Check, icon: Check) -> dict[str, Any]:
    """Its fields around the blocks that it may hold."""
    return {
        "title": plain,
        "rich_text_title": anything,
        "subtitle": words,
        "child_blocks": (many(children, limits.CHILD_BLOCKS),),
        "width": choice("narrow", "standard", "wide", "full"),
        "icon": icon,
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    }


def across(blocks: list[Json], at: str) -> Iterator[Fault]:
    """What concerns several fields of such a block, or several such blocks."""
    charts = [n for n, block in enumerate(blocks) if block["type"] == "data_visualization"]
    for extra in charts[limits.CHARTS_PER_MESSAGE :]:
        rule = {"type": "max_items", "expected": limits.CHARTS_PER_MESSAGE}
        yield Fault("no more than 2 data_visualization blocks allowed", f"{at}/{extra}", rule)
    tables = [block for block in blocks if block["type"] == "data_table"]
    if sum(map(_letters, tables)) > limits.DATA_TABLE_TEXT:
        rule = {"type": "max_length", "expected": limits.DATA_TABLE_TEXT}
        yield Fault("no more than 10000 characters in all cells", at, rule)
    for position, block in enumerate(blocks):
        for says in RULES.get(block["type"], ()):
            yield from says(block, f"{at}/{position}")


def _header(table: Json, at: str) -> Iterator[Fault]:
    if any(cell["type"] == "rich_text" for cell in table["rows"][0]):
        yield _broken("rich_text is not allowed in the header row", f"{at}/rows/0")


def _equal_rows(table: Json, at: str) -> Iterator[Fault]:
    if len({len(row) for row in table["rows"]}) > 1:
        yield _broken("all rows must have the same number of cells", f"{at}/rows")


def _title(container: Json, at: str) -> Iterator[Fault]:
    if not (container.get("title") or container.get("rich_text_title")):
        yield _broken("missing required field: title or rich_text_title", at)


def _collapsed(container: Json, at: str) -> Iterator[Fault]:
    if container.get("default_collapsed") and not container.get("is_collapsible"):
        yield _broken("default_collapsed needs is_collapsible", f"{at}/default_collapsed")


def _series(block: Json, at: str) -> Iterator[Fault]:
    chart = block["chart"]
    series = chart.get("series", [])
    if len({one["name"] for one in series}) < len(series):
        yield _broken("series names must be unique", f"{at}/chart/series")
    for position, one in enumerate(series):
        if [point["label"] for point in one["data"]] != chart["axis_config"]["categories"]:
            yield _broken("labels must match the categories", f"{at}/chart/series/{position}/data")


def _slices(block: Json, at: str) -> Iterator[Fault]:
    if any(one["value"] <= 0 for one in block["chart"].get("segments", [])):
        yield _broken("a segment must be greater than 0", f"{at}/chart/segments")


RULES = {
    "data_table": (_header, _equal_rows),
    "container": (_title, _collapsed),
    "data_visualization": (_series, _slices),
}


def _letters(node: object) -> int:
    if isinstance(node, dict):
        own = node.get("text")
        inner = sum(_letters(value) for name, value in node.items() if name != "text")
        return inner + (len(own) if isinstance(own, str) else _letters(own))
    return sum(map(_letters, node)) if isinstance(node, list) else 0


def _broken(message: str, at: str) -> Fault:
    rule: Rule = {"type": "constraint", "expected": message}
    return Fault(message, at, rule)
