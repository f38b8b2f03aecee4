"""Holds a program that is not trusted and calls its functions when it is asked to. What it should return is not known here."""
import os
import sys

sys.path.insert(0, "/work")
from values import NoData, decode, encode, read, write

questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
nothing = os.open("/dev/null", os.O_RDWR)
os.dup2(nothing, 0)
os.dup2(nothing, 1)


def failure(error):
    return {"error": type(error).__name__, "text": str(error)[:200]}


def call(functions, question):
    arguments, named = [decode(each) for each in question["arguments"]], {name: decode(each) for name, each in question["named"].items()}
    before = [encode(each) for each in arguments]
    result = functions[question["name"]](*arguments, **named)
    after = [encode(each) if isinstance(each, (list, dict, set)) else None for each in arguments]
    changed = {place: now for place, (was, now) in enumerate(zip(before, after)) if now is not None and now != was}
    return {"result": encode(result), "changed": changed}


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
        answer = call(functions, question)
    except KeyError as error:
        answer = failure(NameError(f"the program has no {question['name']}") if question["name"] not in functions else error)
    except BaseException as error:
        answer = failure(error)
    write(answers, answer)
