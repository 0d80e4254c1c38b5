"""Webhooks: targets of a request, the outbox, signing, delivery, and management."""
