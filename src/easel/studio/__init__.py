"""The Studio: what the API does, as pages. Each page is one file, one template and one typed context.

A page is drawn by calling the API's own handlers, and its scripts call the API over HTTP: whatever the Studio can do, a
key can do.
"""
