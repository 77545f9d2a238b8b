"""Holds published watts against raw logs, in plain Python: what somebody would write for one paper.

    ledger_plain.py TABLE.csv ROUND=TREE...

Reads LoadGen's window and the analyzer's samples of each session, takes the mean of the watts in the window, and looks
for each published power of the table among the sessions of its round. Energies of a query, intervals, rules by round and
checks are left out.
"""

import csv
import datetime
import json
import os
import sys


def window(path):
    begin = end = None
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if '"power_begin"' in line or '"power_end"' in line:
                value = json.loads(line[line.index("{"):])
                stamp = datetime.datetime.strptime(value["value"], "%m-%d-%Y %H:%M:%S.%f")
                if value["key"] == "power_begin":
                    begin = stamp
                else:
                    end = stamp
    return begin, end


def mean_watts(session):
    begin, end = window(os.path.join(session, "run_1", "mlperf_log_detail.txt"))
    total = count = 0
    with open(os.path.join(session, "run_1", "spl.txt"), encoding="utf-8", errors="replace") as lines:
        for line in lines:
            fields = line.split(",")
            if len(fields) < 4:
                continue
            at = datetime.datetime.strptime(fields[1], "%m-%d-%Y %H:%M:%S.%f")
            watts = float(fields[3])
            if begin <= at <= end and watts > 0:
                total += watts
                count += 1
    return total / count if count else float("nan")


def main():
    found = {}
    sessions = 0
    for text in sys.argv[2:]:
        name, tree = text.split("=", 1)
        values = found.setdefault(name, [])
        for folder, folders, _ in os.walk(tree):
            if "power" in folders and "run_1" in folders:
                folders.clear()
                sessions += 1
                try:
                    values.append(mean_watts(folder))
                except (OSError, TypeError, ValueError):
                    pass
    rows = equal = 0
    with open(sys.argv[1], encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            if row["Units"] in ("System Power (W)", "Power (W)", "System Power", "Watts"):
                rows += 1
                try:
                    published = float(row["Result"].replace(",", ""))
                except ValueError:
                    continue
                near = (abs(value / published - 1) for value in found.get(row["version"], []))
                equal += any(difference < 1e-6 for difference in near)
    print(sessions, "sessions,", rows, "published,", equal, "found")


main()
