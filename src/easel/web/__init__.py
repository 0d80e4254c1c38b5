"""Shared by the Studio and the documentation: styles, template environment, page headers. No jobs here."""
