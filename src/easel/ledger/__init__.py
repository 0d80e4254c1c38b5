"""Credits: whole numbers on append-only rows.

Each entry changes a team's balance (`amount`), the credits reserved for running jobs (`held`), or both:

    grant    +n   0    credits arrive (or, with a negative n, are taken back)
    hold      0  +n    a job was accepted and may cost up to n
    settle   -m  -m    the job ended and its delivered images cost m; 0 when there are none
    release   0  -r    the rest of the hold is available again

A job has at most one entry of each kind, and every job that held credits ends with exactly one settlement. A step that
runs twice is refused by the database the second time.
`teams.balance` and `teams.held` are the sums, kept in the same transaction.
"""

MAX_GRANT = 10**12
MAX_BALANCE = 10**15  # per team; the schema enforces it too
