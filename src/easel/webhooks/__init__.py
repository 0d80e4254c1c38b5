"""Telling the customer. For now: which targets and events a request may name; they are kept with its job."""
