"""Is the process that answers at this port of this machine ready for work? If not, says why, with exit code 1.

It imports nothing of Easel: a container is asked every few seconds.
"""

import http.client
import sys


def trouble(port: int) -> str | None:
    """What is wrong, as far as it can be told."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        said = answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    return None if answer.status == 200 else said


sys.exit(trouble(int(sys.argv[1])))
