# Runs a command on a pseudo-terminal of its own, as its session's leader. What comes by standard input is typed there,
# what the terminal shows goes to standard output. Exits with the command's status, 128 + n after signal n.
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

COLUMNS = 200

child, terminal = pty.fork()
if child == 0:
    # As a login does: what a shell starts in the background ignores these, and so would all that is started here.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
wakeup, wakeup_end = os.pipe()
os.set_blocking(wakeup_end, False)
signal.set_wakeup_fd(wakeup_end)
signal.signal(signal.SIGCHLD, lambda number, frame: None)

status = None
sources = {0, terminal, wakeup}
while True:
    # A process that the command left may hold the terminal: after the command's end only what is there is read.
    ready = select.select(sources, [], [], None if status is None else 0.1)[0]
    if status is None:
        pid, ended = os.waitpid(child, os.WNOHANG)
        status = ended if pid else None
    if wakeup in ready:
        os.read(wakeup, 1024)
    if 0 in ready:
        typed = os.read(0, 1024)
        if typed:
            os.write(terminal, typed)
        else:
            sources.discard(0)
    if terminal in ready:
        try:
            os.write(1, os.read(terminal, 65536))
        except OSError:  # EIO: nobody has it open any more
            sources.discard(terminal)
    if status is not None and terminal not in ready:
        break
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
