"""What strangers may send, made up by a seeded generator, against a real server of our own on loopback.

    make fuzz SECONDS=600      (or: .venv/bin/python -m tools.fuzz --seconds 60 --seed 7 --only json --postgres)

Four kinds, one after another: addresses, heads, multipart bodies, JSON. Exit code 1 for an answer of 500, a traceback
in the server's log, a request without an answer or an end in time, or growth from the first minute to the last.
"""
