"""Which pages there are, in which order, and their Markdown with this server's address in it."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from easel.api.openapi import EDIT_PROMPT, PROMPT
from easel.catalog import Catalog
from easel.catalog.card import Card
from easel.docs import HOST, PAGES, page_file
from easel.docs.reference import Group, groups_of
from easel.kit.words import listed
from easel.web.snippets import javascript_literal, json_literal, python_literal, snippets

SECTIONS = {
    "Get started": ("quickstart", "docker", "studio", "glossary", "coming-from-apiframe", "coming-from-openai"),
    "Image generation": (),  # the cards
    "API": (
        "api",
        "authentication",
        "jobs",
        "credits",
        "idempotency",
        "uploads",
        "webhooks",
        "recipes",
        "errors",
        "limits",
        "test-mode",
        "openai",
        "reference",
    ),
    "Operations": (
        "deployment",
        "proxy",
        "scaling",
        "monitoring",
        "providers",
        "settings",
        "security",
        "provenance",
        "sketch",
        "changelog",
    ),
}
# A block with a command that calls a server, at EASEL_URL unless it has --url.
CLIENT = re.compile(
    r"^(```sh(?: background)?\n)(easel (?:listen|generate|jobs download) (?:(?!--url|^```).)*^```$)",
    re.DOTALL | re.MULTILINE,
)
ABOUT = "A self-hosted image-generation API server for teams. It speaks the Apiframe v2 API."


@dataclass(frozen=True, slots=True)
class Doc:
    """One page. `slug` is its address below /docs."""

    slug: str
    title: str
    markdown: str


class Site:
    """All pages, for a server at `host`; links begin with `root`, the path below which they are.

    Only the API reference needs `openapi`, the OpenAPI document.
    """

    def __init__(
        self, catalog: Catalog, host: str = HOST, root: str = "", openapi: Mapping[str, Any] | None = None
    ) -> None:
        self._catalog = catalog
        self.host = host
        self.root = root
        self._openapi = openapi
        self._templates = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=False,  # noqa: S701 - this is Markdown; it becomes HTML with all HTML in it switched off
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def sections(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Each section with the slugs of its pages, in order."""
        for name, slugs in SECTIONS.items():
            yield name, slugs or [f"models/{card.id}" for card in self._catalog]

    def slugs(self) -> Sequence[str]:
        return [slug for _, slugs in self.sections() for slug in slugs]

    def doc(self, slug: str) -> Doc | None:
        if slug not in self.slugs():
            return None
        if slug.startswith("models/"):
            text = self._model(self._catalog[slug.removeprefix("models/")])
        else:
            text = page_file(slug).read_text("utf-8")
        if slug == "reference":
            text += self._templates.get_template("_reference.md").render(groups=self.groups)
        title = text.partition("\n")[0].removeprefix("# ")
        absolute = re.sub(r"\]\(((?:[\w-]+/)?[\w.-]+\.(?:md|webp))", rf"]({self.root}/docs/\1", text)
        absolute = absolute.replace("](/studio", f"]({self.root}/studio")
        if self.host != HOST:
            absolute = CLIENT.sub(rf"\1export EASEL_URL={HOST}\n\2", absolute)
        return Doc(slug, title, absolute.replace(HOST, self.host))

    @functools.cached_property
    def groups(self) -> Sequence[Group]:
        """The calls of the API reference."""
        return groups_of(self._openapi) if self._openapi else ()

    @functools.cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each page, by its slug."""
        return {doc.slug: doc.title for doc in self.docs()}

    def docs(self) -> Iterator[Doc]:
        for slug in self.slugs():
            if doc := self.doc(slug):
                yield doc

    def llms(self) -> str:
        """What a language model should read first: every page with its address, and what it is about."""
        lines = ["# Easel", "", f"> {ABOUT}", ""]
        for name, slugs in self.sections():
            lines += [f"## {name}", ""]
            for doc in filter(None, map(self.doc, slugs)):
                lines.append(f"- [{doc.title}]({self.host}/docs/{doc.slug}.md): {_about(doc)}")
            lines.append("")
        return "\n".join([*lines, "## Machine-readable", "", f"- [OpenAPI]({self.host}/openapi.json)", ""])

    def _model(self, card: Card) -> str:
        """A model's page, from its card alone."""
        siblings = [other.id for other in self._catalog if other is not card]
        made = {"quality": "high", "aspect_ratio": "3:2"}
        text = {"model": card.id, "prompt": PROMPT, card.params_object: made}
        images = ["https://example.com/portrait.jpg"]
        edit = {
            "model": card.id,
            "prompt": EDIT_PROMPT,
            card.params_object: {"input_images": images, "quality": "auto"},
        }
        return self._templates.get_template("_model.md").render(
            card=card,
            siblings=listed(siblings, "and"),
            host=HOST,
            text_json=json_literal(text, 1),
            text_python=python_literal(text),
            text_javascript=javascript_literal(text),
            text_example=snippets(text, card, host=HOST),
            edit_example=snippets(edit, card, host=HOST),
            prompt=PROMPT,
            edit_prompt=EDIT_PROMPT,
        )


def _about(doc: Doc) -> str:
    """The first sentence of a page, without links."""
    for paragraph in doc.markdown.split("\n\n")[1:]:
        if not paragraph.startswith(("#", "|", "`", "[", "-")):
            text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", " ".join(paragraph.split()))
            return text.partition(". ")[0].rstrip(".:") + "."
    return doc.title
