"""An answer that comes only once is found again by the next run, whole or not at all."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import pytest
from filelock import FileLock

from easel.domain import Done, Image, Size
from easel.errors import GenerationFailed, OutcomeUnknown
from easel.kit.memory import MemoryBudget
from easel.storage.held import LENGTH, LOCK, WHOLE, HeldAnswers, gather_answers

pytestmark = pytest.mark.anyio
IMAGES = [Image(bytes([number]) * 1000, "image/png", Size(number, 7), ("blurred",)) for number in range(3)]


async def coming(images: Iterable[Image], fault: Exception | None = None) -> AsyncGenerator[Image, None]:
    for image in images:
        yield image
    if fault:
        raise fault


def answer(fault: Exception | None = None) -> Done:
    return Done(coming(IMAGES, fault), upstream_id="up-1", usage={"tokens": 3}, brief={"read": "it"})


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
    assert (await first.find("job"), first.jobs()) == (None, [])


async def test_one_cut_short_while_it_was_written_is_none(tmp_path: Path) -> None:
    held = HeldAnswers(tmp_path)
    await held.keep("job", answer())
    whole = (tmp_path / "job.answer").read_bytes()
    for length in (0, 10, 3000, len(whole) - 1):
        (tmp_path / "job.answer").write_bytes(whole[:length])
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


async def test_who_reads_after_the_end_of_the_job_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("easel.storage.held.IN_MEMORY", MemoryBudget(0))
    held = HeldAnswers(tmp_path)
    kept, _ = await held.keep("job", answer(), len(IMAGES))
    assert await anext(kept.images) == IMAGES[0]
    await held.forget("job")
    with pytest.raises(OutcomeUnknown):
        await anext(kept.images)


async def test_who_reads_while_the_folder_is_away_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("easel.storage.held.IN_MEMORY", MemoryBudget(0))
    held = HeldAnswers(tmp_path / "spool")
    kept, _ = await held.keep("job", answer(), len(IMAGES))
    (tmp_path / "spool").rename(tmp_path / "away")
    reading = asyncio.create_task(anext(kept.images))
    await asyncio.sleep(0.05)
    (tmp_path / "away").rename(tmp_path / "spool")
    assert await reading == IMAGES[0]


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
