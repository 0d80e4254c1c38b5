"""GET /v2/me: the owner of the key and the team's available credits."""

from fastapi import APIRouter

from easel.accounts.teams import get_team
from easel.api.caller import CurrentCaller, ServicesDep
from easel.api.refusals import refusals
from easel.api.schemas import Me, MeKey, MeTeam, MeUser

router = APIRouter(prefix="/v2/me", tags=["Account"])


@router.get("", summary="Get the current key", responses=refusals())
async def get_me(services: ServicesDep, caller: CurrentCaller) -> Me:
    """The user, the team and the key of this request. A test key spends nothing and sees 0 credits."""
    team = await services.db.read(get_team, caller.team_id)
    return Me(
        user=MeUser(id=caller.user_id, email=caller.email, role=caller.role),
        team=MeTeam(
            id=team.id,
            name=team.name,
            plan=team.plan,
            credits=0 if caller.test else team.available,
            customerId=None,
            maxConcurrentJobs=team.job_limit,
        ),
        apiKey=MeKey(id=caller.key_id, name=caller.key_name, prefix=caller.key_prefix, test=caller.test),
    )
