"""A poll that the browser sent before it heard of another screen: the new screen stands."""

import re
from collections.abc import Callable

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402

from tests.browser.steps import go, settled, until  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
expect = sync_api.expect


def polled(message: bytes) -> str:
    """The part of the screen that a message of the browser asks to draw anew; empty for others."""
    told = BackMsg.FromString(message)
    timed = told.WhichOneof("type") == "rerun_script" and told.rerun_script.is_auto_rerun
    return told.rerun_script.fragment_id if timed else ""


def drawn(message: bytes) -> bool:
    """Whether a message of the server says that a whole screen stands."""
    told = ForwardMsg.FromString(message)
    return (
        told.WhichOneof("type") == "script_finished"
        and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )


def answered(message: bytes) -> bool:
    """Whether a message of the server says that it has read all messages up to a sign of life."""
    return ForwardMsg.FromString(message).WhichOneof("type") == "heartbeat_ack"


def test_the_screen_stands(own_shop, new_tab: Callable) -> None:
    page = new_tab()
    polls: dict[str, bytes] = {}
    received: list[bytes] = []
    servers = []
    broken: list[object] = []

    def listen(browser: "sync_api.WebSocketRoute") -> None:
        server = browser.connect_to_server()
        servers.append(server)

        def to_server(message: bytes) -> None:
            if part := polled(message):
                polls[part] = message
            server.send(message)

        def to_browser(message: bytes) -> None:
            received.append(message)
            browser.send(message)

        browser.on_message(to_server)
        server.on_message(to_browser)

    page.on("pageerror", lambda error: broken.append(error))
    page.route_web_socket(re.compile("_stcore/stream"), listen)
    page.goto(f"{own_shop.url}/plan?project=Sample+shop")
    page.get_by_role("button", name="Make the plan again").click()
    until(page, lambda: len(polls) == 2)  # in the sidebar and on the screen
    late = list(polls.values())
    go(page, "Overview")
    for polls_at_once, then in ((late, drawn), (late[:1], drawn), (late[1:], answered)):
        seen = len(received)
        for poll in polls_at_once:
            servers[-1].send(poll)
        servers[-1].send(BackMsg(app_heartbeat=True).SerializeToString())
        until(page, lambda then=then, seen=seen: any(map(then, received[seen:])))
        settled(page)
        expect(page.get_by_role("heading", name="Overview", level=1, exact=True)).to_be_visible()
        expect(page.get_by_text("Linking sites")).to_be_visible()
    assert broken == []
