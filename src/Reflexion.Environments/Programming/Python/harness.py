"""Runs in a sandbox, as the checker (holds the tests) or as the candidate (holds the solution).

The two never share a process. They talk through the host: every call that a test makes of the
solution crosses as data, so nothing that the solution does to its own process can touch a verdict.
A frame is four bytes of length (big endian), one byte of kind, and JSON.
"""
import builtins
import json
import os
import sys

MAX_FRAME = 8 << 20
MAX_TEXT = 1000
EAGER_ITEMS = 1000
HARMLESS = frozenset("abs all any ascii bin callable chr divmod format hash hex isinstance issubclass len max min next oct ord pow repr round sorted sum".split())

_channel_in = os.fdopen(os.dup(0), "rb")
_channel_out = os.dup(1)
_nowhere = os.open(os.devnull, os.O_RDWR)
for _standard in (0, 1, 2):
    os.dup2(_nowhere, _standard)
os.close(_nowhere)
sys.path[:] = [folder for folder in sys.path if folder]
if not hasattr(builtins, "exit"):
    builtins.exit = builtins.quit = sys.exit


class Gone(BaseException):
    """The other side cannot answer any more."""


def receive():
    head = _channel_in.read(5)
    if len(head) < 5:
        os._exit(0)
    return head[4:5], _channel_in.read(int.from_bytes(head[:4], "big") - 1)


def send(kind, value):
    body = json.dumps(value, separators=(",", ":")).encode()
    if len(body) >= MAX_FRAME:
        raise ValueError("the value is too large to be passed on (%d bytes)" % len(body))
    data = memoryview((len(body) + 1).to_bytes(4, "big") + kind + body)
    while data:
        data = data[os.write(_channel_out, data):]


def clip(text):
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "..."


def shown(value):
    try:
        return clip(repr(value))
    except BaseException as wrong:
        return "<%s whose repr raises %s>" % (type(value).__name__, type(wrong).__name__)


def message_of(wrong):
    try:
        if isinstance(wrong, KeyError) and len(wrong.args) == 1:
            return clip(str(wrong.args[0]))
        return clip(str(wrong))
    except BaseException:
        return ""


def builtin_names(kind):
    return [base.__name__ for base in kind.__mro__ if getattr(builtins, base.__name__, None) is base and base is not object]


def crossing(wrong):
    """An exception as data: the builtin types it is one of, what it says, and the solution's line that raised it."""
    line, trace = None, wrong.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "solution.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    return ["x", builtin_names(type(wrong)), message_of(wrong), line]


def exception_of(names, message, line):
    made = Exception(message)
    for name in names:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            try:
                made = kind(message)
                break
            except TypeError:
                continue
    made.solution_line = line if type(line) is int else None
    return made


def described(wrong):
    line = getattr(wrong, "solution_line", None)
    return type(wrong).__name__ + ": " + message_of(wrong) + ("" if line is None else " (line %d of the solution)" % line)


class Remote:
    """An object that stays on the other side. Equality is identity: what it says of itself counts for nothing."""

    __slots__ = ("_peer", "_handle", "_text")

    def __init__(self, peer, handle, text):
        object.__setattr__(self, "_peer", peer)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_text", text)

    def __call__(self, *args, **kwargs):
        return self._peer.request(["call", ["h", self._handle]], args, kwargs)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._peer.request(["get", self._handle, name], (), {})

    def __setattr__(self, name, value):
        self._peer.request(["set", self._handle, name], (value,), {})

    def __len__(self):
        return int(self._peer.request(["len", self._handle], (), {}))

    def __getitem__(self, key):
        return self._peer.request(["item", self._handle], (key,), {})

    def __iter__(self):
        return iter(self._peer.request(["iter", self._handle], (), {}))

    def __str__(self):
        return str(self._peer.request(["str", self._handle], (), {}))

    def __bool__(self):
        return True

    def __repr__(self):
        return self._text


def continued(peer, handle, items):
    while True:
        yield from items
        if handle is None:
            return
        items, handle, error = peer.request(["more", handle], (), {})
        if error is not None:
            yield from items
            raise error


class Graph:
    """The values of one exchange. Containers that can change have numbers, so that both sides mean the same one."""

    def __init__(self, peer, first):
        self.peer = peer
        self.next = first
        self.number_of = {}
        self.objects = {}

    def number(self, value):
        number = self.number_of.get(id(value))
        if number is None:
            number, self.next = self.next, self.next + 2
            self.know(number, value)
        return number

    def know(self, number, value):
        self.number_of[id(value)] = number
        self.objects[number] = value

    def encode(self, value, written):
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return value if -(10 ** 18) < value < 10 ** 18 else ["i", hex(value)]
        if kind is tuple:
            return ["t", *[self.encode(item, written) for item in value]]
        if kind in (list, dict, set, bytearray) or kind.__module__ == "collections" and kind.__name__ in ("deque", "Counter", "OrderedDict", "defaultdict"):
            return self.encode_container(value, written)
        if kind is frozenset:
            return ["f", *[self.encode(item, written) for item in value]]
        if kind is bytes:
            return ["b", value.decode("latin-1")]
        if kind is complex:
            return ["c", value.real, value.imag]
        if kind is range:
            return ["r", self.encode(value.start, written), self.encode(value.stop, written), self.encode(value.step, written)]
        if kind is slice:
            return ["sl", *[self.encode(part, written) for part in (value.start, value.stop, value.step)]]
        return self.encode_rare(value, kind, written)

    def encode_container(self, value, written):
        number = self.number(value)
        if number in written:
            return ["ref", number]
        written.add(number)
        kind = type(value)
        if kind is list or kind is set:
            return ["l" if kind is list else "s", number, *[self.encode(item, written) for item in value]]
        if kind is bytearray:
            return ["ba", number, value.decode("latin-1")]
        if kind.__name__ == "deque":
            return ["q", number, value.maxlen, *[self.encode(item, written) for item in value]]
        pairs = [self.encode(part, written) for pair in dict.items(value) for part in pair]
        if kind.__name__ == "defaultdict":
            return ["dd", number, getattr(value.default_factory, "__name__", None), *pairs]
        return [{"dict": "d", "Counter": "dc", "OrderedDict": "do"}[kind.__name__], number, *pairs]

    def encode_rare(self, value, kind, written):
        name = getattr(value, "__name__", None)
        if isinstance(name, str) and getattr(builtins, name, None) is value and is_harmless(value):
            return ["builtin", name]
        if kind is Remote and value._peer is self.peer:
            return ["h", value._handle]
        if isinstance(value, BaseException):
            return crossing(value)
        module = kind.__module__
        if module == "decimal" and kind.__name__ == "Decimal":
            return ["decimal", str(value)]
        if module == "fractions" and kind.__name__ == "Fraction":
            return ["fraction", self.encode(value.numerator, written), self.encode(value.denominator, written)]
        if module == "datetime" and kind.__name__ in ("date", "datetime") and getattr(value, "tzinfo", None) is None:
            return [kind.__name__, *value.timetuple()[:6], getattr(value, "microsecond", 0)]
        if module == "datetime" and kind.__name__ == "timedelta":
            return ["timedelta", value.days, value.seconds, value.microseconds]
        if kind in (type({}.keys()), type({}.values()), type({}.items())):
            return [kind.__name__, *[self.encode(item, written) for item in value]]
        if hasattr(kind, "__next__"):
            return self.encode_iterator(value, written)
        for base in (int, float, str, bytes, tuple, list, dict, set, frozenset):
            if isinstance(value, base):
                return self.encode(str.__str__(value) if base is str else base(value), written)
        return ["o", self.peer.export(value), shown(value)]

    def encode_iterator(self, value, written):
        items, handle, error = self.peer.take(value)
        return ["it", [self.encode(item, written) for item in items], handle, None if error is None else crossing(error)]

    def decode(self, data):
        if data is None or type(data) in (bool, str, float, int):
            return data
        return getattr(self, "read_" + data[0])(data)

    def items(self, data, start):
        return [self.decode(item) for item in data[start:]]

    def container(self, number, kind, make):
        known = self.objects.get(number)
        if type(known) is kind:
            return known
        made = make()
        self.know(number, made)
        return made

    def read_ref(self, data):
        return self.objects[data[1]]

    def read_i(self, data):
        return int(data[1], 16)

    def read_t(self, data):
        return tuple(self.items(data, 1))

    def read_f(self, data):
        return frozenset(self.items(data, 1))

    def read_b(self, data):
        return data[1].encode("latin-1")

    def read_c(self, data):
        return complex(data[1], data[2])

    def read_r(self, data):
        return range(*self.items(data, 1))

    def read_sl(self, data):
        return slice(*self.items(data, 1))

    def read_l(self, data):
        made = self.container(data[1], list, list)
        made[:] = self.items(data, 2)
        return made

    def read_s(self, data):
        made = self.container(data[1], set, set)
        items = self.items(data, 2)
        made.clear()
        made.update(items)
        return made

    def read_ba(self, data):
        made = self.container(data[1], bytearray, bytearray)
        made[:] = data[2].encode("latin-1")
        return made

    def read_q(self, data):
        import collections
        made = self.container(data[1], collections.deque, lambda: collections.deque(maxlen=data[2]))
        items = self.items(data, 3)
        made.clear()
        made.extend(items)
        return made

    def fill(self, made, data, start):
        parts = self.items(data, start)
        dict.clear(made)
        for at in range(0, len(parts), 2):
            dict.__setitem__(made, parts[at], parts[at + 1])
        return made

    def read_d(self, data):
        return self.fill(self.container(data[1], dict, dict), data, 2)

    def read_dc(self, data):
        import collections
        return self.fill(self.container(data[1], collections.Counter, collections.Counter), data, 2)

    def read_do(self, data):
        import collections
        made = self.container(data[1], collections.OrderedDict, collections.OrderedDict)
        parts = self.items(data, 2)
        made.clear()
        made.update(zip(parts[::2], parts[1::2]))
        return made

    def read_dd(self, data):
        import collections
        factory = getattr(builtins, data[2], None) if data[2] else None
        return self.fill(self.container(data[1], collections.defaultdict, lambda: collections.defaultdict(factory if isinstance(factory, type) else None)), data, 3)

    def read_builtin(self, data):
        value = getattr(builtins, data[1])
        return value if is_harmless(value) else None

    def read_x(self, data):
        return exception_of(*data[1:])

    def read_decimal(self, data):
        import decimal
        return decimal.Decimal(data[1])

    def read_fraction(self, data):
        import fractions
        return fractions.Fraction(*self.items(data, 1))

    def read_date(self, data):
        import datetime
        return datetime.date(*data[1:4])

    def read_datetime(self, data):
        import datetime
        return datetime.datetime(*data[1:])

    def read_timedelta(self, data):
        import datetime
        return datetime.timedelta(*data[1:])

    def read_dict_keys(self, data):
        return dict.fromkeys(self.items(data, 1)).keys()

    def read_dict_values(self, data):
        return dict(enumerate(self.items(data, 1))).values()

    def read_dict_items(self, data):
        return dict(self.items(data, 1)).items()

    def read_it(self, data):
        items, handle, error = [self.decode(item) for item in data[1]], data[2], data[3]
        if error is not None:
            return failing(items, self.decode(error))
        return continued(self.peer, handle, items) if handle is not None else iter(items)

    def read_h(self, data):
        return self.peer.exported[data[1]]

    def read_o(self, data):
        return self.peer.remotes.setdefault(data[1], Remote(self.peer, data[1], data[2]))


def is_harmless(value):
    """Whether a builtin may cross as itself: it cannot act on the process it is called in."""
    return isinstance(value, type) or getattr(value, "__name__", "") in HARMLESS


def failing(items, error):
    yield from items
    raise error


class Peer:
    """One end of the conversation: it calls the other side, and answers it, in turns."""

    def __init__(self, kind_out, kind_in, first, operations):
        self.kind_out = kind_out
        self.kind_in = kind_in
        self.first = first
        self.operations = operations
        self.exported = {}
        self.handle_of = {}
        self.remotes = {}
        self.graph = None
        self.calls = 0
        self.last = None

    def reset(self):
        self.exported.clear()
        self.handle_of.clear()
        self.remotes.clear()
        self.graph = None
        self.calls = 0
        self.last = None

    def export(self, value):
        handle = self.handle_of.get(id(value))
        if handle is None:
            handle = len(self.exported)
            self.handle_of[id(value)] = handle
            self.exported[handle] = value
        return handle

    def take(self, iterator):
        """The next items of an iterator, a handle for the rest or None, and what it raised or None."""
        from time import monotonic
        until, items = monotonic() + 0.05, []
        try:
            while len(items) < EAGER_ITEMS and monotonic() < until:
                items.append(next(iterator))
        except StopIteration:
            return items, None, None
        except Exception as wrong:
            return items, None, wrong
        return items, self.export(iterator), None

    def request(self, what, args, kwargs):
        outermost = self.graph is None
        graph = self.graph = self.graph or Graph(self, self.first)
        try:
            written = set()
            send(self.kind_out, ["ask", what, [graph.encode(item, written) for item in args], {name: graph.encode(item, written) for name, item in kwargs.items()}])
            return self.await_answer(graph)
        finally:
            if outermost:
                self.graph = None

    def await_answer(self, graph):
        while True:
            message = self.next_message()
            if message[0] == "ask":
                self.answer(message, graph)
                continue
            try:
                value = graph.decode(message[1])
                for root in message[2]:
                    graph.decode(root)
            except Gone:
                raise
            except Exception as wrong:
                raise ValueError("the solution's reply cannot be read: %s" % message_of(wrong)) from None
            if message[0] == "raised":
                raise value
            return value

    def next_message(self):
        kind, body = receive()
        if kind != self.kind_in:
            raise Gone(body.decode("utf-8", "replace"))
        try:
            message = json.loads(body)
            if message[0] in ("ask", "done", "raised"):
                return message
        except Exception:
            pass
        return ["raised", ["x", ["ValueError"], "the solution's reply is not part of the protocol", None], []]

    def answer(self, message, graph):
        """Does what the other side asks, and says how it went."""
        args, kwargs = [], {}
        try:
            args = [graph.decode(item) for item in message[2]]
            kwargs = {name: graph.decode(item) for name, item in message[3].items()}
            outcome, value = "done", self.operations(self, message[1], args, kwargs)
        except Gone:
            raise
        except BaseException as wrong:
            outcome, value = "raised", wrong
        try:
            written = set()
            answer = graph.encode(value, written)
            send(self.kind_out, [outcome, answer, [graph.encode(item, written) for item in (*args, *kwargs.values()) if not isinstance(item, (str, int, float))]])
        except Exception as wrong:
            send(self.kind_out, ["raised", ["x", builtin_names(type(wrong)), "the value cannot be passed on: " + message_of(wrong), None], []])


TYPING = ("List", "Dict", "Tuple", "Set", "Optional", "Union", "Any", "Callable", "Iterable", "Iterator", "Sequence", "Generator", "FrozenSet", "Deque", "DefaultDict", "NamedTuple", "TypeVar", "Generic")


def seeded(source):
    if "random" in source:
        import random
        random.seed(0)


def with_typing(source, names):
    if any(word in source for word in TYPING):
        exec("from typing import *", names)


class Candidate:
    def __init__(self, program):
        self.source = program["source"]
        self.module = None

    def operate(self, peer, what, args, kwargs):
        operation = what[0]
        if operation == "load":
            return self.load(what[1])
        if operation == "call":
            target = self.find(what[1][1]) if what[1][0] == "n" else peer.exported[what[1][1]]
            return target(*args, **kwargs)
        if operation == "value":
            return self.find(what[1])
        subject = peer.exported[what[1]]
        if operation == "more":
            items, handle, error = peer.take(subject)
            return (items, handle, error)
        if operation == "get":
            return getattr(subject, what[2])
        if operation == "set":
            return setattr(subject, what[2], args[0])
        return {"len": len, "item": lambda it: it[args[0]], "iter": iter, "str": str}[operation](subject)

    def load(self, names):
        import types
        seeded(self.source)
        self.module = types.ModuleType("solution")
        sys.modules["solution"] = self.module
        with_typing(self.source, self.module.__dict__)
        exec(compile(self.source, "solution.py", "exec"), self.module.__dict__)
        return {name: self.kind(name) for name in names if name in self.module.__dict__}

    def kind(self, name):
        import types
        value = self.module.__dict__[name]
        return "module:" + value.__name__ if isinstance(value, types.ModuleType) else "callable" if callable(value) else "value"

    def find(self, name):
        if name not in self.module.__dict__:
            raise NameError("name '%s' is not defined by the solution" % name)
        return self.module.__dict__[name]


def candidate():
    sys.setrecursionlimit(sys.getrecursionlimit() + 30)
    _, body = receive()
    program = Candidate(json.loads(body))
    peer = Peer(b"R", b"C", 1, program.operate)
    while True:
        message = peer.next_message()
        if message[0] == "ask":
            if message[1][0] == "load":
                peer.reset()
            peer.graph = Graph(peer, peer.first)
            peer.answer(message, peer.graph)
            peer.graph = None


def checker_operations(peer, what, args, kwargs):
    """What a solution may ask of the tests' process: to call what a test handed to it, and no more."""
    if what[0] == "call" and what[1][0] == "h":
        return peer.exported[what[1][1]](*args, **kwargs)
    if what[0] == "more":
        return peer.take(peer.exported[what[1]])
    raise PermissionError("a solution may call what it was given, and nothing else")


class Stub:
    """A name of the solution, as the tests see it."""

    def __init__(self, peer, name):
        self._peer = peer
        self._name = name

    def __call__(self, *args, **kwargs):
        self._peer.calls += 1
        try:
            value = self._peer.request(["call", ["n", self._name]], args, kwargs)
        except Exception as wrong:
            self._peer.last = described(wrong)
            raise
        self._peer.last = shown(value)
        return value

    def __getattr__(self, name):
        return getattr(self._peer.request(["value", self._name], (), {}), name)

    def __repr__(self):
        return "<function %s>" % self._name


def tree_of(source):
    import _ast
    return compile(source, "tests.py", "exec", _ast.PyCF_ONLY_AST)


def loaded_names(tree):
    import ast
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def bound_names(tree):
    """Names that a piece of code binds itself, wherever it does."""
    import ast
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names


def given_by(preamble, entry_point):
    """What the problem's own text defines beside the function asked for: imports and helpers. It is trusted."""
    names = {}
    try:
        tree = tree_of(preamble)
    except SyntaxError:
        return names
    tree.body = [node for node in tree.body if getattr(node, "name", None) != entry_point]
    with_typing(preamble, names)
    exec(compile(tree, "problem.py", "exec"), names)
    names.pop("__builtins__", None)
    return names


class Checker:
    def __init__(self, program):
        self.entry_point = program["entry_point"]
        self.preamble = program["preamble"]
        self.peer = Peer(b"C", b"R", 2, checker_operations)

    def run(self, test):
        import ast
        source = test["source"]
        self.peer.reset()
        seeded(source)
        tree = tree_of(source)
        wanted = sorted(loaded_names(tree) - bound_names(tree) | {self.entry_point})
        kinds = self.peer.request(["load", wanted], (), {})
        names = {"__name__": "tests"}
        given = given_by(self.preamble, self.entry_point)
        for name in wanted:
            self.provide(name, kinds.get(name), given, names, test["lenient"])
        if not test["lenient"]:
            exec(compile(tree, "tests.py", "exec"), names)
            if self.peer.calls == 0 and "check" in names:
                names["check"](names[self.entry_point])
        else:
            names["__seen__"] = self.seen
            exec(compile(ast.fix_missing_locations(Observed().visit(tree)), "tests.py", "exec"), names)
        return self.peer.calls > 0

    def seen(self, value):
        self.peer.last = shown(value)
        return value

    def provide(self, name, kind, given, names, lenient):
        if name == self.entry_point:
            names[name] = Stub(self.peer, name)
        elif hasattr(builtins, name):
            return
        elif name in given and (kind or lenient):
            names[name] = given[name]
        elif isinstance(kind, str) and kind.startswith("module:") or kind is None and lenient:
            module = kind[7:] if kind else name
            if module.split(".")[0] in sys.stdlib_module_names:
                import importlib
                names[name] = importlib.import_module(module)
        elif kind == "callable":
            names[name] = Stub(self.peer, name)
        elif kind == "value":
            names[name] = self.peer.request(["value", name], (), {})


def observed_class():
    import ast

    class Observed(ast.NodeTransformer):
        """Notes the value that an assert looks at, for the feedback."""

        def visit_Assert(self, node):
            test = node.test
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                test.operand = self.noted(test.operand)
            elif isinstance(test, ast.Compare):
                if any(isinstance(part, ast.Call) for part in ast.walk(test.left)):
                    test.left = self.noted(test.left)
                else:
                    test.comparators[-1] = self.noted(test.comparators[-1])
            elif isinstance(test, ast.Call):
                return node
            else:
                node.test = self.noted(test)
            return node

        def noted(self, node):
            return ast.Call(ast.Name("__seen__", ast.Load()), [node], [])

    return Observed()


def Observed():
    return observed_class()


def verdict_of(program, test):
    try:
        called = program.run(test)
    except Gone as lost:
        return {"verdict": "gone", "detail": str(lost)}
    except AssertionError as wrong:
        return {"verdict": "failed", "actual": program.peer.last, "detail": message_of(wrong)}
    except BaseException as wrong:
        return {"verdict": "raised", "actual": program.peer.last, "detail": described(wrong)}
    return {"verdict": "passed" if called else "idle", "actual": program.peer.last}


def asserts_in(text):
    """The assert statements of a text of which not all need be Python."""
    import ast
    try:
        return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assert)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    found, lines, at = [], text.splitlines(), 0
    while at < len(lines):
        taken = 0
        if lines[at].lstrip().startswith("assert"):
            for end in range(at + 1, min(len(lines), at + 40) + 1):
                try:
                    found += [node for node in ast.parse("\n".join(lines[at:end]).lstrip()).body if isinstance(node, ast.Assert)]
                    taken = end - at
                    break
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
        at += max(taken, 1)
    return found


def tests_in(request):
    import ast
    known = set(dir(builtins)) | set(sys.stdlib_module_names) | {request["entry_point"]} | set(given_by(request["preamble"], request["entry_point"]))
    tests = []
    for text in request["texts"]:
        for node in asserts_in(text):
            calls = any(isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == request["entry_point"] for part in ast.walk(node.test))
            if calls and not loaded_names(node) - bound_names(node) - known:
                node.msg = None
                tests.append(ast.unparse(node))
    return list(dict.fromkeys(tests))


def checker():
    program = None
    while True:
        kind, body = receive()
        request = json.loads(body)
        if kind == b"P":
            program = Checker(request)
        elif kind == b"A":
            send(b"V", {"tests": tests_in(request)})
        elif kind == b"T":
            send(b"V", verdict_of(program, request))


candidate() if sys.argv[1] == "candidate" else checker()
