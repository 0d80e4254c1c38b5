"""A generation that takes longer than proxies wait: what each kind of client sees of it through a real nginx.

    make long-wait     (or: .venv/bin/python -m tools.long_wait --minutes 20)

One server, at a double of OpenAI's API that takes that long; in front of it an nginx with two addresses, one with
nginx's own settings, one with `deploy/nginx/easel.conf`. Each client asks for its own image; nginx's log says what it
was answered and when, the server what the image cost.
"""
