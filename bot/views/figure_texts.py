"""The figures for the terminal and for other programs: a table, JSON, CSV."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.durations import spoken
from bot.domain.kpi import Figure, Unit
from bot.domain.report import Report

_HEAD = ("figure", "department", "value", "p90", "of", "better")
_COLUMNS = ("figure", "department", "unit", "value", "p90", "size", "better", "about")
_RUN = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # what a spreadsheet would run


def shown(unit: Unit, value: float | None) -> str:
    """A figure's value as people read it."""
    if value is None:
        return "–"
    match unit:
        case Unit.TIME:
            return spoken(timedelta(seconds=value))
        case Unit.SHARE:
            return f"{value * 100:.0f} %"
        case Unit.MEAN:
            return f"{value:.2f}"
        case Unit.COUNT:
            return f"{value:,.0f}"


def as_table(report: Report) -> str:
    rows = [_HEAD, *(_row(one) for one in report.figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    period = report.period
    whose = f", {report.department}" if report.department else ""
    head = f"{period.since:%Y-%m-%d %H:%M} to {period.until:%Y-%m-%d %H:%M} UTC{whose}"
    return "\n".join([head, "", *lines, ""])


def as_json(report: Report) -> str:
    found = {
        "since": report.period.since.isoformat(),
        "until": report.period.until.isoformat(),
        "department": report.department,
        "figures": [_facts(one) for one in report.figures],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def as_csv(report: Report) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    table.writerows(
        [cell(_facts(one)[column]) for column in _COLUMNS] for one in report.figures
    )  # fmt: skip
    return written.getvalue()


def cell(value: object) -> str:
    """A word stays a word in every spreadsheet; a number stays a number."""
    text = "" if value is None else str(value)
    begins = text[:1].strip(" ") or text.lstrip()[:1]  # some look behind spaces
    return f"'{text}" if isinstance(value, str) and begins in _RUN else text


def _facts(figure: Figure) -> dict[str, object]:
    kpi = figure.kpi
    return {
        "figure": kpi.name,
        "department": figure.department,
        "unit": kpi.unit.value,
        "value": figure.value,
        "p90": figure.p90,
        "size": figure.size,
        "better": kpi.better.value,
        "about": kpi.of.value,
        "means": kpi.help,
    }


def _row(figure: Figure) -> Sequence[str]:
    kpi = figure.kpi
    return (
        kpi.title,
        figure.department or "",
        shown(kpi.unit, figure.value),
        shown(kpi.unit, figure.p90) if figure.p90 is not None else "",
        str(figure.size),
        kpi.better.value,
    )
