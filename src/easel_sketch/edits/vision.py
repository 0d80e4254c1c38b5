"""How likely each pixel of a photograph is of its main subject, by U²-Netp (Qin et al., 2020).

Needs `onnxruntime` (the extra `easel[vision]`). The model is loaded for the first photograph, runs on one thread, one
photograph at a time, and asks no network.
"""

import contextlib
import ctypes
import functools
import importlib
import importlib.util
import threading
from typing import Any

import numpy as np
import pyvips

from easel_sketch import library
from easel_sketch.edits import pixels
from easel_sketch.edits.pixels import Floats, Mask

SIDE = 320  # pixels of the square that the model reads
_HALF = 0.5
_PIECE = 0.02  # least area of a piece of the mask relative to the largest
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_MAP_FROM = -3  # M_MMAP_THRESHOLD of malloc.h
_ONE_AT_A_TIME = threading.Lock()  # each run takes about 180 MB


@functools.cache
def available() -> bool:
    return importlib.util.find_spec("onnxruntime") is not None


def segmented(colour: pyvips.Image) -> tuple[float, Floats]:
    """The confidence, 0 to 1, and the mask, of 0 and 1, of the subject of an image; the mask is `SIDE` pixels square.

    Processors round the model's numbers differently in their last bits. All that depends on these is compared with one
    half or rounded to a hundredth, so that an image does not.
    """
    square = colour.thumbnail_image(SIDE, height=SIDE, size="force")
    likely = pixels.box(_probability(pixels.array_of(square)), 1)
    inside = likely > _HALF
    return round(_agreement(likely, inside), 2), _large(inside)


def _probability(image: Floats) -> Floats:
    """Each pixel's probability of being the subject's, for bytes of sRGB of shape (SIDE, SIDE, 3)."""
    normal = (image / 255.0 - np.array(_MEAN)) / np.array(_DEVIATION)
    batch = np.ascontiguousarray(normal.transpose(2, 0, 1)[None], dtype=np.float32)
    with _ONE_AT_A_TIME:
        _give_back_memory()
        session = _session()
        first = session.get_outputs()[0].name
        (answer,) = session.run([first], {session.get_inputs()[0].name: batch})
    return np.asarray(answer[0, 0], dtype=np.float32)


@functools.cache
def _session() -> Any:
    onnxruntime: Any = importlib.import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # memory is given back after each run
    # Further optimisations choose a layout by the processor, and take a third more memory.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 3
    onnxruntime.disable_telemetry_events()
    return onnxruntime.InferenceSession(library.subject_model(), options, providers=["CPUExecutionProvider"])


def _give_back_memory() -> None:
    """Have glibc return what is free: else it learns to keep the tensors of each run, and memory grows by half."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MAP_FROM, 1 << 20)
        libc.malloc_trim(0)


def _agreement(likely: Floats, inside: Mask) -> float:
    """How well a mask and the probabilities that it was cut from agree: their overlap as a share of their union."""
    values = np.asarray(likely, dtype=np.float64)
    both, outside = float(values[inside].sum()), float(values[~inside].sum())
    return both / max(float(inside.sum()) + outside, 1.0)


def _large(inside: Mask) -> Floats:
    labels, areas = pixels.components(inside)
    return np.asarray((areas > _PIECE * areas.max(initial=1))[labels] & inside, dtype=np.float32)
