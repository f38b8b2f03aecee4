"""Data on its way between tests and the program that they test: what is equal there is equal here. Objects of the program stay there, and pass as numbers."""
import collections
import decimal
import fractions
import json
import sys

# Newer Pythons would refuse to spell long numbers.
getattr(sys, "set_int_max_str_digits", lambda digits: None)(0)


class NoData(Exception):
    pass


class Objects:
    """How a side names what is no data."""

    def number(self, value):
        raise NoData(f"a {type(value).__name__} is no data that can be compared")

    def named(self, number):
        raise NoData("only the program has objects")


objects = Objects()


def encode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": int.__str__(value)}
    if isinstance(value, float):
        return {"f": float.hex(value)}
    if isinstance(value, complex):
        return {"c": [float.hex(value.real), float.hex(value.imag)]}
    if isinstance(value, (bytes, bytearray)):
        return {"b": bytes(value).hex()}
    if isinstance(value, range):
        return {"r": [value.start, value.stop, value.step]}
    if isinstance(value, decimal.Decimal):
        return {"D": str(value)}
    if isinstance(value, fractions.Fraction):
        return {"Q": str(value)}
    if isinstance(value, dict):
        return {"d": [[encode(key), encode(item)] for key, item in value.items()]}
    for kind, tag in ((tuple, "t"), ((list, collections.deque), "l"), (frozenset, "F"), (set, "s")):
        if isinstance(value, kind):
            return {tag: [encode(item) for item in value]}
    if hasattr(value, "__next__") or isinstance(value, (type({}.keys()), type({}.values()), type({}.items()))):
        return {"g": [encode(item) for item in value]}
    return {"o": objects.number(value)}


def decode(message):
    if message is None or isinstance(message, (bool, str)):
        return message
    ((tag, content),) = message.items()
    if tag == "i":
        return int(content)
    if tag == "f":
        return float.fromhex(content)
    if tag == "c":
        return complex(*map(float.fromhex, content))
    if tag == "b":
        return bytes.fromhex(content)
    if tag == "r":
        return range(*content)
    if tag == "D":
        return decimal.Decimal(content)
    if tag == "Q":
        return fractions.Fraction(content)
    if tag == "o":
        return objects.named(content)
    if tag == "d":
        return {decode(key): decode(item) for key, item in content}
    items = [decode(item) for item in content]
    return {"t": tuple, "l": list, "F": frozenset, "s": set, "g": iter}[tag](items)


def write(channel, message):
    channel.write(json.dumps(message).encode() + b"\n")
    channel.flush()


def read(channel):
    line = channel.readline()
    return json.loads(line) if line else None
