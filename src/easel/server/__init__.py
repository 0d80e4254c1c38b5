"""The HTTP server: limits of what a connection can send, keep open and leave unread.

Knows connections, bytes and seconds; nothing of keys, teams or images.
"""
