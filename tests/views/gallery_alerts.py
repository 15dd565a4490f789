"""Calls to a channel, in each variant."""

from dataclasses import replace

from bot.domain.facts import AlertFacts, AlertLine
from bot.domain.ids import CaseId
from tests.views.made import DEPARTMENTS, LINK, NOW, ago, case, claimed, post, run
from tests.views.shown import SOON

_WAITING = AlertLine(case(), post(), ago(5), waits=True, due=run(SOON), link=LINK)
_TAKEN = replace(_WAITING, case=claimed(), waits=False)
_SOME = (_WAITING, replace(_WAITING, case=case(id=CaseId(1043)), link=None))

ALERTS = {
    "new": AlertFacts(DEPARTMENTS[0], _SOME[:1], 1, is_loud=True, is_new=True, now=NOW),
    "more": AlertFacts(DEPARTMENTS[0], _SOME, 2, is_loud=True, is_new=True, now=NOW),
    "untaken": AlertFacts(DEPARTMENTS[0], _SOME * 5, 37, is_loud=True, is_new=False, now=NOW),
    "waits": AlertFacts(DEPARTMENTS[0], _SOME[:1], 1, is_loud=False, is_new=False, now=NOW),
    "taken": AlertFacts(DEPARTMENTS[0], (_TAKEN,), 1, is_loud=True, is_new=False, now=NOW),
}
