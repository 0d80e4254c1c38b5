"""The HTTP server under the application: how much a connection may send, hold open and leave unread.

Knows connections, bytes and seconds; nothing of keys, teams or images.
"""
