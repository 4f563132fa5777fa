"""A CSS writer for our own sheets: layers to plain order, no comments, no superfluous space.

Layers are written out in the order of the `@layer a, b, c;` statement, a rule outside any layer last, as the cascade has it.
Flat order cannot keep one promise of layers: a later layer wins over an earlier one even when it is less specific. The sheets
avoid such pairs, and a browser test compares the computed styles of source and flat sheet on real pages.
"""


def flatten(text: str) -> str:
    rules = parse(strip_comments(text))
    order: list[str] = []
    for head, body in rules:
        if head.startswith("@layer"):
            for name in (part.strip() for part in head[len("@layer"):].split(",")):
                if name not in order:
                    order.append(name)
    layered: dict[str, list[str]] = {name: [] for name in order}
    free: list[str] = []
    for head, body in rules:
        if head.startswith("@layer"):
            if body is not None:
                layered[head[len("@layer"):].strip()].append(compact_block(body))
        elif body is None:
            raise ValueError(f"a statement this writer does not know: {head}")
        else:
            free.append(compact_selector(head) + "{" + compact_block(body) + "}")
    return "".join("".join(layered[name]) for name in order) + "".join(free) + "\n"


def strip_comments(text: str) -> str:
    out = []
    position = 0
    while position < len(text):
        if text.startswith("/*", position):
            position = text.index("*/", position + 2) + 2
        elif text[position] in "\"'":
            end = end_of_string(text, position)
            out.append(text[position:end])
            position = end
        else:
            out.append(text[position])
            position += 1
    return "".join(out)


def end_of_string(text: str, start: int) -> int:
    position = start + 1
    while text[position] != text[start]:
        position += 2 if text[position] == "\\" else 1
    return position + 1


def parse(text: str) -> list[tuple[str, str | None]]:
    """Top-level pieces as (head, body); the body is None for a statement that ends in a semicolon."""
    pieces: list[tuple[str, str | None]] = []
    start = position = 0
    while position < len(text):
        mark = text[position]
        if mark in "\"'":
            position = end_of_string(text, position)
        elif mark == ";":
            pieces.append((" ".join(text[start:position].split()), None))
            start = position = position + 1
        elif mark == "{":
            end = end_of_block(text, position)
            pieces.append((" ".join(text[start:position].split()), text[position + 1:end]))
            start = position = end + 1
        else:
            position += 1
    if text[start:].strip():
        pieces.append((" ".join(text[start:].split()), None))
    return pieces


def end_of_block(text: str, start: int) -> int:
    depth = 0
    position = start
    while True:
        mark = text[position]
        if mark in "\"'":
            position = end_of_string(text, position)
            continue
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth == 0:
            return position
        position += 1


def compact_block(body: str) -> str:
    """Declarations and nested rules of a block."""
    out = []
    for head, inner in parse(body):
        if inner is None:
            if head:
                out.append(compact_declaration(head) + ";")
        else:
            out.append(compact_selector(head) + "{" + compact_block(inner) + "}")
    text = "".join(out)
    return text[:-1] if text.endswith(";") else text


def compact_declaration(text: str) -> str:
    name, _, value = text.partition(":")
    return f"{name.strip()}:{outside_strings(value.strip(), lambda part: part.replace(', ', ',').replace(' !important', '!important'))}"


def compact_selector(text: str) -> str:
    def tighten(part: str) -> str:
        for mark in (", ", " > "):
            part = part.replace(mark, mark.strip())
        return part

    if text.startswith("@"):
        return outside_strings(text, lambda part: part.replace(": ", ":"))
    return outside_strings(text, tighten)


def outside_strings(text: str, change) -> str:
    out = []
    start = position = 0
    while position < len(text):
        if text[position] in "\"'":
            out.append(change(text[start:position]))
            end = end_of_string(text, position)
            out.append(text[position:end])
            start = position = end
        else:
            position += 1
    out.append(change(text[start:]))
    return "".join(out)
