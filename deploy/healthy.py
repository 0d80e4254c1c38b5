"""Container health check: exit code 0 if the local process on this port is ready, else 1 with the reason.

Imports nothing of Easel, because it runs every few seconds.
"""

import http.client
import sys


def problem(port: int) -> str | None:
    """Why the process is not ready; None if it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        body = response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    return None if response.status == 200 else body


sys.exit(problem(int(sys.argv[1])))
