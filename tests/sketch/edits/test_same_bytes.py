"""Edits on a plainer processor give the same bytes."""

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sketch.edits.images import edit
from tests.sketch.edits.test_photographs import photograph

from easel_sketch import Size

SIZE = Size(768, 512)
EDITS = (
    ("astronaut.png", "Remove the background"),
    ("chelsea.png", "Blur the background"),
)
PLAIN = {
    "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX",
    "OPENBLAS_CORETYPE": "Nehalem",
    "VIPS_NOVECTOR": "1",
}
# xor ecx, ecx; xgetbv: how code asks which vector registers may be used. Answered with none, it uses those of SSE.
ASKS, ANSWERS_NONE = b"\x31\xc9\x0f\x01\xd0", b"\x31\xc9\x31\xc0\x90"


def digests() -> list[str]:
    return [hashlib.sha256(edit(prompt, photograph(name), size=SIZE).data).hexdigest() for name, prompt in EDITS]


@pytest.mark.proof
@pytest.mark.skipif(platform.machine() != "x86_64", reason="it is about AVX")
def test_the_same_bytes_come_from_a_processor_without_avx(tmp_path: Path) -> None:
    without_avx(tmp_path)
    script = f"import onnxruntime\nassert {str(tmp_path)!r} in onnxruntime.__file__\n"
    script += "from tests.sketch.edits.test_same_bytes import digests\nprint(*digests())"
    places = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3]), *sys.path])
    command = [sys.executable, "-W", "ignore", "-c", script]
    there = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | PLAIN | {"PYTHONPATH": places}
    )
    assert there.stdout.split() == digests()


def without_avx(folder: Path) -> None:
    """A copy of onnxruntime, which chooses its instructions itself, that believes there is no AVX."""
    spec = importlib.util.find_spec("onnxruntime")
    assert spec is not None and spec.submodule_search_locations
    unused = shutil.ignore_patterns("libonnxruntime.so*", "tools", "transformers", "quantization", "datasets")
    copy = folder / "onnxruntime"
    shutil.copytree(spec.submodule_search_locations[0], copy, ignore=unused)
    (library,) = (copy / "capi").glob("onnxruntime_pybind11_state*.so")
    code = library.read_bytes()
    assert ASKS in code
    library.write_bytes(code.replace(ASKS, ANSWERS_NONE))
