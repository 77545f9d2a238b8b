"""The reference's runner end of a transfer: does what the lines on standard input say.

usage: asking_end.py CHECKOUT PORT TARGET; lines "exchange N" and "download", each answered by nanoseconds
"""

import socket
import sys
import time

checkout, port, target = sys.argv[1:4]
sys.path.insert(0, checkout)
from ptd_client_server.lib import common  # noqa: E402

def connect():
    for attempt in range(100):
        try:
            return socket.create_connection(("127.0.0.1", int(port)))
        except ConnectionRefusedError:
            if attempt == 99:
                raise
            time.sleep(0.1)

connection = common.Proto(connect())
connection.enable_keepalive()
connection.command(common.MAGIC_CLIENT)
print("connected", flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "exchange":
        took = []
        for _ in range(int(words[1])):
            begin = time.monotonic_ns()
            float(connection.command("time"))
            took.append(time.monotonic_ns() - begin)
        print("exchange", *took, flush=True)
    else:
        begin = time.monotonic_ns()
        connection.send("download,bench,run_1/spl.txt")
        connection.recv_file(target)
        print("download", time.monotonic_ns() - begin, flush=True)
