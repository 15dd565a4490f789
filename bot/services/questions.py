"""*Ask*: a question with the case's context to a colleague or another channel."""

from bot.domain import effects
from bot.domain.ask import Question
from bot.domain.blank import must_say
from bot.domain.case import Case
from bot.domain.errors import (
    LeavesCompany,
    NoSuchChannel,
    NoSuchPerson,
    NoSuchQuestion,
    QuestionAnswered,
)
from bot.domain.ids import CaseId, ChannelId, MemberId
from bot.domain.timeline import What
from bot.services.incident_people import is_in
from bot.services.kernel import Kernel, Work
from bot.services.repeats import MOST, WITHIN


class Questions:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def ask_person(
        self, number: CaseId, person: MemberId, question: str, *, by: MemberId
    ) -> Question:
        with self._kernel.look() as work:
            rights = work.standing(person)
            if rights.person is None or rights.is_gone:
                raise NoSuchPerson(rights.person.name if rights.person else person)
            if rights.person.is_outside and not rights.works_in:
                raise LeavesCompany(person=person)
        return self._ask(number, f"person:{person}", question, by)

    def ask_channel(
        self, number: CaseId, channel: ChannelId, question: str, *, by: MemberId
    ) -> Question:
        with self._kernel.look() as work:
            _may_read(work, work.case(number), channel, by)
        return self._ask(number, f"channel:{channel}", question, by)

    def get(self, number: int) -> Question:
        with self._kernel.look() as work:
            return _question(work, number)

    def answer_at(self, channel: ChannelId, ts: str) -> str | None:
        """What a colleague answered, where the desk has said it there; "" for other notes of it."""
        with self._kernel.look() as work:
            message = work.tx.outbox.at_message(channel, ts)
            if message is None:
                return None
            number = message.args.get("question")
            found = work.tx.asks.get_question(int(str(number))) if number else None
            return found.answer or "" if found else ""

    def to_answer(self, number: int, *, by: MemberId) -> Question:
        """What was asked, for somebody who may answer it."""
        with self._kernel.look() as work:
            question = _question(work, number)
            _may_answer(work, question, by)
            return question

    def answer(self, number: int, answer: str, *, by: MemberId) -> Question:
        """The first answer stands; it goes into the case's thread, never to the customer."""
        with self._kernel.work() as work:
            question = _question(work, number)
            _may_answer(work, question, by)
            must_say(answer)
            case = work.case(question.case)
            if not work.tx.asks.answer(number, answer, by=by, at=work.at):
                raise QuestionAnswered(question.answered_by)
            work.record(case.id, What.ANSWERED, by, question=number)
            work.note(case, f"answer:{number}", say="answered", question=number, by=by)
            asked = work.tx.outbox.get(f"note:ask:{number}")
            if asked:
                work.tell(asked.again())
            return question

    def _ask(self, number: CaseId, place: str, question: str, by: MemberId) -> Question:
        with self._kernel.work() as work:
            case = work.case(number)
            work.around(case, by)
            must_say(question)
            if last := _unanswered(work, case, place, by):
                return _add(work, last, question)
            asked = work.tx.asks.question(
                case.id, asker=by, place=place, question=question, at=work.at
            )
            work.record(case.id, What.ASKED, by, question=asked.id, place=place)
            words = {"say": "question", "question": asked.id}
            work.tell(effects.tell(f"ask:{asked.id}", place, words, case.id))
            work.note(case, f"asked:{asked.id}", say="asked_here", question=asked.id)
            return asked


def _unanswered(work: Work, case: Case, place: str, by: MemberId) -> Question | None:
    """The last one, where they have asked there so often just now that it only disturbs."""
    lately = [
        one
        for one in work.tx.asks.questions(case.id)
        if (one.asker, one.place) == (by, place) and work.at - one.asked_at < WITHIN
    ]
    is_much = len(lately) >= MOST and lately[-1].answer is None
    return lately[-1] if is_much else None


def _add(work: Work, last: Question, question: str) -> Question:
    """It stands in the same message, which is drawn anew."""
    work.tx.asks.add_to_question(last.id, question)
    work.record(last.case, What.ASKED, last.asker, question=last.id, place=last.place)
    told = work.tx.outbox.get(f"note:ask:{last.id}")
    if told:
        work.tell(told.again())
    return _question(work, last.id)


def _may_read(work: Work, case: Case, channel: ChannelId, by: MemberId) -> None:
    """One that another company shares was confirmed for one department; a room is its members'."""
    shared = [one for one in work.tx.people.channels() if one.channel == channel and one.is_shared]
    place = f"department:{case.department}"
    if shared and not any(one.place == place and not one.fault for one in shared):
        raise LeavesCompany(channel=shared[0].name)
    incident = work.tx.incidents.at(channel)
    if incident and not is_in(work, incident, by):
        raise NoSuchChannel(channel)


def _question(work: Work, number: int) -> Question:
    question = work.tx.asks.get_question(number)
    if question is None:
        raise NoSuchQuestion(number)
    return question


def _may_answer(work: Work, question: Question, by: MemberId) -> None:
    """Who was asked, the members of the channel that was, and everybody around the case."""
    if not _is_asked(work, question.place, by):
        work.around(work.case(question.case), by)


def _is_asked(work: Work, place: str, by: MemberId) -> bool:
    """The desk knows who is in its own channels; elsewhere it knows only who needs naming."""
    person = work.standing(by).person
    if person is None or person.is_gone:
        return False
    kind, _, asked = place.partition(":")
    if kind == "person":
        return asked == by
    channel = ChannelId(asked)
    is_there = not work.tx.people.place_of(channel) or work.tx.people.is_in(channel, by)
    return is_there and not person.is_outside
