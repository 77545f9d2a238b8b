"""The reference's director end of a transfer: sends one file, and tells the time.

usage: serving_end.py CHECKOUT FILE PORT; serves until it is ended
"""

import os
import sys
import threading
import time

checkout, path, port = sys.argv[1:4]
sys.path.insert(0, checkout)
from ptd_client_server.lib import common  # noqa: E402

def handle(connection):
    connection.enable_keepalive()
    connection.recv()
    connection.send(common.MAGIC_SERVER)
    while True:
        line = connection.recv()
        if line is None:
            return
        if line.startswith("download,"):
            connection.send_file(path)
        else:
            connection.send(str(time.time()))

def end_with_stdin():
    sys.stdin.read()
    os._exit(0)

threading.Thread(target=end_with_stdin, daemon=True).start()
server = threading.Thread(target=common.run_server, args=("127.0.0.1", int(port), handle))
server.start()
print("serving on " + port, flush=True)
