"""routing.toml, read into the rule book and written back."""

from collections.abc import Collection, Mapping

from bot.domain.department import Department
from bot.domain.errors import BadQuery
from bot.domain.ids import TRIAGE, DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule, RuleBook
from bot.domain.setup_tables import Document, Read, Table
from bot.domain.setup_values import each, in_text, one_of, queue_among

LONGEST_ASK = 300
_EXAMPLE = '{department = "sales", ask = "follow up the lead"}'


def read_routing(
    document: Document,
    known: Collection[Department],
    faults: list[str],
    gone: Collection[DepartmentKey] = (),
) -> RuleBook:
    """The rules; what is wrong is added to `faults`, and such a rule is suspended."""
    top = Table("routing.toml", {"default": TRIAGE, **document}, faults)
    owner = in_text(queue_among(known, gone))
    default = top.read("default", owner, TRIAGE)
    rules = tuple(_rule(table, owner) for table in top.tables("rule", "department"))
    top.refuse_unread()
    return RuleBook(rules, default)


def _rule(table: Table, owner: Read[DepartmentKey]) -> Rule:
    priority = table.read("priority", one_of(Priority), None)
    also = table.read("also", each(_also(owner)), [])
    rule = Rule(
        department=table.need("department", owner, TRIAGE, example='"service"'),
        when=table.need("when", _when, "", example='"words:refund"'),
        also=tuple(key for key, _ in also),
        priority=Priority(priority) if priority else None,
        asks=tuple((key, ask) for key, ask in also if ask),
    )
    return rule if table.is_sound else _unreadable(table)


def _also(owner: Read[DepartmentKey]) -> Read[tuple[DepartmentKey, str]]:
    """A department that follows: its key alone, or a table with what it is asked."""

    def read(value: object) -> tuple[DepartmentKey, str]:
        if not isinstance(value, Mapping):
            return owner(value), ""
        ask = value.get("ask", "")
        if value.keys() - {"department", "ask"} or not isinstance(ask, str):
            raise ValueError(f"write {_EXAMPLE}")
        return owner(value.get("department")), " ".join(ask.split())[:LONGEST_ASK]

    return read


def _unreadable(table: Table) -> Rule:
    """It acts on nothing, and is written back as it was."""
    return Rule(
        DepartmentKey(str(table.content.get("department", TRIAGE))),
        str(table.content.get("when", "")),
        suspended="; ".join(table.reasons),
        written=table.content,
    )


def _when(value: object) -> str:
    """The condition in its canonical text; an empty one finds every post."""
    if not isinstance(value, str):
        raise ValueError("write a text in quotes")
    try:
        return str(Rule(TRIAGE, value).query)
    except BadQuery as fault:
        raise ValueError("; ".join(filter(None, (fault.reason, fault.hint)))) from None


def routing_document(book: RuleBook) -> dict[str, object]:
    return {"default": book.default, "rule": [_written(rule) for rule in book.rules]}


def _written(rule: Rule) -> Mapping[str, object]:
    if rule.written is not None:
        return rule.written
    table: dict[str, object] = {"department": rule.department, "when": rule.when}
    if rule.also:
        table["also"] = [_follower(rule, key) for key in rule.also]
    if rule.priority:
        table["priority"] = rule.priority.value
    return table


def _follower(rule: Rule, key: DepartmentKey) -> object:
    ask = rule.ask_of(key)
    return {"department": str(key), "ask": ask} if ask else key
