"""Reads command lines as ptd_client_server/lib/client.py of mlcommons/power-dev (c4b3ad8) does.

Each line of the standard input holds the arguments of one, separated by tabs; each line of the standard output says what
came of it. With the path of a checkout as an argument the parser is the one that its client builds; without one it is
built here in the same way.
"""

import argparse
import sys


class Wrong(Exception):
    pass


def wrong(_, message):
    raise Wrong(message)


# An error ends in an exception rather than in the process's end, and help is no success here.
argparse.ArgumentParser.error = wrong
argparse.ArgumentParser.print_help = lambda *_: wrong(None, "help")


def own_parser():
    parser = argparse.ArgumentParser()
    required = parser.add_argument_group("required arguments")
    for short, long in (("a", "addr"), ("w", "run-workload"), ("L", "loadgen-logs"), ("o", "output"), ("n", "ntp")):
        required.add_argument("-" + short, "--" + long, type=str, required=True)
    parser.add_argument("-T", "--no-timestamp-path", action="store_true")
    parser.add_argument("-t", "--timestamp-path", action="store_false", dest="no_timestamp_path")
    parser.add_argument("-p", "--port", type=int, default=4950)
    parser.add_argument("-l", "--label", type=str, default="")
    parser.add_argument("-f", "--force", action="store_true")
    parser.add_argument("-S", "--stop-server", action="store_true")
    parser.add_argument("-A", "--max-amps", type=float, default=0)
    parser.add_argument("-V", "--max-volts", type=float, default=0)
    return parser


def parser_of(checkout):
    """Lets the reference's client build its parser and catches it before it is used."""
    sys.path.insert(0, checkout)
    from ptd_client_server.lib import client

    class Built(Exception):
        pass

    def built(self, *_):
        raise Built(self)

    parse, argparse.ArgumentParser.parse_args = argparse.ArgumentParser.parse_args, built
    client.common.init = client.common.system_check = lambda *_: None
    client.common.log_redirect.start = lambda *_: None
    try:
        client.main()
    except Built as caught:
        return caught.args[0]
    finally:
        argparse.ArgumentParser.parse_args = parse


def outcome(parser, arguments):
    try:
        read = vars(parser.parse_args(arguments))
    except Wrong as wrong:
        return "error\t" + str(wrong)
    manual = read["max_amps"] > 0 and read["max_volts"] > 0
    ranges = (repr(read["max_amps"]), repr(read["max_volts"])) if manual else ("none", "none")
    names = ("addr", "run_workload", "loadgen_logs", "output", "ntp", "no_timestamp_path", "port", "label", "force",
             "stop_server")
    return "\t".join([f"{name}={read[name]}" for name in names] + ["amps=" + ranges[0], "volts=" + ranges[1]])


if __name__ == "__main__":
    options = parser_of(sys.argv[1]) if len(sys.argv) > 1 else own_parser()
    for line in sys.stdin.read().splitlines():
        print(outcome(options, line.split("\t")))
