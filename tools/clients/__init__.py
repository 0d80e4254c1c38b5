"""Clients of OpenAI's Images API, unmodified and pinned, at a running Easel.

    make clients      (or: .venv/bin/python -m tools.clients --only litellm)

Each client is installed below build/clients and runs a short program of `programs/`, as a reader of the documentation
would write it: at a server whose provider is sketch, and at one whose provider is the double of OpenAI. An image counts
when it has the size that was asked for, and its job stands under /v2 with one charge.
"""
