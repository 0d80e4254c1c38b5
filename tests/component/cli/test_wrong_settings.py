"""Every setting that nothing can start with is one line: its name as it was written, what is wrong, what is legal."""

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from tests.support.samples import one_in

from easel.cli import main
from easel.cli.options import load_settings
from easel.cli.output import errors
from easel.config import FileSettings
from easel.kit.settings import WrongSettings
from easel.providers.upstream import secret_of

# By the setting: wrong values, and words of the line that each must lead to.
WRONG: dict[str, list[tuple[str, str]]] = {
    "EASEL_PORT": [
        ("eighty", "a whole number such as 8787"),
        ("8787.5", "such as 8787"),
        ("8,787", "such as 8787"),
        ("-1", "at least 0"),
        ("65536", "at most 65,535"),
        ("99999999999999999999999", "at most 65,535"),
        ("٨٧٨٧x", "a whole number"),
        ("0x50", "a whole number"),
        ("tcp://10.0.0.7:8787", "enableServiceLinks"),
        ("“8787”", "write 8787"),
    ],
    "EASEL_WORKERS": [("0", "at least 1"), ("65", "at most 64"), ("two", "a whole number")],
    "EASEL_METRICS_PORT": [("http", "a whole number"), ("70000", "at most 65,535")],
    "EASEL_HOST": [
        ("http://0.0.0.0:8787", "Write 0.0.0.0"),
        ("0.0.0.0:8787", "Write 0.0.0.0"),
        ("[::1]:80", "Write ::1"),
        ("my host", "a host name"),
        ("‘localhost’", "write localhost"),
        ("host\nname", "control character (U+000A)"),
        ("Ωmega", "a host name"),
    ],
    "EASEL_PUBLIC_URL": [
        ("images.example.com", "is not the address of a server"),
        ("https:/images.example.com", "is not the address of a server"),
        ("ftp://images.example.com", "http:// or https://"),
        ("https://images example.com", "is not the address of a server"),
        ("https://host:99999", "is not the address of a server"),
        ("https://host:port", "is not the address of a server"),
        ("https://", "http:// or https://"),
        ("https://[::1", "is not the address of a server"),
        ("”https://x.example”", "write https://x.example"),
        ("https://x.example\nhttps://y.example", "control character"),
    ],
    "EASEL_DATABASE_URL": [
        ("sqlite:///easel.db", "sqlite, which is not supported"),
        ("mysql://u:p@h/d", "mysql, which is not supported"),
        ("postgresql", "is not a database address"),
        ("host/name", "is not a database address"),
        ("postgresql://u:p@h:port/d", "is not a database address"),
        ("“postgresql://u:p@h/d”", "typographic quotes"),
        ("postgresql://u:p@h/d\nx", "control character"),
        ("https://u:p@h/d", "https, which is not supported"),
    ],
    "EASEL_STORAGE_URL": [
        ("bucket", "Did you mean s3://bucket?"),
        ("s3:/bucket", "Did you mean s3://bucket?"),
        ("s3://", "s3://bucket or s3://bucket/folder"),
        ("gs://bucket", "Did you mean s3://bucket?"),
        ("https://s3.example.com/bucket", "s3://bucket"),
        ("s3://bucket?x=1", "s3://bucket"),
        ("S3://bucket", "Did you mean s3://bucket?"),
        ("s3://b b", "s3://bucket"),
        ("s3://host:9000/bucket", "s3://bucket"),
    ],
    "EASEL_STORAGE_ENDPOINT": [
        ("s3.example.com", "Did you mean https://s3.example.com?"),
        ("http://", "not a valid address"),
        ("https://s3 .example.com", "a blank"),
        ("https://s3.example.com/a b", "a blank"),
        ("https://s3.example.com?x=1", "without ?"),
        ("https://s3.example.com/#x", "such as https://s3.example.com"),
        ("https://key:secret@s3.example.com", "and @"),
    ],
    "EASEL_STORAGE_PUBLIC_ENDPOINT": [
        ("https://s3.example.com?x=1", "without ?"),
        ("https://s3.example.com", "set EASEL_STORAGE_SIGNED_URLS to true"),
    ],
    "EASEL_STORAGE_SIGNED_URLS": [
        ("maybe", "true or false"),
        ("2", "true or false"),
        ("ja", "true or false"),
        ("true", "set EASEL_STORAGE_URL to s3://bucket"),
    ],
    "EASEL_PROVENANCE": [("sometimes", "true or false")],
    "EASEL_LOG_PROMPTS": [("nein", "true or false")],
    "EASEL_LOG_LEVEL": [("INF", "Did you mean info?"), ("warn!", "Did you mean warning?"), ("trace", "debug, info")],
    "EASEL_PROVIDERS": [
        ("openia", "Did you mean openai?"),
        ("openai;replicate", "replicate"),
        ("dalle", "sketch"),
    ],
    "EASEL_OPENAI_LACKS": [("streams", "stream"), ("stream,qualty", "quality")],
    "EASEL_OPENAI_SIZES": [("exactly", "Did you mean exact?")],
    "EASEL_OPENAI_RESPONSE_FORMAT": [("b64", "Did you mean b64_json?")],
    "EASEL_OPENAI_MODELS": [("gpt-image-2", "gpt-image-2=their-name")],
    "EASEL_OPENAI_FILE_HOSTS": [("https://files.example.com/x", "Write files.example.com")],
    "EASEL_ALLOWED_HOSTS": [("a.example,http://b.example", "Write b.example"), ("c.example:80", "Write c.example")],
    "EASEL_TRUSTED_NETWORKS": [
        ("10.0.0.1/8", "write 10.0.0.0/8"),
        ("10.0.0.0/33", "such as 10.0.0.0/8"),
        ("private", "such as 10.0.0.0/8"),
        ("10.*", "such as 10.0.0.0/8"),
        ("127.0.0.0/8 10.0.0.0/8", "such as 10.0.0.0/8"),
    ],
    "EASEL_DRAIN_SECONDS": [
        ("ten", "a number such as 10"),
        ("-1", "at least 0"),
        ("inf", "1,000,000,000"),
        ("10s", "a"),
    ],
    "EASEL_BODY_SECONDS": [("0", "more than 0"), ("1e99", "at most")],
    "EASEL_RETENTION_DAYS": [
        ("0", "at least 1"),
        ("ever", "such as 90"),
        ("99999", "at most 36,500"),
    ],
    "EASEL_MAX_ORPHAN_PERCENT": [("101", "at most 100"), ("5%", "a number such as 5")],
    "EASEL_RATE_LIMIT_PER_MINUTE": [("-1", "at least 0"), ("none", "such as 500")],
    "EASEL_OPENAI_IMAGES_PER_MINUTE": [("0", "more than 0"), ("5/min", "a number")],
    "EASEL_SKETCH_THREADS": [("65", "at most 64")],
    "EASEL_METRICS_TOKEN": [("short", "at least 16 characters"), ("a token with blanks in it", "a blank (U+0020)")],
    "EASEL_BOOTSTRAP_KEY": [
        ("sk-1234567890123456", "afk_"),
        ("afk_", "16 characters"),
        ("afk_1234567”8901234", "mark"),
    ],
    "EASEL_TRACES_URL": [("collector:4318", "Did you mean https://collector:4318?")],
    "OTEL_EXPORTER_OTLP_ENDPOINT": [("localhost:4318", "http:// or https://")],
    "OPENAI_API_KEY": [
        ("“sk-abc”", "typographic quotes"),
        ("sk-abc’", "typographic quotes"),
        ("sk-ab c", "a blank (U+0020)"),
        ("sk-ab\u00a0c", "no-break space"),
        ("sk-ab\nsk-cd", "U+000A"),
        ("sk-äbc", "U+00E4"),
        ("sk-ab…", "horizontal ellipsis"),
        ("Bearer sk-abc", "a blank"),
        ("sk–abc", "en dash"),
        ("sk-\u200babc", "zero width space"),
        ('"sk-abc', "a quote at one end only"),
        ("OPENAI_API_KEY=sk-abc", "write what follows OPENAI_API_KEY="),
        ("${OPENAI_KEY}", "that nothing has replaced"),
        ("$OPENAI_KEY", "that nothing has replaced"),
        ("sk-\x7f", "control character"),
    ],
    "OPENAI_API_KEY_FILE": [
        ("/nowhere/key", "which does not exist"),
        ("FOLDER", "which is a folder"),
        ("EMPTY", "which is empty"),
        ("QUOTED", "typographic quotes"),
        ("BINARY", "not UTF-8"),
        ("EMPTY/key", "Not a directory"),
        ("FIFO", "which is no ordinary file"),
        ("/dev/zero", "which is no ordinary file"),
        ("~nobody-of-this-name/key", "there is no such user"),
        ("/tmp/\udcff", "not UTF-8"),
    ],
    "OPENAI_BASE_URL": [
        ("api.openai.com/v1", "Did you mean https://api.openai.com/v1?"),
        ("http://gpu:80:80/v1", "not a valid address"),
        ("htps://api.openai.com/v1", "Did you mean https://api.openai.com/v1?"),
        ("HTTP://127.0.0.1/v1", "Did you mean http://127.0.0.1/v1?"),
        ("https://a b/v1", "a blank"),
    ],
    "REPLICATE_API_TOKEN": [("r8_a b", "a blank"), ("«r8_ab»", "typographic quotes")],
    "REPLICATE_API_TOKEN_FILE": [("/nowhere", "which does not exist"), ("FOLDER", "which is a folder")],
    "REPLICATE_BASE_URL": [("replicate", "Did you mean https://replicate?")],
    "AWS_ACCESS_KEY_ID": [("AKIA X", "a blank")],
    "AWS_SECRET_ACCESS_KEY": [("“x”", "typographic quotes")],
    "EASEL_PROVENANCE_KEY": [("/nowhere.pem", "which does not exist"), ("FOLDER", "which is a folder")],
    # Names that are none.
    "EASEL_PROVIDRES": [("sketch", "Did you mean EASEL_PROVIDERS?")],
    "EASEL_OPENAI_API_KEY": [("sk-abc", "Its name is OPENAI_API_KEY")],
    "EASEL_SERVICE_HOST": [("10.0.0.7", "enableServiceLinks")],
    "EASEL_PORT_8787_TCP_ADDR": [("10.0.0.7", "enableServiceLinks")],
    "easel_prot": [("1", "Did you mean EASEL_PORT?")],
    "EASEL_": [("1", "is not a setting")],
}
CASES = [(name, value, words) for name, cases in WRONG.items() for value, words in cases]
RIGHT = [
    ("OPENAI_API_KEY", "sk-abc\n", "openai_api_key"),
    ("OPENAI_API_KEY", "\ufeff 'sk-abc'\r\n", "openai_api_key"),
    ("OPENAI_API_KEY", '"sk-abc"', "openai_api_key"),
    ("OPENAI_API_KEY", "\u200bsk-abc\u00a0", "openai_api_key"),
]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where nothing is set, with files that keys may be in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FOLDER").mkdir()
    (tmp_path / "EMPTY").write_text(" \n")
    os.mkfifo(tmp_path / "FIFO")
    (tmp_path / "QUOTED").write_text("“sk-abc”\n")
    (tmp_path / "BINARY").write_bytes(b"\xff\xfe\x00s")
    return {"EASEL_DATA": str(tmp_path / "none")}


def complaint(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], command: Callable[[], object] = load_settings
) -> list[str]:
    """The lines with which the command ends with 1; every command loads the settings."""
    out, told = io.StringIO(), io.StringIO()
    with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(told):
        for name, value in env.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as end, errors():
            command()
    assert (end.value.code, out.getvalue()) == (1, "")
    return told.getvalue().splitlines()


def test_there_are_many() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(
    ("name", "value", "words"), one_in(3, CASES), ids=[f"{name}={value!r}" for name, value, _ in CASES]
)
def test_it_is_one_line_that_names_the_setting(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    lines = complaint(monkeypatch, files | {name: value})
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{name} "), lines
    assert words in lines[0]
    assert "Traceback" not in lines[0]
    assert "sk-" not in lines[0]


@pytest.mark.parametrize(("name", "value", "field"), RIGHT)
def test_what_copying_adds_is_taken_off(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(), field).get_secret_value() == "sk-abc"
    Path("key").write_text(value, "utf-8")
    monkeypatch.delenv(name)
    monkeypatch.setenv(f"{name}_FILE", "key")
    assert secret_of(None, load_settings().openai_api_key_file) == "sk-abc"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://Images.Example/Easel/", "https://images.example/Easel"),
        ("https://images.example:443", "https://images.example"),
        ("http://images.example:8080//", "http://images.example:8080"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_the_public_url_is_as_browsers_write_it(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, written: str, meant: str
) -> None:
    monkeypatch.setenv("EASEL_PUBLIC_URL", written)
    assert load_settings().public_url == meant


def test_blanks_alone_set_nothing(files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EASEL_PORT", "OPENAI_API_KEY", "EASEL_PUBLIC_URL", "EASEL_PROVIDERS"):
        monkeypatch.setenv(name, " \r\n")
    settings = load_settings()
    assert (settings.port, settings.openai_api_key, settings.public_url) == (8787, None, None)
    assert settings.provider_names == ["sketch"]


TOML = {
    'port = "x"\nprot = 1\n[server]\nhost = "a"\n': [
        "easel.toml: port must be a whole number such as 8787, not 'x'.",
        "easel.toml: prot is not a setting. Did you mean port?",
        "easel.toml: server is not a setting. Did you mean servers?",
    ],
    "port = \n": ["easel.toml is not valid TOML: invalid value (at line 1, column 8)."],
    "port = 1\nport = 2\n": ["easel.toml is not valid TOML: cannot overwrite a value (at line 2, column 9)."],
    "providers = 3\n": ["easel.toml: providers must be a list, or a text with commas, not '3'."],
    "host = ['a']\n": ["easel.toml: host must be a text, not '['a']'."],
    "log_prompts = 'ja'\n": ["easel.toml: log_prompts must be true or false, not 'ja'."],
    "openai_models = ['a']\n": ["easel.toml: openai_models must be a table, or a text such as a=b,c=d, not '['a']'."],
}


@pytest.mark.parametrize("content", TOML)
def test_the_file_is_named_as_it_was_written(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    Path("easel.toml").write_text(content)
    assert sorted(complaint(monkeypatch, files)) == sorted(TOML[content])


def test_all_faults_are_told_at_once_whatever_they_are_in(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("easel.toml").write_text("host = ")
    monkeypatch.setattr("sys.argv", ["easel", "serve", "--port", "70000"])
    lines = complaint(monkeypatch, files | {"EASEL_PROVIDRES": "x", "EASEL_LOG_LEVEL": "loud"}, main)
    assert len(lines) == 4
    for beginning in ("easel.toml is", "--port must", "EASEL_PROVIDRES is", "EASEL_LOG_LEVEL must"):
        assert any(line.startswith(beginning) for line in lines), lines


@pytest.mark.parametrize(
    ("words", "env", "beginning"),
    [
        (["--no-worker"], {}, "--no-worker needs a shared database: set EASEL_DATABASE_URL."),
        (["--workers", "2"], {}, "--workers 2 needs a shared database: set EASEL_DATABASE_URL."),
        ([], {"EASEL_WORKERS": "3"}, "EASEL_WORKERS 3 needs a shared database: set EASEL_DATABASE_URL."),
        (
            ["--workers", "4"],
            {"EASEL_DATABASE_URL": "postgresql://u@127.0.0.1:9/x", "EASEL_METRICS_PORT": "65532", "EASEL_PORT": "0"},
            "EASEL_METRICS_PORT is 65532: the 4 ports after it are those of the processes. Choose 65531 at most.",
        ),
    ],
)
def test_several_processes_need_what_they_share(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, words: list[str], env: dict[str, str], beginning: str
) -> None:
    monkeypatch.setattr("sys.argv", ["easel", "serve", *words])
    (line,) = complaint(monkeypatch, files | env, main)
    assert line.startswith(beginning)


def test_a_file_of_windows_is_read_and_what_is_no_text_is_told(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("easel.toml")
    file.write_bytes(b"\xef\xbb\xbfport = 1234\r\nhost = ' ::1 '\r\n")
    assert (load_settings().port, load_settings().host) == (1234, "::1")
    file.write_bytes(b"host = '\xff'")
    assert complaint(monkeypatch, files) == ["easel.toml is not UTF-8 text: byte 8. Save it as UTF-8."]
    file.unlink()
    file.mkdir()
    [line] = complaint(monkeypatch, files)
    assert "easel.toml: Is a directory" in line
    with pytest.raises(WrongSettings, match=r"other.toml: prot is not a setting. Did you mean port\?"):
        Path("other.toml").write_text("prot = 1")
        FileSettings.of(Path("other.toml"))


@pytest.mark.parametrize(
    "host",
    ["store", "store.", "s3.local.", "s3.home.arpa", "s3.intranet", "S3.Corp", "nas.home", "nas.lan.", "10.0.0.7"],
)
def test_signed_urls_of_a_public_server_do_not_lead_inside(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    signed = {
        "EASEL_STORAGE_URL": "s3://pictures",
        "EASEL_STORAGE_SIGNED_URLS": "true",
        "EASEL_STORAGE_ENDPOINT": f"https://{host}",
        "EASEL_PUBLIC_URL": "https://images.example.com",
    }
    [line] = complaint(monkeypatch, files | signed)
    assert line.startswith("EASEL_STORAGE_SIGNED_URLS sends browsers from https://images.example.com")
    for name, value in (signed | {"EASEL_STORAGE_PUBLIC_ENDPOINT": "https://s3.example.com."}).items():
        monkeypatch.setenv(name, value)
    assert load_settings().storage_signed_urls
