"""Holds a program that is not trusted and calls its functions when it is asked to. What it should return is not known here."""
import os
import sys

sys.path.insert(0, "/work")
import values
from values import decode, encode, read, write

questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
nothing = os.open("/dev/null", os.O_RDWR)
os.dup2(nothing, 0)
os.dup2(nothing, 1)


class Kept(values.Objects):
    """Objects of the program, by the order in which they were first spoken of."""

    def __init__(self):
        self.all, self.numbers = [], {}

    def number(self, value):
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.all)
            self.all.append(value)
        return self.numbers[id(value)]

    def named(self, number):
        return self.all[number]


def failure(error):
    return {"error": type(error).__name__, "text": str(error)[:200]}


def answer(functions, question):
    of = decode(question["of"])
    if question["do"] == "get":
        return {"result": encode(getattr(of, question["name"])), "changed": {}}
    if question["do"] == "set":
        setattr(of, question["name"], decode(question["value"]))
        return {"result": None, "changed": {}}
    return call(functions[question["name"]] if of is None else of, question)


def call(function, question):
    arguments, named = [decode(each) for each in question["arguments"]], {name: decode(each) for name, each in question["named"].items()}
    before = [encode(each) for each in arguments]
    result = function(*arguments, **named)
    after = [encode(each) if isinstance(each, (list, dict, set)) else None for each in arguments]
    changed = {place: now for place, (was, now) in enumerate(zip(before, after)) if now is not None and now != was}
    return {"result": encode(result), "changed": changed}


values.objects = Kept()
functions = {"__name__": "program"}
try:
    with open("/work/program.py", encoding="utf-8") as file:
        exec(compile(file.read(), "program.py", "exec"), functions)
    write(answers, {"ready": True})
except BaseException as error:
    write(answers, failure(error))
    os._exit(0)

while (question := read(questions)) is not None:
    try:
        said = answer(functions, question)
    except KeyError as error:
        is_missing = question["of"] is None and question["name"] not in functions
        said = failure(NameError(f"the program has no {question['name']}") if is_missing else error)
    except BaseException as error:
        said = failure(error)
    write(answers, said)
