"""Runs the tests of functions that live in another sandbox: calls go there as messages, and what comes back is data, or the number of an object there."""
import ast
import builtins
import json
import os
import sys

sys.path.insert(0, "/work")
import values
from values import NoData, decode, encode, read, write

answers, questions = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
os.dup2(os.open("/dev/null", os.O_RDWR), 1)


NUMBER = "_Object__number"
asked_anything = False


class Gone(BaseException):
    """The program has ended."""


class Failed(Exception):
    """The program raised what is no exception of Python's own."""


def ask(do, of, name, arguments=(), named={}, value=None):
    global asked_anything
    asked_anything = True
    write(questions, {
        "do": do, "of": encode(of), "name": name, "value": encode(value),
        "arguments": [encode(each) for each in arguments], "named": {name: encode(each) for name, each in named.items()}})
    answer = read(answers)
    if answer is None or "gone" in answer:
        raise Gone()
    if "error" in answer:
        kind = getattr(builtins, str(answer["error"]), None)
        kind = kind if isinstance(kind, type) and issubclass(kind, Exception) and kind is not AssertionError else Failed
        error = kind(str(answer["text"])) if kind is not UnicodeDecodeError and kind is not UnicodeEncodeError else Failed(answer["text"])
        error.of_program = True
        raise error
    for place, now in answer["changed"].items():
        change(arguments[int(place)], decode(now))
    return decode(answer["result"])


class Function:
    """A function or class of the program, by its name."""

    def __init__(self, name):
        self.name = name

    def __call__(self, *arguments, **named):
        return ask("call", None, self.name, arguments, named)


class Object:
    """An object of the program, which stays there. Its attributes and methods are asked for; what they answer is data, or another such object.

    It is equal to nothing, neither true nor false, and has no order, length or number: all that would be the program's word on whether a test holds.
    """
    __slots__ = ("__number",)
    __hash__ = None

    def __init__(self, number):
        object.__setattr__(self, NUMBER, number)

    def __call__(self, *arguments, **named):
        return ask("call", self, "", arguments, named)

    def __getattr__(self, name):
        return ask("get", self, asked(name))

    def __setattr__(self, name, value):
        ask("set", self, asked(name), value=value)

    def refuse(self, *_):
        raise NoData("an object of the program cannot be compared, only its attributes and what its methods return")

    __eq__ = __ne__ = __bool__ = refuse
    del refuse


def asked(name):
    """Python's own names are asked for by Python, not by tests."""
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return name


class Named(values.Objects):
    def number(self, value):
        return object.__getattribute__(value, NUMBER) if type(value) is Object else super().number(value)

    def named(self, number):
        return Object(int(number))


values.objects = Named()


def change(argument, now):
    if isinstance(argument, list) and isinstance(now, list):
        argument[:] = now
    elif isinstance(argument, (dict, set)) and type(argument) is type(now):
        argument.clear()
        argument.update(now)


def unknown(trees):
    """Names that tests read and nobody defines: those of the program's functions."""
    read_names, known = set(), set(dir(builtins))
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                (read_names if isinstance(node.ctx, ast.Load) else known).add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                known.add(node.name)
            elif isinstance(node, ast.arg):
                known.add(node.arg)
            elif isinstance(node, ast.alias):
                known.add((node.asname or node.name).split(".")[0])
            elif isinstance(node, ast.ExceptHandler) and node.name:
                known.add(node.name)
    return read_names - known


def verdict(test, names):
    try:
        exec(test, names)
        return {"passed": True, "kind": "", "text": ""}
    except AssertionError:
        return {"passed": False, "kind": "wrong", "text": "The assertion does not hold."}
    except Exception as error:
        # What the program returned may be of a type that the test cannot use: its own fault, as a wrong answer is.
        return failure(error) if is_of_program(error) else {"passed": False, "kind": "wrong", "text": "The result is of another type."}


def is_of_program(error):
    return getattr(error, "of_program", False) or isinstance(error, NoData)


def failure(error):
    return {"passed": False, "kind": "error", "text": f"{type(error).__name__}: {error}"[:200]}


with open("/work/asserts.json", encoding="utf-8") as file:
    task = json.load(file)

try:
    setup, tests = ast.parse(task["setup"]), [ast.parse(test) for test in task["asserts"]]
    names = {"__name__": "tests"}
    for name in unknown([setup, *tests]):
        names[name] = Function(name)
    compiled = [compile(tree, "test", "exec") for tree in tests]
    exec(compile(setup, "setup", "exec"), names)
except Gone:
    sys.exit(0)
except Exception as error:
    # What the program answered may have broken them.
    if asked_anything:
        for _ in task["asserts"]:
            write(questions, failure(error))
    else:
        write(questions, {"broken": f"{type(error).__name__}: {error}"[:400]})
    sys.exit(0)

for test in compiled:
    try:
        write(questions, verdict(test, names))
    except Gone:
        break
