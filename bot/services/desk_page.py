"""The read-only page for when Slack is down: what is open, and who is on duty."""

from bot.domain.case import Case
from bot.domain.desk_page import DeskPage, DeskRow, excerpt
from bot.domain.ids import MemberId
from bot.services.kernel import Kernel, Work

MOST_ROWS = 200


def desk_page(kernel: Kernel, page: int = 1) -> DeskPage:
    """The open cases, in the queue's order, two hundred a page."""
    with kernel.look() as work:
        total = work.tx.counts.open_cases()
        pages = max(1, -(-total // MOST_ROWS))
        page = min(max(page, 1), pages)
        first = (page - 1) * MOST_ROWS
        cases = work.tx.cases.most_urgent(limit=first + MOST_ROWS)[first:]
        on_duty = [*work.on_duty(1), *work.on_duty(2)]
        return DeskPage(
            generated_at=work.at,
            rows=tuple(_row(work, case) for case in cases),
            page=page,
            before=first,
            after=total - first - len(cases),
            on_duty=tuple(dict.fromkeys(_name(work, member) for member in on_duty)),
        )


def _row(work: Work, case: Case) -> DeskRow:
    stored = work.first_post(case)
    due = work.tx.promises.next_due(case.id)
    return DeskRow(
        case=case.id,
        department=work.department_of(case).name,
        network=stored.post.source,
        author=stored.post.author.name or stored.post.author.handle,
        excerpt=excerpt(stored.post.text),
        due_at=due.due_at if due else None,
        url=stored.post.url,
        assignee=_name(work, case.assignee) if case.assignee else None,
    )


def _name(work: Work, member: MemberId) -> str:
    person = work.tx.people.get(member)
    return person.name if person and person.name else member
