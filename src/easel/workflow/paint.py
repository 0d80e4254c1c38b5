"""Have a job painted: start, wait, check; the one owner of retries.

A call that may cost money is written down before it leaves. If this process dies before the answer is written down
too, the next run finds the job SENDING and does not send again: that moment is in doubt. Painters that are
`repeatable` cost nothing and paint the same again, so theirs is simply started anew.
"""

import asyncio

from easel.db.engine import PASSING
from easel.domain import Done, Picture, Ticket, Work
from easel.errors import Broken, Busy, Misconfigured, ProviderError, Rejected, UpstreamInDoubt
from easel.jobs.job import Job
from easel.jobs.write import mark_sending, mark_sent, mark_unsent, note_ticket
from easel.providers import Provider
from easel.workflow.failures import IN_DOUBT, failure_of
from easel.workflow.order import choose_painter
from easel.workflow.stations import Stations
from easel.workflow.steadily import steadily

PAUSES_WHEN_BROKEN = (0.2, 1.0)
MAX_BUSY = 20
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 10.0


class Stale(Exception):
    """Another run has taken the job up, or it was cancelled: this run has no say in it any more."""


async def paint(stations: Stations, job: Job, inputs: tuple[Picture, ...]) -> Done:
    """The finished painting; raises a JobFailure, or Stale."""
    painter = choose_painter(stations, test=job.test, name=job.provider or "")
    work = work_for(job, inputs)
    if job.open_ticket:  # an earlier run started it, and much may have happened since
        answer = await _check(stations, job, painter, work, job.open_ticket)
    else:
        answer = await _start(stations, job, painter, work)
    while isinstance(answer, Ticket):
        await stations.bell.wait(job.id, max(SHORTEST_WAIT, answer.check_after))
        answer = await _check(stations, job, painter, work, answer)
    return answer


def work_for(job: Job, inputs: tuple[Picture, ...]) -> Work:
    rest = {"quality", "background", "output_format", "aspect_ratio", "number_of_images"}
    return Work(
        job_id=job.id,
        model=job.model,
        prompt=job.prompt,
        size=job.size,
        count=job.count,
        quality=job.params["quality"],
        background=job.params["background"],
        output_format=job.params["output_format"],
        params={name: value for name, value in job.params.items() if name not in rest},
        inputs=inputs,
        test=job.test,
    )


async def _start(stations: Stations, job: Job, painter: Provider, work: Work) -> Done | Ticket:
    broken = busy = 0
    while True:
        await _before_sending(stations, job, painter)
        try:
            answer = await painter.start(work)
        except Busy as error:
            busy += 1
            if busy > MAX_BUSY:
                raise failure_of(error) from error
            pause = error.retry_after
        except Broken as error:
            if broken == len(PAUSES_WHEN_BROKEN):
                raise failure_of(error) from error
            pause = PAUSES_WHEN_BROKEN[broken]
            broken += 1
        except ProviderError as error:
            raise failure_of(error) from error
        else:
            return await _kept(stations, job, answer)
        await _after_nothing_was_sent(stations, job, painter)
        await asyncio.sleep(pause)


async def _check(stations: Stations, job: Job, painter: Provider, work: Work, ticket: Ticket) -> Done | Ticket:
    """Look at a painting under way. A check costs nothing, so a fault in it is only a reason to look again."""
    try:
        answer = await painter.check(work, ticket)
    except (Rejected, Misconfigured) as error:
        raise failure_of(error) from error
    except Busy as error:
        return Ticket(ticket.upstream_id, ticket.state, check_after=error.retry_after)
    except ProviderError:
        return Ticket(ticket.upstream_id, ticket.state, check_after=min(2 * ticket.check_after, LONGEST_WAIT))
    if isinstance(answer, Ticket) and (answer.state, answer.progress) != (ticket.state, ticket.progress):
        await steadily(lambda: _note_ticket(stations, job, answer), on=PASSING)
    return answer


async def _before_sending(stations: Stations, job: Job, painter: Provider) -> None:
    if painter.repeatable:
        return
    async with stations.db.write() as tx:
        sending = await mark_sending(tx, job, provider=painter.name)
    if not sending:
        raise UpstreamInDoubt(IN_DOUBT)


async def _after_nothing_was_sent(stations: Stations, job: Job, painter: Provider) -> None:
    if not painter.repeatable:
        await steadily(lambda: _take_back(stations, job), on=PASSING)


async def _take_back(stations: Stations, job: Job) -> None:
    async with stations.db.write() as tx:
        if not await mark_unsent(tx, job):
            raise Stale


async def _kept(stations: Stations, job: Job, answer: Done | Ticket) -> Done | Ticket:
    """The answer, once its ticket is written down: what was paid for must not be forgotten."""
    if isinstance(answer, Ticket):
        await steadily(lambda: _keep_ticket(stations, job, answer), on=PASSING)
    return answer


async def _keep_ticket(stations: Stations, job: Job, ticket: Ticket) -> None:
    async with stations.db.write() as tx:
        await mark_sent(tx, job, ticket)
    stations.bell.ring(job.id)


async def _note_ticket(stations: Stations, job: Job, ticket: Ticket) -> None:
    async with stations.db.write() as tx:
        if not await note_ticket(tx, job, ticket):
            raise Stale
    stations.bell.ring(job.id)
