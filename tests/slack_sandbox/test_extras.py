"""What a program adds to the page: its own addresses, its own module, and what people did."""

import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from slack_sandbox import Extra, Refused, Sandbox

_direct = build_opener(ProxyHandler({}))


def get(slack: Sandbox, path: str) -> str:
    with _direct.open(f"{slack.url}{path}", timeout=5) as answer:
        return answer.read().decode()


def post(slack: Sandbox, path: str, **body: object) -> dict:
    asked = Request(f"{slack.url}{path}", json.dumps(body).encode())
    asked.add_header("Content-Type", "application/json")
    with _direct.open(asked, timeout=5) as answer:
        return json.load(answer)


def refuse(body: dict) -> dict:
    raise Refused(f"Not {body['what']}.")


def test_an_extra_has_reads_acts_files_and_is_loaded_by_the_page(tmp_path: Path):
    (tmp_path / "more.js").write_text("export {};")
    did = []
    with Sandbox.start() as slack:
        assert "more.js" not in get(slack, "/")
        extra = Extra(
            "more", tmp_path, {"sum": lambda query: {"is": int(query["a"]) + 1}},
            {"stop": refuse}, lambda act, body: did.append((act, body["text"])),
        )  # fmt: skip
        slack.mount(extra)
        assert '<script type="module" src="/more/static/more.js"></script>' in get(slack, "/")
        assert get(slack, "/more/static/more.js") == "export {};"
        assert json.loads(get(slack, "/more/sum?a=41")) == {"is": 42}
        answer = post(slack, "/more/stop", what="now")
        assert (answer["ok"], answer["message"]) == (False, "Not now.")
        ann = slack.person("ann")
        channel = slack.channel("care", members=[ann])
        post(slack, "/page/message", **{"as": ann.id}, channel=channel.id, text="hello")
        assert did == [("message", "hello")]
        for missing in ("/more/what", "/less/sum", "/more/static/..%2Fsecret"):
            with pytest.raises(HTTPError, match="404"):
                get(slack, missing)
