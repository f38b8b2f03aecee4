"""The first process of a sandbox that lasts. Forks one process for each program, which shuts itself off from everything before the program begins.

It speaks with the verifier through one socket: "r" asks for a run, "k" for the end of the one there is, and each run is answered by how it ended. What a
run is given comes through sockets of that run, which are opened by its own process: nothing of one run is ever in the memory that the next is forked from.
"""
import _socket
import ast
import atexit
import bisect
import collections
import copy
import ctypes
import datetime
import decimal
import fractions
import functools
import gc
import heapq
import itertools
import json
import math
import operator
import os
import re
import resource
import select
import signal
import string
import struct
import sys
import time
import types
import typing

OWN, SOCKET, WORK, TEMPORARY, SHARED = "/zygote", "/zygote/socket", "/work", "/tmp", "/dev/shm"
PYTHON = ["/usr/bin/python3", "-I", "-B"]
NEW_MOUNTS, NEW_PROCESSES = 0x00020000, 0x20000000
READ_ONLY, NO_PRIVILEGES, REMOUNT, PRIVATE = 1, 2 | 4, 32, 1 << 18 | 1 << 14
NO_NEW_PRIVILEGES, SECCOMP, FILTER, BOUNDING_SET_DROP, AMBIENT, CLEAR = 38, 22, 2, 24, 47, 4
CAPABILITIES = (8, 21)
LIMITS = (resource.RLIMIT_CORE, resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)
CAPABILITY_VERSION = 0x20080522

libc = ctypes.PyDLL(None, use_errno=True)


def call(function, *arguments):
    """What the kernel refuses is an exception."""
    if getattr(libc, function)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), f"{function}: {os.strerror(ctypes.get_errno())}")


class Program(ctypes.Structure):
    """A filter as the kernel takes it."""
    _fields_ = [("count", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def connect():
    """The plain socket beneath Python's: what a zygote touches it pays for at every fork, by the page."""
    channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
    channel.connect(SOCKET)
    return channel


def exactly(count):
    given = os.read(0, count)
    while len(given) < count:
        part = os.read(0, count - len(given))
        if not part:
            raise EOFError("The verifier has gone.")
        given += part
    return given


def mount(place, size, flags=NO_PRIVILEGES, mode="1777"):
    call("mount", b"none", place.encode(), b"tmpfs", ctypes.c_ulong(flags), f"size={size},nr_inodes=16384,mode={mode}".encode())


def make_places(temporary, shared, files):
    """A view of files that is this run's alone: its program, empty folders for what it writes, and nothing of the sandbox's own."""
    call("unshare", NEW_MOUNTS)
    call("mount", None, b"/", None, ctypes.c_ulong(PRIVATE), None)
    mount(TEMPORARY, temporary)
    mount(SHARED, shared)
    mount(WORK, "100%", mode="755")
    while files:
        name, length, *files = files
        file = os.open(f"{WORK}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
        given = exactly(int(length))
        while given:
            given = given[os.write(file, given):]
        os.close(file)
    call("mount", b"none", WORK.encode(), None, ctypes.c_ulong(REMOUNT | READ_ONLY | NO_PRIVILEGES), None)
    mount(OWN, 4096, READ_ONLY | NO_PRIVILEGES, "555")


def bound(limits):
    for kind, most in zip(LIMITS, limits):
        most = int(most)
        resource.setrlimit(kind, (most, most))


def drop_privileges():
    call("prctl", AMBIENT, CLEAR, 0, 0, 0)
    for capability in CAPABILITIES:
        call("prctl", BOUNDING_SET_DROP, capability, 0, 0, 0)
    call("capset", struct.pack("=Ii", CAPABILITY_VERSION, 0), bytes(24))
    call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    call("prctl", SECCOMP, FILTER, ctypes.byref(barred))


def interpret(path, arguments):
    """As the interpreter runs a file; the exit code."""
    program = types.ModuleType("__main__")
    program.__file__, program.__builtins__ = path, sys.modules["builtins"]
    sys.modules["__main__"], sys.argv = program, [path, *arguments]
    code = 0
    try:
        with open(path, "rb") as file:
            source = file.read()
        exec(compiled.get(source) or compile(source, path, "exec"), program.__dict__)
    except SystemExit as end:
        code = exit_code(end)
    except BaseException as error:
        sys.excepthook(type(error), error.with_traceback(error.__traceback__.tb_next), error.__traceback__)
        code = 1
    return end_interpreter(code)


def exit_code(end):
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code & 0xFF
    print(end.code, file=sys.stderr)
    return 1


def end_interpreter(code):
    if "threading" in sys.modules:
        sys.modules["threading"]._shutdown()
    atexit._run_exitfuncs()
    for stream, failure in ((sys.stdout, 120), (sys.stderr, code)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = failure
    return code


def live(channels):
    """A run's own process, the first of its namespace: whatever it started ends with it. Never returns.

    It is given a length and so many bytes of text, the parts of which zeros separate: bounds, sizes, how many words the command has, the command, then
    each file's name and length; then the files, and what the program reads.
    """
    for number, channel in enumerate(channels):
        os.dup2(channel, number)
    os.closerange(3, 1 << 20)
    task = exactly(int.from_bytes(exactly(4), "little")).decode().split("\0")
    limits, (temporary, shared, words), task = task[:len(LIMITS)], task[len(LIMITS):len(LIMITS) + 3], task[len(LIMITS) + 3:]
    command, files = task[:int(words)], task[int(words):]
    make_places(temporary, shared, files)
    os.setsid()
    os.chdir(TEMPORARY)
    bound(limits)
    drop_privileges()
    os.write(1, b"!")
    if command[:3] == PYTHON:
        os._exit(interpret(command[3], command[4:]))
    for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(ignored, signal.SIG_DFL)
    os.execv(command[0], command)


def run(control):
    channels = [connect() for _ in range(3)]
    call("unshare", NEW_PROCESSES)
    child = os.fork()
    if child == 0:
        try:
            live([channel.fileno() for channel in channels])
        except BaseException:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        finally:
            os._exit(127)
    for channel in channels:
        channel.close()
    call("setns", here, NEW_PROCESSES)
    ended = os.pidfd_open(child)
    events.register(ended, select.POLLIN)
    while ready := events.poll():
        if any(channel == ended for channel, _ in ready):
            break
        if control.recv(1) != b"k":
            sys.exit("The verifier has gone.")
        os.kill(child, signal.SIGKILL)
    events.unregister(ended)
    os.close(ended)
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


with open(f"{OWN}/filter", "rb") as file:
    instructions = file.read()
barred = Program(len(instructions) // 8, instructions)
here = os.pidfd_open(os.getpid())
sys.path.insert(0, OWN)
import values
del sys.path[0]
compiled = {}
for driver in ("functions.py", "asserts.py"):
    with open(f"{OWN}/{driver}", "rb") as file:
        text = file.read()
    compiled[text] = compile(text, f"{WORK}/{driver}", "exec")

control = connect()
events = select.poll()
events.register(control, select.POLLIN)
gc.collect()
gc.freeze()
while (request := control.recv(1)):
    if request == b"r":
        control.sendall(b"%d\n" % run(control))
