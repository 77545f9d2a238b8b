"""The obvious way to read an nvidia-smi log: pandas.read_csv, to_datetime with a format, a trapezoid per GPU.

Usage: python3 smi_pandas.py FILE
Prints: rows, seconds, joules.
"""
import sys
import time

import pandas

start = time.perf_counter()
log = pandas.read_csv(sys.argv[1], skipinitialspace=True)
stamps = pandas.to_datetime(log["timestamp"], format="%Y/%m/%d %H:%M:%S.%f")
watts = log["power.draw [W]"].str.removesuffix(" W").astype(float)
frame = pandas.DataFrame({"t": stamps.astype("int64") / 1e9, "w": watts, "gpu": log["uuid"]})
joules = 0.0
for _, gpu in frame.groupby("gpu"):
    seconds = gpu["t"].diff().iloc[1:]
    mean = (gpu["w"] + gpu["w"].shift()).iloc[1:] / 2
    joules += float((seconds * mean).sum())
print(len(log), time.perf_counter() - start, joules)
