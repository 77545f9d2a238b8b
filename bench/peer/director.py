"""The reference's director without its check of the clock and without settle time.

usage: director.py CHECKOUT CONFIGURATION
"""

import sys

checkout, configuration = sys.argv[1:3]
sys.path.insert(0, checkout)
from ptd_client_server.lib import common, server, source_hashes  # noqa: E402

source_hashes.init()

server.ANALYZER_SLEEP_SECONDS = 0
common.init("ptd-server")
settings = server.ServerConfig(configuration)
director = server.Server(settings)
try:
    common.run_server(settings.host, settings.port, director.handle_connection)
finally:
    director.close()
