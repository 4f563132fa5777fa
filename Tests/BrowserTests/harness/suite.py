"""The list of tests: functions that take a Browser and read as sentences."""

import dataclasses
from typing import Callable


@dataclasses.dataclass(frozen=True)
class Test:
    sentence: str
    module: str
    body: Callable


tests: list[Test] = []


def test(sentence: str):
    def register(body: Callable) -> Callable:
        tests.append(Test(sentence, body.__module__.rsplit(".", 1)[-1], body))
        return body

    return register
