"""The Studio: a web interface to the API. Each page is one file and one template.

A page calls the API's own handlers, and its scripts call the API over HTTP: the Studio can do nothing that a key
cannot.
"""
