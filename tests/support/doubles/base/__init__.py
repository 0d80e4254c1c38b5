"""What both doubles stand on. A vendor's package adds its own words: routes, checks, errors, outcomes.

| file | here | in the package of a vendor |
|---|---|---|
| `double.py` | a server in a thread, with one account | its settings, its parts put together |
| `account.py` | the key, the delay, the bill, the request log, the script | – |
| `api.py` | every request: logged, its key checked, a `Refusal` answered | the routes |
| `script.py` | outcomes in order, one for each request | `outcomes.py`: what can go wrong |
| `refusal.py` | an error answer that a handler raises | `refusals.py`: the errors in the vendor's words |
| `request.py` | a request as it arrived | – |
| `images.py` | real images, each made once | `outputs.py`: how they are delivered |
| `command.py` | serving from the command line | `__main__.py` |
"""

from tests.support.doubles.base.account import Account
from tests.support.doubles.base.api import Api, Handler
from tests.support.doubles.base.double import Double
from tests.support.doubles.base.refusal import Refusal
from tests.support.doubles.base.request import ReceivedRequest, Upload
from tests.support.doubles.base.script import HangUp, Script

__all__ = ["Account", "Api", "Double", "Handler", "HangUp", "ReceivedRequest", "Refusal", "Script", "Upload"]
