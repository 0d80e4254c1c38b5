"""The environment of a server whose provider is a double."""

from tests.support.doubles.fal import FalDouble
from tests.support.doubles.openai import OpenAIDouble
from tests.support.doubles.replicate import ReplicateDouble


def at_replicate(double: ReplicateDouble) -> dict[str, str]:
    hosts = {"EASEL_REPLICATE_FILE_HOSTS": "127.0.0.1"}
    return {"REPLICATE_API_TOKEN": double.key, "REPLICATE_BASE_URL": double.url} | hosts


def at_fal(double: FalDouble) -> dict[str, str]:
    hosts = {"EASEL_FAL_FILE_HOSTS": "127.0.0.1"}
    return {"FAL_KEY": double.key, "FAL_BASE_URL": double.url, "FAL_REST_URL": double.url} | hosts


def at_openai(double: OpenAIDouble) -> dict[str, str]:
    return {"OPENAI_API_KEY": double.key, "OPENAI_BASE_URL": double.url}
