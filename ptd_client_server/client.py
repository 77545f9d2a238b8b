#!/usr/bin/env python3
"""Starts 'wattline run' with the same arguments, from the path where MLCommons' automation looks for the reference."""

import os
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
if os.name == "nt":
    sys.exit(subprocess.call([os.path.join(root, "wattline.cmd"), "run", "--no-report"] + sys.argv[1:]))
wattline = os.path.join(root, "wattline")
os.execv(wattline, [wattline, "run", "--no-report"] + sys.argv[1:])
