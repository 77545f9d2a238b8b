"""A test of a program that talks to PTDaemon, against Wattline's mock. Needs Python 3.8 or newer and Java 17.

    WATTLINE=./wattline python3 -m unittest docs/examples/test_with_mock_ptd.py
"""

import os
import socket
import subprocess
import unittest

WATTLINE = os.environ.get("WATTLINE", "./wattline")


class MockPtd:
    """A mock PTDaemon on a free port of this machine, for one test."""

    def __init__(self, *options, device_type=49):
        self.process = subprocess.Popen(
            [WATTLINE, "mock-ptd", "--port", "0", "--print-port", "--start-delay", "0", *options,
             str(device_type), "/dev/usbtmc0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        first_line = self.process.stdout.readline()
        if not first_line:
            raise RuntimeError(f"mock-ptd ended with status {self.process.wait()}; run it by hand to see why")
        self.port = int(first_line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Ptd:
    """The program under test: here, four lines that ask PTDaemon."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.lines = self.socket.makefile("r", newline="\r\n")

    def ask(self, command):
        self.socket.sendall(command.encode() + b"\r\n")
        return self.lines.readline().rstrip("\r\n")

    def close(self):
        self.lines.close()
        self.socket.close()


class AgainstTheMock(unittest.TestCase):
    def test_measures_the_power_of_the_signal(self):
        with MockPtd("--signal", "constant,watts=120", "--speed", "100") as mock:
            ptd = Ptd(mock.port)
            self.addCleanup(ptd.close)
            self.assertTrue(ptd.ask("Identify").startswith("YokogawaWT310E,"))
            ptd.ask("Go,1000,0,mark")
            ptd.ask("Stop")
            self.assertTrue(ptd.ask("Watts").startswith("Watts,120.0"))


if __name__ == "__main__":
    unittest.main()
