"""What strangers wrote is shown on a terminal, and does nothing there."""

import io
import logging
from typing import Any

import pytest
import structlog
from rich.console import Console

from easel.cli import output
from easel.kit.logging import set_up_logging
from easel.kit.terminal import as_text

HOSTILE = [
    "a fox [/b] x",
    "[link=http://evil.example]click[/link]",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\text",
    "\x9b31mred",
    "a\rb",
    "abc\u202edef\u2066",
    "line\u2028separator",
    "notifier\x07 delete\x7f null\x00",
    "half \ud83d",
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_on_a_terminal_shows_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(output, "console", Console(file=shown, force_terminal=True, color_system=None, width=200))
    output.table(("ID", "PROMPT"), [("1", text), ("2", "b\nc")])
    drawn = shown.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert as_text(text) in drawn
    assert as_text(plain := drawn.replace("\n", "")) == plain
    assert len(drawn.splitlines()) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_behind_a_pipe_and_in_sentences_too(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("ID", "PROMPT"), [("1", text + "\tx\ny")])
    output.say(text)
    out = capsys.readouterr().out
    assert as_text(plain := out.replace("\n", "").replace("\t", "")) == plain
    assert len(out.splitlines()) == 3
    assert out.splitlines()[1].count("\t") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_what_goes_wrong_is_said_the_same_way(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(output, "trouble", Console(file=shown, color_system=None, width=200, soft_wrap=True))
    with pytest.raises(SystemExit), output.errors():
        raise output.CommandError(text)
    assert shown.getvalue() == as_text(text) + "\n"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Ein Fuchs – “Hello”, 日本, שלום, 🎨 👩‍🎨 :smile: [b]"
    assert as_text(text) == text
    assert as_text("a\n\tb", lines=True) == "a\n\tb"
    assert as_text("a\n\tb") == "a\\u000a\\u0009b"


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_the_log_of_a_terminal_shows_it(text: str) -> None:
    stream: Any = Terminal()
    try:
        set_up_logging("info", stream)
        structlog.get_logger().info("job accepted", prompt=text)
        logging.getLogger("library").warning(text)
    finally:
        set_up_logging("warning")
    written = stream.getvalue()
    assert as_text(text) in written
    for colour in (f"\x1b[{number}m" for number in range(100)):
        written = written.replace(colour, "")
    assert as_text(plain := written.replace("\n", "")) == plain
