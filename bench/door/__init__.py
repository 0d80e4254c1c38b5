"""The OpenAI-compatible API under load: LiteLLM's proxy and Easel, in one run, at the same double.

    make bench-door     (or: .venv/bin/python -m bench.door --seconds 30 --rounds 3)

Two loads: 8 requests at once at an upstream that answers at once, and 200 in flight at one that takes five seconds.
Both servers are one process and are asked alike: POST /v1/images/generations, and the image is in the answer. Each
measurement has a server and a double of its own. See bench/README.md.
"""
