"""Which clients are run: their packages and versions, their program, and the images it saves."""

from collections.abc import Mapping
from dataclasses import dataclass

from easel.domain import Size

SQUARE, WIDE = Size(1024, 1024), Size(1536, 1024)
THREE = {"generate.png": WIDE, "edit.png": SQUARE, "edit-three.png": SQUARE}
FOUR = THREE | {"edit-mask.png": SQUARE}
FIVE = FOUR | {"stream.png": SQUARE}
DID = {
    "generate.png": "generation",
    "asynchronous.png": "the same asynchronously",
    "base64.png": "the same as base64",
    "edit.png": "edit of one image",
    "edit-three.png": "edit of three",
    "edit-mask.png": "edit with a mask",
    "stream.png": "stream",
}


@dataclass(frozen=True, slots=True)
class Client:
    """`packages` are pinned, of PyPI or, for an .mjs program, of npm; none: those of the lock file.

    `images` are the files that the program saves, each from one request, with their sizes.
    """

    name: str
    program: str
    images: Mapping[str, Size]
    packages: tuple[str, ...] = ()
    proxy: str | None = None  # the configuration of a LiteLLM proxy between the two
    note: str = ""

    @property
    def did(self) -> str:
        return ", ".join(what for name, what in DID.items() if name in self.images)

    @property
    def folder(self) -> str:
        """Clients of the same packages share their installation."""
        return "-".join(self.packages).replace("/", "-").replace("[", "-").replace("]", "").replace("@", "-").strip("-")


CLIENTS = (
    Client("OpenAI Python", "openai_sync.py", FIVE),
    Client("OpenAI Python, asynchronous", "openai_async.py", FIVE),
    Client("OpenAI Node", "openai_node.mjs", FIVE, ("openai@6.30.1",), note="on Node 20"),
    Client("OpenAI Node, newest", "openai_node.mjs", FIVE, ("openai@7.59.0", "node@22.23.3")),
    Client("AI SDK", "ai_sdk_openai.mjs", FOUR, ("ai@6.0.326", "@ai-sdk/openai@3.0.141")),
    Client("AI SDK, compatible", "ai_sdk_compatible.mjs", FOUR, ("ai@6.0.326", "@ai-sdk/openai-compatible@2.0.92")),
    Client("LiteLLM", "litellm_library.py", FOUR | {"asynchronous.png": SQUARE}, ("litellm==1.110.2",)),
    Client(
        "LiteLLM proxy",
        "litellm_proxy.py",
        FOUR,
        ("litellm[proxy]==1.108.7",),
        proxy="litellm_proxy.yaml",
        note="1.110.2 could not be installed: its litellm-proxy was missing from the package index",
    ),
    Client(
        "llm-openai-images",
        "llm_images.sh",
        THREE,
        ("llm-openai-images==0.3.1", "llm==0.36"),
        note="no option for an address: its OpenAI client reads OPENAI_BASE_URL",
    ),
    Client(
        "LangChain",
        "langchain_tool.py",
        {"generate.png": SQUARE},
        ("langchain-community==0.4.2", "openai==3.57.0"),
        note="only generates, and reads addresses: use a model named dall-e-2 or dall-e-3",
    ),
    Client(
        "LlamaIndex",
        "llama_index_tool.py",
        {"generate.png": SQUARE, "base64.png": SQUARE},
        ("llama-index-tools-openai-image-generation==0.7.0", "openai==3.57.0"),
        note="only generates, with models named dall-e-2 or dall-e-3; its OpenAI client reads OPENAI_BASE_URL",
    ),
    Client("Haystack", "haystack_component.py", {"generate.png": WIDE}, ("haystack-ai==3.4.1",), note="only generates"),
)
