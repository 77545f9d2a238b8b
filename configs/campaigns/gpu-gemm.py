#!/usr/bin/env python3
"""Loads GPUs with matrix products for some time and writes logs in LoadGen's format.

A load generator for experiments, and no MLPerf benchmark: the logs say so. Needs Python 3.8 and PyTorch with CUDA; with
--cards 0 the processor is loaded by NumPy, to try the rest without a GPU.
"""
import argparse
import datetime
import json
import os
import sys
import time

NAME = "gpu-gemm.py (a load generator, not an MLPerf benchmark)"


def devices(cards, total, told):
    """The GPUs to load: the first ones, or as a companion ('with' of a campaign) those that it is told to."""
    wanted = told.get("WATTLINE_COMPANION_GPUS", "")
    if told.get("WATTLINE_ROLE") != "companion" or not wanted:
        return list(range(cards))
    if wanted not in ("other", "same"):
        return [int(wanted)]
    main = told.get("WATTLINE_MAIN_P_GPUS", "")
    if not main.isdigit():
        sys.exit(f"which GPUs are {wanted} is not known: the workload beside which this runs has no parameter gpus")
    return list(range(int(main))) if wanted == "same" else list(range(int(main), total))


def loads(cards, size, precision):
    """One function a card that starts a batch of products, and one that waits for all cards."""
    if cards == 0:
        import numpy

        kind = numpy.float32 if precision == "single" else numpy.float64
        a = numpy.random.default_rng(1).random((size, size), dtype=kind)
        return [lambda: numpy.matmul(a, a)], lambda: None
    import torch

    total = torch.cuda.device_count()
    used = devices(cards, total, os.environ)
    if not used or max(used) >= total:
        sys.exit(f"GPUs {used} are wanted, and there are {total}")
    torch.backends.cuda.matmul.allow_tf32 = False  # single precision is single precision
    kind = torch.float32 if precision == "single" else torch.float64
    need = 2 * size * size * (4 if precision == "single" else 8)
    starts = []
    for card in used:
        free, _ = torch.cuda.mem_get_info(card)
        if need > free:
            sys.exit(f"--size {size}: two matrices need {need / 1e9:.1f} GB, GPU {card} has {free / 1e9:.1f} GB free")
        a = torch.rand((size, size), dtype=kind, device=f"cuda:{card}")
        c = torch.empty_like(a)
        starts.append(lambda a=a, c=c: torch.matmul(a, a, out=c))

    def wait():
        for card in used:
            torch.cuda.synchronize(card)

    return starts, wait


def stamp(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%m-%d-%Y %H:%M:%S.%f")[:-3]


def write(folder, begin, end, took, products, seconds, size):
    rate = products / took
    values = {
        "loadgen_version": NAME,
        "sut_name": NAME,
        "qsl_name": f"{size} x {size} matrices",
        "requested_scenario": "Offline",
        "requested_test_mode": "PerformanceOnly",
        "requested_min_duration_ms": int(seconds * 1000),
        "effective_scenario": "Offline",
        "effective_test_mode": "PerformanceOnly",
        "effective_min_duration_ms": int(seconds * 1000),
        "effective_samples_per_query": products,
        "power_begin": stamp(begin),
        "power_end": stamp(end),
        "result_validity": "VALID",
        "result_min_duration_met": True,
        "result_min_queries_met": True,
        "early_stopping_met": True,
        "result_query_count": 1,
        "result_samples_per_second": rate,
        "num_errors": 0,
    }
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "mlperf_log_detail.txt"), "w", encoding="utf-8") as log:
        for key, value in values.items():
            line = {
                "key": key,
                "value": value,
                "time_ms": took * 1000,
                "namespace": "mlperf::logging",
                "event_type": "POINT_IN_TIME",
                "metadata": {"is_error": False, "is_warning": False, "file": "gpu-gemm.py", "line_no": 0, "pid": 0, "tid": 0},
            }
            log.write(":::MLLOG " + json.dumps(line) + "\n")
    with open(os.path.join(folder, "mlperf_log_summary.txt"), "w", encoding="utf-8") as log:
        log.write(
            "================================================\nMLPerf Results Summary\n"
            "================================================\n"
            f"SUT name : {NAME}\nScenario : Offline\nMode     : PerformanceOnly\nSamples per second: {rate:.6g}\n"
            "Result is : VALID\n  Min duration satisfied : Yes\n  Min queries satisfied : Yes\n"
            "  Early stopping satisfied: Yes\n\n"
            "================================================\nTest Parameters Used\n"
            "================================================\n"
            f"samples_per_query : {products}\nmin_duration (ms): {int(seconds * 1000)}\n\n"
            "No warnings encountered during test.\n\nNo errors encountered during test.\n"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cards", type=int, default=1)
    parser.add_argument("--size", type=int, default=8192)
    parser.add_argument("--precision", choices=["single", "double"], default="single")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("-o", "--output", default="gpu-gemm-logs")
    asked = parser.parse_args()
    # The runner asks for a shorter ranging phase by this variable.
    seconds = float(os.environ.get("WATTLINE_RANGING_SECONDS") or asked.seconds)
    starts, wait = loads(asked.cards, asked.size, asked.precision)
    for start in starts:  # libraries are loaded and clocks rise before the window
        start()
    wait()
    products = 0
    begin = time.time()
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        for _ in range(4):
            for start in starts:
                start()
                products += 1
        wait()
    took = time.monotonic() - started
    write(asked.output, begin, begin + took, took, products, seconds, asked.size)
    flop = 2 * asked.size**3 * products / took
    print(f"{products} products of {asked.size} x {asked.size} in {took:.1f} s, {flop / 1e12:.3f} TFLOP/s")


if __name__ == "__main__":
    main()
