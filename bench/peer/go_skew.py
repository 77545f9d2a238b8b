"""The reference's director tells its analyzers to go, over and over; who listens stamps the arrivals.

usage: go_skew.py CHECKOUT CONFIGURATION ROUNDS REST; prints "done" at the end
"""

import sys

checkout, configuration, rounds, rest = sys.argv[1:5]
sys.path.insert(0, checkout)
from ptd_client_server.lib import server, source_hashes, summary  # noqa: E402

source_hashes.init()

server.ANALYZER_SLEEP_SECONDS = float(rest)
director = server.Server(server.ServerConfig(configuration))
director._summary = summary.Summary()
session = server.Session(director, "bench")
for _ in range(int(rounds)):
    if not session.start(server.Mode.RANGING):
        sys.exit("the session did not start")
    for ptd in session._ptd:
        ptd.cmd("Stop")
    for ptd in session._ptd:
        ptd.cmd("Watts")  # answered when the measurement has ended
    session._state = server.SessionState.INITIAL
print("done", flush=True)
session.drop()
