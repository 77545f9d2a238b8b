#!/usr/bin/env python3
"""Starts 'wattline director' with the same arguments, from the path where MLCommons' automation looks for the reference."""

import os
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
if os.name == "nt":
    sys.exit(subprocess.call([os.path.join(root, "wattline.cmd"), "director"] + sys.argv[1:]))
wattline = os.path.join(root, "wattline")
os.execv(wattline, [wattline, "director"] + sys.argv[1:])
