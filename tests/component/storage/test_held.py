"""An answer that comes only once is found again by the next run, whole or not at all."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from tests.support.waiting import until

from easel.domain import Done, Image, Size
from easel.errors import GenerationFailed, OutcomeUnknown
from easel.kit.memory import MemoryBudget
from easel.storage.held import LENGTH, LOCK, SPARE, WHOLE, HeldAnswers, gather_answers

pytestmark = pytest.mark.anyio
IMAGES = [Image(bytes([number]) * 1000, "image/png", Size(number, 7), ("blurred",)) for number in range(3)]


async def coming(images: Iterable[Image], fault: Exception | None = None) -> AsyncGenerator[Image, None]:
    for image in images:
        yield image
    if fault:
        raise fault


def answer(fault: Exception | None = None, images: Sequence[Image] = IMAGES) -> Done:
    return Done(coming(images, fault), upstream_id="up-1", usage={"tokens": 3}, brief={"read": "it"})


def files_in(folder: Path) -> Sequence[Path]:
    return list(folder.glob("*.answer"))


def the_file_in(folder: Path) -> Path:
    (path,) = files_in(folder)
    return path


async def images_of(held: HeldAnswers, job_id: str) -> Sequence[Image] | None:
    found = await held.find(job_id)
    return [one async for one in found.images] if found else None


async def test_the_next_run_finds_it_until_the_job_is_final(tmp_path: Path) -> None:
    first, second = HeldAnswers(tmp_path / "spool"), HeldAnswers(tmp_path / "spool")
    kept, safe = await first.keep("job", answer())
    assert safe
    found = await second.find("job")
    assert found
    for done in (kept, found):
        assert [one async for one in done.images] == IMAGES
        assert (done.once, done.upstream_id, done.usage, done.brief) == (True, "up-1", {"tokens": 3}, {"read": "it"})
    assert second.jobs() == ["job"]
    await second.forget("job")
    assert (await second.find("job"), second.jobs()) == (None, [])


async def test_one_cut_short_while_it_was_written_is_none(tmp_path: Path) -> None:
    held = HeldAnswers(tmp_path)
    await held.keep("job", answer())
    path = the_file_in(tmp_path)
    whole = path.read_bytes()
    for length in (0, 10, 3000, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert await held.find("job") is None


@pytest.mark.parametrize("end", [b"no json", b"[]", b"{}", b'{"pictures": 1}', b'{"pictures": [["x"]]}', b""])
async def test_one_that_somebody_has_written_in_is_none(tmp_path: Path, end: bytes) -> None:
    for length in (len(end), 10**18):
        (tmp_path / "job.answer").write_bytes(end + length.to_bytes(LENGTH) + WHOLE)
        assert await HeldAnswers(tmp_path).find("job") is None


async def test_what_came_before_a_fault_is_kept(tmp_path: Path) -> None:
    held = HeldAnswers(tmp_path)
    kept, _ = await held.keep("job", answer(GenerationFailed("no more")))
    with pytest.raises(GenerationFailed):
        assert [one async for one in kept.images] == IMAGES
    found = await held.find("job")
    assert found
    assert [one async for one in found.images] == IMAGES


async def test_what_the_disk_does_not_take_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("in the way")
    held = HeldAnswers(tmp_path / "spool")
    kept, safe = await held.keep("job", answer())
    assert not safe
    assert [one async for one in kept.images] == IMAGES


async def test_the_answers_of_processes_that_no_longer_run_are_gathered(tmp_path: Path) -> None:
    for number in ("2", "3", "4"):
        await HeldAnswers(tmp_path / number).keep(f"job-{number}", answer())
    with FileLock(tmp_path / "4" / LOCK):
        gather_answers(tmp_path, after=2)
    assert HeldAnswers(tmp_path).jobs() == ["job-3"]
    assert await HeldAnswers(tmp_path).find("job-3")
    assert HeldAnswers(tmp_path / "2").jobs() == ["job-2"], "it runs again"
    assert HeldAnswers(tmp_path / "4").jobs() == ["job-4"], "it still runs"


@pytest.mark.parametrize("images", [IMAGES[:1], IMAGES, [*IMAGES, *IMAGES]])
async def test_a_file_serves_one_job_after_the_other(tmp_path: Path, images: Sequence[Image]) -> None:
    held = HeldAnswers(tmp_path)
    await held.keep("first", answer())
    path = the_file_in(tmp_path)
    await held.forget("first")
    assert (held.jobs(), await held.find("first")) == ([], None)
    await held.keep("second", answer(images=images), len(images))
    assert the_file_in(tmp_path) == path
    for one in (held, HeldAnswers(tmp_path)):
        assert one.jobs() == ["second"]
        assert (await images_of(one, "second"), await one.find("first")) == (images, None)


@pytest.mark.parametrize("cut", range(0, 4000, 250))
async def test_while_it_is_written_over_it_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """As if the process were killed, or the power failed, after so many bytes of the second response."""
    held, others = HeldAnswers(tmp_path), [replace(one, data=bytes([7]) * 1200) for one in IMAGES]
    await held.keep("first", answer())
    await held.forget("first")
    left, real = cut, os.pwrite

    def cut_short(descriptor: int, data: memoryview, at: int) -> int:
        nonlocal left
        taken, left = min(left, len(data)), max(0, left - len(data))
        real(descriptor, data[:taken], at)
        return len(data)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", cut_short)
        await held.keep("second", answer(images=others), len(others))
    after = HeldAnswers(tmp_path)
    assert await images_of(after, "second") in (None, others)
    assert await images_of(after, "first") in (None, IMAGES)
    assert cut or await after.find("second") is None


async def test_who_reads_on_after_the_end_of_the_job_gets_nothing_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.storage.held.IN_MEMORY", MemoryBudget(0))
    held = HeldAnswers(tmp_path)
    kept, _ = await held.keep("first", answer())
    assert await anext(kept.images) == IMAGES[0]
    await held.forget("first")
    await held.keep("second", answer(images=IMAGES[::-1]), len(IMAGES))
    await anext(kept.images)  # by chance the same in both
    with pytest.raises(OutcomeUnknown):
        await anext(kept.images)


async def test_a_file_that_is_still_written_to_is_not_used_again(tmp_path: Path) -> None:
    held = HeldAnswers(tmp_path)

    async def without_end() -> AsyncGenerator[Image, None]:
        yield IMAGES[0]
        await asyncio.Event().wait()

    keeping = asyncio.create_task(held.keep("first", Done(without_end()), 2))
    await until(lambda: files_in(tmp_path))
    keeping.cancel()
    await asyncio.wait([keeping])
    await held.forget("first")
    assert not files_in(tmp_path)


async def test_no_image_of_an_ended_job_stays_in_a_file_that_nobody_uses(tmp_path: Path) -> None:
    held = HeldAnswers(tmp_path)
    for number in range(SPARE + 3):
        await held.keep(f"job-{number}", answer())
    for job_id in held.jobs():
        await held.forget(job_id)
    assert len(files_in(tmp_path)) == SPARE
    await held.delete_spare()
    assert not files_in(tmp_path)


async def test_what_earlier_versions_have_kept_is_found_by_the_name_of_its_file(tmp_path: Path) -> None:
    about: dict[str, Any] = {
        "images": [[4, "image/png", 3, 7, "blurred"]],
        "upstream_id": "up-1",
        "usage": {},
        "brief": None,
    }
    text = json.dumps(about).encode()
    (tmp_path / "job.answer").write_bytes(b"data" + text + len(text).to_bytes(LENGTH) + WHOLE)
    held = HeldAnswers(tmp_path)
    assert held.jobs() == ["job"]
    assert await images_of(held, "job") == [Image(b"data", "image/png", Size(3, 7), ("blurred",))]
