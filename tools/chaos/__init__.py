"""A fleet under fire: what it promises of money, images and messages, held against what became of 300 jobs.

    make chaos        (or: .venv/bin/python -m tools.chaos --jobs 300 --seed 7)

Two servers that only answer and two workers share a PostgreSQL and a bucket, real ones; their provider is the double of
Replicate, which counts what it would bill. Every two seconds one of the four, chosen by lot, is killed with -9, and
begun anew by its keeper. Meanwhile PostgreSQL is restarted and the bucket is away for ten seconds.
"""
