"""What the Studio and the documentation share: the look, templates' ground, a page's headers. No jobs here."""
