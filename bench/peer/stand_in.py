#!/usr/bin/env python3
"""Stands in for a PTDaemon's process: the benchmark runs the mock itself, for as long as this one lives."""

import os
import socket
import sys

call = socket.create_connection(("127.0.0.1", int(os.environ["WATTLINE_BENCH_STAND_INS"])))
call.sendall(("\t".join(sys.argv[1:]) + "\n").encode())
call.recv(1)  # nothing is ever sent; this returns when the benchmark is through
