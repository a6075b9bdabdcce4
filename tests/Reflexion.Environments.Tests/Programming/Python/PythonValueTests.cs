using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>What crosses between a test and a program, in both directions.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class PythonValueTests(Programs programs)
{
    private const string Echo = "def f(x):\n    return x\n";

    [Fact]
    public async Task Values_come_back_as_they_went()
    {
        string[] values =
        [
            "None", "True", "0", "-1", "2 ** 70", "-(10 ** 5000)", "1.5", "-0.0", "1e308", "float('inf')", "'text'", "'\\ud800\\u00e9\\n'", "b'\\x00\\xff'", "bytearray(b'ab')", "3 + 4j",
            "(1, (2, [3]))", "[]", "[[1], {'a': (1, 2)}]", "{1, 2}", "frozenset({'a'})", "{(1, 2): [3], None: 4, True: 5.0}", "range(2, 20, 3)", "slice(1, None, 2)", "int", "len",
            "__import__('collections').Counter('aab')", "__import__('collections').OrderedDict([(2, 1), (1, 2)])", "__import__('collections').deque([1, 2], maxlen=5)",
            "__import__('decimal').Decimal('1.10')", "__import__('fractions').Fraction(-1, 3)", "__import__('datetime').date(2024, 2, 29)",
            "__import__('datetime').datetime(2024, 2, 29, 1, 2, 3, 4)", "__import__('datetime').timedelta(days=-1, microseconds=5)",
        ];
        string checks = string.Concat(values.Select(value => $"    assert type(candidate({value})) is type({value}) and candidate({value}) == {value}, {System.Text.Json.JsonSerializer.Serialize(value)}\n"));

        await PassesAsync($"def check(candidate):\n{checks}", Echo);
    }

    [Fact]
    public Task A_value_that_is_no_number_and_the_sign_of_zero_survive() => PassesAsync(
        "import math\ndef check(candidate):\n    assert math.isnan(candidate(float('nan')))\n    assert math.copysign(1, candidate(-0.0)) == -1\n", Echo);

    [Fact]
    public Task A_default_dictionary_keeps_its_default() => PassesAsync(
        "from collections import defaultdict\ndef check(candidate):\n    d = candidate(defaultdict(list, {1: [2]}))\n    assert d == {1: [2]} and d[5] == []\n", Echo);

    [Fact]
    public Task Changes_to_arguments_are_seen() => PassesAsync(
        "def check(candidate):\n    a, d, s, n = [3, 1], {1: 2}, {1}, [[1], [2]]\n    assert candidate((a, d, s, n)) is None\n    assert (a, d, s, n) == ([1, 3, 9], {2: 3}, {1, 7}, [[1, 5], [2]])\n    inner = n[0]\n    assert inner == [1, 5]\n",
        "def f(x):\n    a, d, s, n = x\n    a.sort(); a.append(9)\n    d.clear(); d[2] = 3\n    s.add(7)\n    n[0].append(5)\n");

    [Fact]
    public Task An_argument_that_is_returned_is_the_same_object() => PassesAsync(
        "def check(candidate):\n    a = [2, 1]\n    b = candidate(a)\n    assert b is a and a == [1, 2]\n    loop = [1]\n    loop.append(loop)\n    assert candidate([loop])[0] is loop\n",
        "def f(x):\n    if len(x) == 2:\n        x.sort()\n    return x\n");

    [Fact]
    public Task Iterators_stay_lazy_and_may_be_endless() => PassesAsync(
        "from itertools import islice\ndef check(candidate):\n    assert list(candidate(3)) == [0, 1, 2]\n    assert list(islice(candidate(None), 2500)) == list(range(2500))\n    assert list(candidate(iter([3])) ) == [0, 1, 2]\n",
        "import itertools\ndef f(x):\n    if x is None:\n        return itertools.count()\n    return (i for i in range(x if isinstance(x, int) else next(x)))\n");

    [Fact]
    public Task An_iterator_that_fails_gives_its_items_first() => PassesAsync(
        "def check(candidate):\n    seen = []\n    try:\n        for item in candidate(1):\n            seen.append(item)\n        assert False\n    except KeyError as wrong:\n        assert seen == [1] and wrong.args == ('gone',)\n",
        "def f(x):\n    yield x\n    raise KeyError('gone')\n");

    [Fact]
    public Task Exceptions_are_raised_as_the_builtin_type_they_are() => PassesAsync(
        "def check(candidate):\n    try:\n        candidate(1)\n    except ValueError as wrong:\n        assert type(wrong) is ValueError and str(wrong) == 'no 1'\n    else:\n        assert False\n",
        "class Mine(ValueError):\n    pass\ndef f(x):\n    raise Mine('no %d' % x)\n");

    [Fact]
    public Task Functions_handed_to_the_program_can_be_called() => PassesAsync(
        "def check(candidate):\n    seen = []\n    assert candidate(lambda x, y=1: seen.append(x) or x + y) == 12\n    assert seen == [1, 10]\n",
        "def f(x):\n    x(1)\n    return x(10, y=2)\n");

    [Fact]
    public Task Functions_and_objects_of_the_program_can_be_used_and_are_equal_to_themselves() => PassesAsync(
        "def check(candidate):\n    add = candidate(5)\n    assert add(2) == 7\n    box = Box(3)\n    box.put(4)\n    assert box.items == [3, 4] and len(box) == 2 and box[1] == 4 and str(box) == 'box' and list(box) == [3, 4]\n    box.items = [1]\n    assert box.items == [1] and box == box and Box.kind == 'B' and LIMIT == 9\n",
        "LIMIT = 9\nclass Box:\n    kind = 'B'\n    def __init__(self, x): self.items = [x]\n    def put(self, x): self.items.append(x)\n    def __len__(self): return len(self.items)\n    def __getitem__(self, i): return self.items[i]\n    def __str__(self): return 'box'\ndef f(x):\n    return lambda y: x + y\n");

    [Fact]
    public Task Named_tuples_and_subclasses_of_builtins_compare_as_what_they_hold() => PassesAsync(
        "def check(candidate):\n    assert candidate(1) == [(1, 2), 3, 'x', [4]]\n",
        "from collections import namedtuple\nfrom enum import IntEnum\nP = namedtuple('P', 'a b')\nclass E(IntEnum):\n    A = 3\nclass S(str): pass\nclass L(list): pass\ndef f(x):\n    return [P(1, 2), E.A, S('x'), L([4])]\n");

    [Fact]
    public Task Helpers_and_imports_of_the_prompt_are_the_problems_own() => PassesAsync(
        "def check(candidate):\n    assert candidate(helper(2)) == math.floor(4.5)\n",
        "import math\ndef helper(x): return 'not mine'\ndef f(x):\n    return x\n",
        "import math\n\ndef helper(x):\n    return x * 2\n\ndef f(x):\n    \"\"\"Does it.\"\"\"\n");

    [Fact]
    public async Task What_a_program_prints_or_reads_is_no_part_of_the_talk() =>
        await PassesAsync("def check(candidate):\n    assert candidate(1) == ''\n", "import sys, os\nprint('hello')\ndef f(x):\n    print('x' * 100000)\n    os.system('echo loud')\n    sys.stderr.write('noise')\n    os.write(1, b'V{}')\n    return sys.stdin.read()\n");

    [Fact]
    public async Task A_sequence_of_sets_is_in_the_same_order_in_every_run()
    {
        ProgrammingProblem problem = Problems.Python("def check(candidate):\n    assert candidate(1) == 0\n");
        const string Program = "def f(x):\n    return list({'alpha', 'beta', 'gamma', 'delta', 'epsilon'})\n";

        ProgramRun first = await programs.Python.RunHiddenTestAsync(problem, Program, default);
        ProgramRun second = await programs.Python.RunHiddenTestAsync(problem, Program, default);

        first.Tests[0].Actual.Should().NotBeNull().And.Be(second.Tests[0].Actual);
    }

    private async Task PassesAsync(string test, string program, string prompt = "def f(x):\n    \"\"\"Does it.\"\"\"\n")
    {
        ProgramRun run = await programs.Python.RunHiddenTestAsync(Problems.Python(test, prompt), program, default);

        run.Tests.Select(result => (result.Outcome, result.Detail)).Should().Equal((TestOutcome.Passed, null));
    }
}
