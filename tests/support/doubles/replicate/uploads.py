"""Replicate's Files: what is uploaded to be an input, https://replicate.com/docs/reference/http#files.create."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.support.doubles.base import Account
from tests.support.doubles.replicate.prediction import moment, new_id
from tests.support.doubles.replicate.refusals import file_problem

MAX_BYTES = 100_000_000
TOO_LARGE = "Files must be less than 100MB in size"
KEPT = timedelta(hours=24)
MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class File:
    """One uploaded file."""

    id: str
    name: str
    content_type: str
    content: bytes
    metadata: Mapping[str, Any]
    created: datetime

    def shown(self, base: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "content_type": self.content_type,
            "size": len(self.content),
            "etag": hashlib.md5(self.content, usedforsecurity=False).hexdigest(),
            "checksums": {"sha256": hashlib.sha256(self.content).hexdigest()},
            "metadata": self.metadata,
            "created_at": moment(self.created, "milliseconds"),
            "expires_at": moment(self.created + KEPT, "milliseconds"),
            "urls": {"get": f"{base}/v1/files/{self.id}"},
        }


class Uploads:
    """The files of one account, kept until they are deleted."""

    def __init__(self, account: Account[Any], *, max_bytes: int = MAX_BYTES) -> None:
        self._account = account
        self._max_bytes = max_bytes
        self.files: dict[str, File] = {}

    def exists(self, url: str) -> bool:
        """Whether an input can be read; addresses elsewhere are taken on trust."""
        here = f"{self._account.url}/v1/files/"
        return not url.startswith(here) or url.removeprefix(here) in self.files

    async def create(self, request: Request) -> Response:
        async with request.form() as form:
            content = form.get("content")
            if not isinstance(content, UploadFile):
                raise file_problem(400, "Missing content")
            data = await content.read()
            name = str(form.get("filename") or content.filename or "file")
            kind = str(form.get("type") or content.content_type or "application/octet-stream")
            metadata = str(form.get("metadata") or "{}")
        if len(data) >= self._max_bytes:
            raise file_problem(413, TOO_LARGE)
        if len(name.encode()) > MAX_NAME:
            raise file_problem(400, "Filename must be at most 255 bytes")
        try:
            file = File(new_id(), name, kind, data, json.loads(metadata), datetime.now(UTC))
        except ValueError as error:
            raise file_problem(400, "Metadata must be valid JSON") from error
        self.files[file.id] = file
        return JSONResponse(file.shown(self._account.url), 201)

    async def every(self, request: Request) -> Response:
        newest = sorted(self.files.values(), key=lambda file: file.created, reverse=True)
        return JSONResponse(
            {"next": None, "previous": None, "results": [file.shown(self._account.url) for file in newest]}
        )

    async def get(self, request: Request) -> Response:
        file = self.files.get(request.path_params["id"])
        if file is None:
            raise file_problem(404, "File not found")
        return JSONResponse(file.shown(self._account.url))

    async def delete(self, request: Request) -> Response:
        if self.files.pop(request.path_params["id"], None) is None:
            raise file_problem(404, "File not found")
        return Response(status_code=204)
