"""JSON over HTTP: one file per resource. A handler parses, calls one function and presents its answer."""
