"""OpenAI's Images API over the same jobs: `/v1`, for the clients people already have.

`fields` turns a request in OpenAI's words into one in ours, `images` submits it and waits, `answers` and `stream` send
its images, `errors` says in OpenAI's words what went wrong. https://platform.openai.com/docs/api-reference/images
"""
