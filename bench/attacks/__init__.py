"""Ten attacks on a server of our own, and what another team notices of them. See bench/README.md.

    make bench-attacks     (or: .venv/bin/python -m bench.attacks --seconds 60 --only streams --against OTHER/src)

Each attack has a fresh server in a network namespace of its own, which reaches nothing outside. The attacker is a
process of its own with the lowest priority, as if it were another machine, and has no key or one free test key.
"""
