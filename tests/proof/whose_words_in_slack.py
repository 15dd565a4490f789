"""The same rule from outside: posts by the signed door, forms in Slack, answers as they leave.

    python -m tests.proof.whose_words_in_slack --conversations 300

What a form says is read off its head, as the one who writes reads it. While it is open, others
write under the same post, in the open and in private, we ourselves among them.
"""

import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from slack_sandbox import Person, View
from tests.journeys.house import House

US = "@northwind"
PEOPLE = ("@jane", "@amy", "@troll", "@farid")
WIDTH = {"Private": 0, "private": 0, "Public": 1, "public": 1}
HEAD = re.compile(
    r"(?:🔒 )?(?P<visibility>\w+) answer to (?P<whom>\S+) on x(?:, as (?P<account>\S+))? ·"
)


@dataclass(frozen=True)
class Said:
    """The head of a form."""

    visibility: str
    whom: str
    account: str | None


@click.command()
@click.option("--conversations", default=300, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(conversations: int, seed: int) -> None:
    """Exit 0 only if no answer breaks what its form said."""
    began, counts, faults = time.monotonic(), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        house = House.open(f"sqlite:///{Path(folder)}/desk.db")
        for number in range(conversations):
            talk = Talk(house, Random(f"{seed}:{number}"), f"t{number}", counts)
            faults += talk.run()
            if number % 25 == 24:
                click.echo(f"{number + 1}: {len(faults)} faults", err=True)
        faults += [f"slack frowned: {one}" for one in house.slack.violations]
        house.close()
    for fault in faults[:20]:
        click.echo(fault)
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    click.echo(f"{conversations} conversations, {time.monotonic() - began:.0f} s: {told}")
    click.echo(f"{len(faults)} faults")
    raise SystemExit(1 if faults else 0)


class Talk:
    """A conversation of which one customer is answered, while everybody goes on writing."""

    def __init__(self, house: House, dice: Random, name: str, counts: Counter[str]):
        self.house, self.dice, self.name, self.counts = house, dice, name, counts
        self.posts: dict[str, dict[str, object]] = {}

    def run(self) -> list[str]:
        ann, house = self.house.ann, self.house
        self._somebody_writes(by=self.dice.choice(PEOPLE), above=None)
        for _ in range(self.dice.randint(0, 4)):
            self._anybody_writes()
        case, customer = self._some_case()
        said = self._open_form(ann, case)
        for _ in range(self.dice.randint(0, 3)):
            self._anybody_writes()
        text = f"Answer {self.name}, booking NW-77"
        looked = self._fill_in(ann, text)
        for _ in range(self.dice.randint(0, 2)):
            self._anybody_writes()
        ann.submit()
        house.pass_time("12s")
        self._decide(ann, case)
        return [f"{self.name}: {one}" for one in self._faults(text, said, looked, customer)]

    def _anybody_writes(self) -> None:
        self._somebody_writes(
            by=self.dice.choice([*PEOPLE, US]), above=self.dice.choice([*self.posts, None])
        )

    def _somebody_writes(self, by: str, above: str | None) -> None:
        post: dict[str, object] = {
            "id": f"{self.name}-{len(self.posts)}",
            "author": {"handle": by},
            "account": US if by == US else self.dice.choice([US, None]),
            "visibility": self.dice.choice(["public", "private"]),
            "conversation": f"cv-{self.name}",
            "in_reply_to": above,
        }
        self.posts[str(post["id"])] = post
        self.house.post("Where is my bag?", **post)
        self.counts["posts"] += 1

    def _some_case(self) -> tuple[int, str]:
        """One that a customer has in this conversation, and whose it is."""
        with self.house.store.reading() as tx:
            for post in self.dice.sample(list(self.posts.values()), len(self.posts)):
                author = str(post["author"]["handle"])  # type: ignore[index]
                stored = tx.posts.get(f"x:{post['id']}")  # type: ignore[arg-type]
                if author != US and stored and stored.case:
                    return stored.case, author
        raise AssertionError(f"{self.name}: no customer has a case")

    def _open_form(self, ann: Person, case: int) -> Said:
        ann.command("/case", f"reply {case}", "care-service")
        self.counts["forms"] += 1
        return said_of(ann.wait_view("reply"))

    def _fill_in(self, ann: Person, text: str) -> Said:
        """With the first account that is offered, where one has to be chosen."""
        form = ann.wait_view("reply")
        offered = [
            block["element"]["options"][0]
            for block in form.blocks
            if block.get("block_id") == "account"
        ]
        ann.submit({"text": text, **({"account": offered[0]["value"]} if offered else {})})
        return said_of(ann.wait_view("reply_preview"))

    def _decide(self, ann: Person, case: int) -> None:
        """It leaves by itself, or after the second look."""

        def state() -> str:
            with self.house.store.reading() as tx:
                reply = tx.replies.latest(case)  # type: ignore[arg-type]
            return str(reply.state) if reply else ""

        self.house.wait(lambda: state() in ("sent", "held"), f"{self.name}: an answer sent or held")
        if state() == "held":
            self.counts["second looks"] += 1
            card = self.house.card(case, says="It won't be sent")
            ann.press(card, "Send now")
            self.house.pass_time("12s")
            self.house.wait(lambda: state() == "sent", f"{self.name}: an answer sent")

    def _faults(self, text: str, said: Said, looked: Said, customer: str) -> list[str]:
        sent = [(reply, post) for reply, post in self.house.network.said if reply.text == text]
        if len(sent) != 1:
            return [f"sent {len(sent)} times"]
        self.counts["sent"] += 1
        reply, post = sent[0]
        mine = str(self.posts[post.id]["author"]["handle"])  # type: ignore[index]
        checks = {
            f"the form is for {said.whom}, the case of {customer}": said.whom != customer,
            f"for {said.whom}, under {mine}'s {post.id}": mine != said.whom,
            f"the preview says {looked}, the form {said}": looked.whom != said.whom
            or looked.visibility != said.visibility
            or bool(said.account and looked.account != said.account),
            f"the form said {said.visibility}, it went out {reply.visibility}": WIDTH[
                reply.visibility.value
            ]
            > WIDTH[said.visibility],
            f"{reply.visibility} is wider than {post.id}": WIDTH[reply.visibility.value]
            > WIDTH[str(self.posts[post.id]["visibility"])],
            f"the preview said {looked.account}, it left from {reply.account}": reply.account
            != looked.account,
        }
        return [fault for fault, is_true in checks.items() if is_true]


def said_of(form: View) -> Said:
    for block in form.blocks:
        if block["type"] == "alert" and (found := HEAD.match(block["text"]["text"])):
            return Said(found["visibility"], found["whom"], found["account"])
    raise AssertionError(f"a form without a head: {form.words}")


if __name__ == "__main__":
    main()
