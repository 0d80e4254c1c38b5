"""Two functions of the C2PA library that its Python package lacks: a manifest for bytes whose hash is known already.

The package signs streams: the library then reads an image in hundreds of calls back into Python, for each of which it
waits for the interpreter. https://github.com/contentauth/c2pa-rs/blob/main/c2pa_c_ffi/src/c_api.rs
"""

import ctypes
import json
from typing import Any

from c2pa import c2pa as library  # type: ignore[import-untyped]

_BYTES = ctypes.POINTER(ctypes.c_ubyte)
_lib: Any = library._lib  # noqa: SLF001 - the package has no public way
_placeholder = _lib.c2pa_builder_data_hashed_placeholder
_placeholder.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.POINTER(_BYTES)]
_placeholder.restype = ctypes.c_int64
_sign = _lib.c2pa_builder_sign_data_hashed_embeddable
_sign.argtypes = [*[ctypes.c_void_p] * 2, *[ctypes.c_char_p] * 2, ctypes.c_void_p, ctypes.POINTER(_BYTES)]
_sign.restype = ctypes.c_int64


def placeholder(builder: Any, signer: Any, media_type: str) -> bytes:
    """What a file of this type, or of application/c2pa, will have as its manifest: as many bytes, not signed yet."""
    size = signer.reserve_size()
    return _result(_placeholder, _handle(builder), size, media_type.encode())


def manifest(builder: Any, signer: Any, media_type: str, *, at: int, length: int, digest: bytes) -> bytes:
    """The signed manifest of a file with this SHA-256, which is that of all bytes but `length` ones at `at`.

    Call `placeholder` before. Raises C2paError.
    """
    known = {
        "exclusions": [{"start": at, "length": length}],
        "name": "jumbf manifest",
        "alg": "sha256",
        "hash": list(digest),
        "pad": [],
    }
    return _result(_sign, _handle(builder), _handle(signer), json.dumps(known).encode(), media_type.encode(), None)


def _handle(of: Any) -> Any:
    return ctypes.cast(of._handle, ctypes.c_void_p)  # noqa: SLF001


def _result(function: Any, *given: Any) -> bytes:
    found = _BYTES()
    size = function(*given, ctypes.byref(found))
    library._check_ffi_operation_result(size, "The manifest failed", check=lambda one: one < 0)  # noqa: SLF001
    try:
        return ctypes.string_at(found, size)
    finally:
        _lib.c2pa_free(found)
