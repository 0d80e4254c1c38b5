"""The command line, on a real installation with its server running."""

import io
import json
import os
import signal
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pyvips
from tests.rig import request
from tests.support.customer import Customer

from easel.cli import main
from easel.testing import KEY, RunningServer, running_server
from easel.testing.server import NO_KEYS, run_command


@dataclass(frozen=True)
class Done:
    """What a command has said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def easel(*arguments: str, data: Path | None = None, **env: str) -> Done:
    """A command, in this process: its own would spend most of its time on its start."""
    given = NO_KEYS | ({"EASEL_DATA": str(data)} if data else {}) | env
    out, errors, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(errors):
        for name, value in given.items():
            patch.setenv(name, value)
        patch.setattr("sys.argv", ["easel", *arguments])
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), errors.getvalue())


def process(*arguments: str, data: Path, **env: str) -> Done:
    """A command that works until it has nothing to do, or is not to start at all."""
    ended = run_command(*arguments, env={"EASEL_DATA": str(data), **env})
    return Done(ended.returncode, ended.stdout, ended.stderr)


def me(server: RunningServer, key: str) -> httpx.Response:
    with Customer(server, key) as customer:
        return customer.http.get("/v2/me")


def test_generate_saves_images_and_prints_their_paths(server: RunningServer, tmp_path: Path) -> None:
    done = easel(
        *("generate", "A card for “Hello”", "-n", "2", "--quality", "low", "--format", "png", "--aspect-ratio", "2:3"),
        *("--out", str(tmp_path), "--url", server.url),
        EASEL_API_KEY=KEY,
    )
    assert done.returncode == 0, done.stderr
    paths = [Path(line) for line in done.stdout.split()]
    assert len(paths) == 2
    for path in paths:
        image = pyvips.Image.new_from_file(str(path))
        assert (image.width, image.height, path.suffix) == (1024, 1536, ".png")


def test_generate_uploads_its_inputs(server: RunningServer, tmp_path: Path) -> None:
    portrait = tmp_path / "portrait.jpg"
    pyvips.Image.black(60, 80, bands=3).write_to_file(str(portrait))
    options = ("--input", str(portrait), "--out", str(tmp_path), "--url", server.url, "--quality", "low")
    done = easel("generate", "Make it blue", *options, EASEL_API_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert "Warning: " in done.stderr


def test_generate_uploads_a_mask(server: RunningServer, tmp_path: Path) -> None:
    portrait, mask = tmp_path / "portrait.png", tmp_path / "mask.png"
    pyvips.Image.black(60, 80, bands=3).write_to_file(str(portrait))
    pyvips.Image.black(60, 80, bands=4).copy(interpretation="srgb").write_to_file(str(mask))
    options = ("--mask", str(mask), "--out", str(tmp_path), "--url", server.url, "--quality", "low")
    done = easel("generate", "Make it warmer", "--input", str(portrait), *options, EASEL_API_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert "inside the mask" in done.stderr
    alone = easel("generate", "Make it warmer", *options, EASEL_API_KEY=KEY)
    assert (alone.returncode, "needs gptImage2Params.input_images" in alone.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--quality", "hihg"), "Did you mean high?"),
        (("--format", "png", "--compression", "80"), "output_compression must be 100"),
        (("--model", "gpt-image-3"), "gpt-image-2"),
        (("--input", "nowhere.png"), "File not found: nowhere.png"),
        (("--key", "afk_wrong_wrong"), "Invalid API key"),
        (("--url", "http://127.0.0.1:9"), "Set EASEL_URL or --url"),
    ],
)
def test_generate_says_what_is_wrong(server: RunningServer, arguments: tuple[str, str], words: str) -> None:
    done = easel("generate", "x", "--url", server.url, *arguments, EASEL_API_KEY=KEY)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_keys_are_made_listed_switched_off_and_revoked(server: RunningServer) -> None:
    secret = easel("keys", "create", "--name", "ci", "--test", data=server.data).stdout.strip()
    assert secret.startswith("afk_test_")
    key_id = me(server, secret).json()["apiKey"]["id"]
    listed = easel("keys", "list", data=server.data).stdout
    assert f"{key_id}\t{secret[:13]}…\tci\t" in listed
    assert secret not in listed
    for verb, status in (("deactivate", 403), ("activate", 200), ("revoke", 401)):
        assert easel("keys", verb, key_id, data=server.data).returncode == 0
        assert me(server, secret).status_code == status
    again = easel("keys", "activate", key_id, data=server.data)
    assert again.returncode == 1
    assert "revoked" in again.stderr


def test_keys_have_limits(server: RunningServer) -> None:
    data = server.data
    limits = ("--expires", "2126-12-31", "--monthly-credits", "500", "--model", "gpt-image-2")
    secret = easel("keys", "create", "--name", "shop", *limits, data=data).stdout.strip()
    key_id = me(server, secret).json()["apiKey"]["id"]
    assert "active\t2126-12-31\t0\t500\tgpt-image-2" in easel("keys", "list", data=data).stdout
    assert easel("keys", "set", key_id, "--name", "web shop", "--monthly-credits", "900", data=data).returncode == 0
    assert "active\t2126-12-31\t0\t900\tgpt-image-2" in easel("keys", "list", data=data).stdout
    assert me(server, secret).json()["apiKey"]["name"] == "web shop"
    assert easel("keys", "set", key_id, "--no-limits", data=data).returncode == 0
    assert "2126" not in easel("keys", "list", data=data).stdout
    for wrong, words in (
        (("--expires", "soon"), "expiresAt is a date or a time"),
        (("--model", "gpt-image-3"), "no model 'gpt-image-3'"),
        ((), "Nothing to change"),
    ):
        refused = easel("keys", "set", key_id, *wrong, data=data)
        assert (refused.returncode != 0, words in refused.stderr) == (True, True), refused.stderr


def test_teams_have_people_credits_and_limits(server: RunningServer) -> None:
    data = server.data
    easel("teams", "create", "Design", "--owner", "ada@example.com", "--credits", "50", data=data)
    easel("teams", "add", "Design", "bob@example.com", "--role", "ADMIN", data=data)
    assert "bob@example.com\tADMIN" in easel("teams", "people", "Design", data=data).stdout
    easel("teams", "limit", "Design", "--jobs", "3", data=data)
    assert "\tDesign\t50\t0\t0/3" in easel("teams", "list", data=data).stdout
    easel("credits", "grant", "25", "--team", "Design", "--note", "a gift", data=data)
    assert easel("credits", "show", "--team", "Design", data=data).stdout == "75\n"
    too_much = easel("credits", "grant", "--team", "Design", "--", "-76", data=data)
    assert too_much.returncode == 1
    assert "\tgrant\t+25\t+0\t\ta gift" in easel("credits", "ledger", "--team", "Design", data=data).stdout
    key = easel("keys", "create", "--user", "bob@example.com", data=data).stdout.strip()
    found = me(server, key).json()
    assert (found["user"]["role"], found["team"]["credits"], found["team"]["maxConcurrentJobs"]) == ("ADMIN", 75, 3)
    assert easel("teams", "remove", "Design", "bob@example.com", data=data).returncode == 0
    assert me(server, key).status_code == 401
    last = easel("teams", "remove", "Design", "ada@example.com", data=data)
    assert (last.returncode, "needs an owner" in last.stderr) == (1, True)


def test_jobs_are_listed_and_shown_with_their_receipt(server: RunningServer) -> None:
    with Customer(server) as customer:
        job_id = customer.submit(request("a fox"))
        customer.finished(job_id)
    assert job_id in easel("jobs", "list", "--status", "COMPLETED", data=server.data).stdout
    shown = easel("jobs", "show", job_id, data=server.data).stdout
    assert "receipt:    hold +4, settle -4" in shown
    assert "provider:   sketch" in shown
    assert easel("jobs", "show", "nothing", data=server.data).returncode == 1


def test_amounts_are_bounded_and_what_strangers_wrote_is_text(server: RunningServer) -> None:
    done = easel("credits", "grant", "9223372036854775807", data=server.data)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    hostile = "a fox [/b] \x1b]0;x\x07"
    body = request(hostile)
    httpx.post(f"{server.url}/v2/images/generate", json=body, headers={"X-API-Key": KEY}).raise_for_status()
    shown = easel("jobs", "list", data=server.data).stdout
    assert "a fox [/b] \\u001b]0;x\\u0007" in shown
    assert "\x1b" not in shown


def test_the_store_is_adopted_and_purged_by_an_operators_word(server: RunningServer) -> None:
    mark = server.data / "files" / "easel-installation.json"
    assert "id" in mark.read_text()
    stray = server.data / "files" / "pictures" / "stray.png"
    stray.write_bytes(b"stray")
    os.utime(stray, (1, 1))
    mark.write_text('{"id": "theirs", "generation": 1}')
    refused = easel("store", "purge", "--yes", data=server.data)
    assert refused.returncode == 1
    assert "belongs to another database" in refused.stderr
    adopted = easel("store", "adopt", "--yes", data=server.data)
    assert "Database and store are now linked." in adopted.stdout, adopted.stderr
    purged = easel("store", "purge", "--yes", data=server.data)
    assert "1 of " in purged.stdout
    assert not stray.exists()


def test_the_doctor_is_content_and_notices_what_is_missing(server: RunningServer) -> None:
    well = easel("doctor", data=server.data)
    assert well.returncode == 0, well.stdout
    image = next((server.data / "files" / "pictures").rglob("*.png"))
    kept = image.read_bytes()
    image.write_bytes(b"damaged")
    ill = easel("doctor", data=server.data)
    assert ill.returncode == 1
    assert f"{image.name} has 7 bytes" in ill.stdout
    image.write_bytes(kept)
    assert (
        "can be guessed"
        in easel("doctor", data=server.data, EASEL_HOST="0.0.0.0", EASEL_BOOTSTRAP_KEY="afk_123456789012").stdout
    )


def test_a_second_process_on_the_same_folder_is_refused(server: RunningServer) -> None:
    for command in (("serve", "--port", "0"), ("worker", "--until-empty")):
        done = process(*command, data=server.data)
        assert done.returncode == 1
        assert "Another easel process uses" in done.stderr


def test_misspelt_and_wrong_settings_stop_the_start(tmp_path: Path) -> None:
    misspelt = easel("serve", data=tmp_path, EASEL_RATE_LIMT_PER_MINUTE="5")
    assert (misspelt.returncode, "Did you mean EASEL_RATE_LIMIT_PER_MINUTE?" in misspelt.stderr) == (1, True)
    wrong = easel("serve", data=tmp_path, EASEL_PORT="eighty")
    assert (wrong.returncode, "EASEL_PORT" in wrong.stderr) == (1, True)
    assert "no installation" in easel("doctor", data=tmp_path / "nothing").stderr


@pytest.mark.proof
def test_the_first_start_prints_a_key_once(tmp_path: Path) -> None:
    with running_server(tmp_path, env={"EASEL_BOOTSTRAP_KEY": ""}) as first:
        assert me(first, KEY).status_code == 401
        assert first.stop() == 0
    assert "afk_" in easel("keys", "list", data=tmp_path).stdout
    with running_server(tmp_path, env={"EASEL_BOOTSTRAP_KEY": ""}) as second:
        assert second.process.poll() is None


@pytest.mark.proof
def test_sigterm_drains_and_the_rest_goes_on_after_the_next_start(tmp_path: Path) -> None:
    with running_server(tmp_path, env={"EASEL_DRAIN_SECONDS": "0.2", "EASEL_MAX_CONCURRENT_JOBS": "100"}) as server:
        with Customer(server) as customer:
            ids = [customer.submit(request(f"{n}")) for n in range(12)]
        assert server.stop() == 0
    worked = process("worker", "--until-empty", data=tmp_path)
    assert worked.returncode == 0, worked.stderr
    with running_server(tmp_path) as server, Customer(server) as customer:
        jobs = customer.http.get("/v2/jobs?limit=100").json()["jobs"]
        assert {job["id"] for job in jobs} == set(ids)
        assert {job["status"] for job in jobs} == {"COMPLETED"}
        assert customer.credits() == 1000 - 12 * 4


@pytest.mark.proof
def test_waiting_clients_are_let_go_when_the_server_stops(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        secret = easel("keys", "create", "--test", data=tmp_path).stdout.strip()
        with Customer(server, secret) as customer:
            job = customer.submit(request("[easel:slow 50]"))
            server.process.send_signal(signal.SIGSTOP)
            server.process.send_signal(signal.SIGTERM)
            server.process.send_signal(signal.SIGCONT)
            try:
                answer = customer.http.get(f"/v2/jobs/{job}?wait=60")
                assert answer.json()["status"] in ("QUEUED", "PROCESSING")
            except httpx.TransportError:
                assert server.process.wait(timeout=30) == 0


def test_what_is_read_in_a_prompt_can_be_printed_without_a_server() -> None:
    done = easel("sketch", "explain", "海报“夏日祭”“八月二日”，红色")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert (read["kind"], read["language"]) == ("poster", "zh")
    assert [next(iter(text.values())) for text in read["texts"]] == ["夏日祭", "八月二日"]
    assert done.stderr == "Drawn: 海报\n"
    things = easel("sketch", "explain", "a cat")
    assert json.loads(things.stdout)["drawn"] == ["cat"]
    assert things.stderr == "Drawn: cat\n"
    refused = easel("sketch", "explain", "a cat", "--shape", "16:9")
    assert refused.returncode == 1
    assert "1:1, 3:2, 2:3" in refused.stderr
