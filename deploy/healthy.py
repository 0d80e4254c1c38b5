"""Health check: is the process on this local port ready? If not, prints why, with exit code 1.

Imports nothing of Easel: it runs every few seconds in each container.
"""

import http.client
import sys


def trouble(port: int) -> str | None:
    """The problem; None when the process is ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    return None if answer.status == 200 else body


sys.exit(trouble(int(sys.argv[1])))
