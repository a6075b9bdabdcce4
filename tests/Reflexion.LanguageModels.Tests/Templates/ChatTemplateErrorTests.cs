using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ChatTemplateErrorTests
{
    [Theory]
    [InlineData("a\n{% if yes %}b", 2, "'if' of line 2 has no 'endif' before the end of the template.")]
    [InlineData("{% endif %}", 1, "'endif' ends what was not begun.")]
    [InlineData("{% for x in numbers %}{% endif %}", 1, "'for' of line 1 has no 'endfor' before the tag 'endif'.")]
    [InlineData("\n\n  {{ word | shout }}", 3, "There is no filter 'shout'.")]
    [InlineData("{{ word is loud }}", 1, "There is no test 'loud'.")]
    [InlineData("{% shout %}", 1, "There is no tag 'shout'.")]
    [InlineData("{% include 'file' %}", 1, "The tag 'include' has no place in a chat template.")]
    [InlineData("{{ 1 + }}", 1, "A value is missing before '}}'.")]
    [InlineData("{{ word", 1, "A tag has no end: '}}' is missing.")]
    [InlineData("{{ 'word }}", 1, "A text in quotes has no end.")]
    [InlineData("{# word", 1, "A comment has no end.")]
    [InlineData("{% raw %}word", 1, "A raw block has no end.")]
    [InlineData("{{ (1 }}", 1, "'}' closes what was not opened.")]
    [InlineData("{{ 1 ! 2 }}", 1, "The character '!' has no meaning here.")]
    [InlineData("{{ '\\xZZ' }}", 1, "The escape needs 2 hexadecimal digits of a character's code.")]
    [InlineData("{{ '\\U00110000' }}", 1, "The escape needs 8 hexadecimal digits of a character's code.")]
    [InlineData("{{ 99999999999999999999 }}", 1, "The number 99999999999999999999 is beyond 64 bits.")]
    [InlineData("{{ word. }}", 1, "A member's name is missing after the point.")]
    [InlineData("{{ word[] }}", 1, "A value is missing before ']'.")]
    [InlineData("{{ word word }}", 1, "}} is missing before 'word'.")]
    [InlineData("{{ range(a=1, 2) }}", 1, "Arguments without a name come before those with one.")]
    [InlineData("{% for x of numbers %}{% endfor %}", 1, "'in' is missing before 'of'.")]
    [InlineData("{% for x in numbers recursive %}{% endfor %}", 1, "Recursive loops are not supported.")]
    [InlineData("{% set true = 1 %}", 1, "'true' cannot be given a value.")]
    [InlineData("{% break %}", 1, "'break' stands outside a loop.")]
    [InlineData("{% for x in numbers %}{% macro m() %}{% continue %}{% endmacro %}{% endfor %}", 1, "'continue' stands outside a loop.")]
    [InlineData("{% call word %}{% endcall %}", 1, "'call' needs the call of a macro.")]
    [InlineData("{% with a = 1 b = 2 %}{% endwith %}", 1, "',' is missing before 'b'.")]
    public void A_faulty_template_is_refused_with_its_place(string template, int line, string message)
    {
        Action parse = () => ChatTemplate.Parse(template);

        ChatTemplateException refusal = parse.Should().Throw<ChatTemplateException>().Which;

        refusal.Message.Should().StartWith(message);
        refusal.Line.Should().Be(line);
        refusal.Message.Should().EndWith($"(line {refusal.Line}, column {refusal.Column} of the chat template)");
    }

    [Theory]
    [InlineData("missing.x", "'missing' is not defined.")]
    [InlineData("missing['x']", "'missing' is not defined.")]
    [InlineData("missing()", "'missing' is not defined.")]
    [InlineData("missing + 1", "'missing' is not defined.")]
    [InlineData("1 + missing", "'missing' is not defined.")]
    [InlineData("missing|int", "'missing' is not defined.")]
    [InlineData("missing|float", "'missing' is not defined.")]
    [InlineData("missing[1:]", "'missing' is not defined.")]
    [InlineData("thought.none.x", "A value of type dict has no member 'none'.")]
    [InlineData("word.shout()", "A value of type str has no member 'shout'.")]
    [InlineData("word()", "A value of type str cannot be called.")]
    [InlineData("word + 1", "'+' does not go with str and int.")]
    [InlineData("word + nothing", "'+' does not go with str and NoneType.")]
    [InlineData("-word", "A value of type str has no negative.")]
    [InlineData("+word", "A value of type str is no number.")]
    [InlineData("1 // 0", "Division by zero.")]
    [InlineData("1.5 % 0", "Division by zero.")]
    [InlineData("9223372036854775807 + 1", "9223372036854775807 + 1 is beyond 64 bits.")]
    [InlineData("10 ** 30", "10 ** 30 is beyond 64 bits.")]
    [InlineData("1e300|int", "1e+300 is beyond 64 bits.")]
    [InlineData("1 < word", "int and str have no order.")]
    [InlineData("1 in word", "A text cannot hold a value of type int.")]
    [InlineData("1 in 5", "A value of type int has no items to go through.")]
    [InlineData("numbers in thought", "A value of type list cannot be a key.")]
    [InlineData("{numbers: 1}", "A value of type list cannot be a key.")]
    [InlineData("count|length", "A value of type int has no length.")]
    [InlineData("count|list", "A value of type int has no items to go through.")]
    [InlineData("count[1:]", "A value of type int cannot be sliced.")]
    [InlineData("numbers['a':]", "A slice's bound cannot be of type str.")]
    [InlineData("numbers[::0]", "A slice's step cannot be zero.")]
    [InlineData("numbers.append(1)", "A template cannot change a list (append); it can make a new one with +.")]
    [InlineData("numbers.index(9)", "index: the value is not in the list.")]
    [InlineData("numbers.count()", "count needs a value.")]
    [InlineData("thought.items(1)", "items takes 0 arguments at most, and 1 were given.")]
    [InlineData("thought.get(key='a', keys=1)", "get has no parameter 'keys'.")]
    [InlineData("thought.get('a', key='b')", "get was given 'key' twice.")]
    [InlineData("word.split('')", "split needs a text that is not empty.")]
    [InlineData("word.partition('')", "partition needs a text that is not empty.")]
    [InlineData("word.replace('a')", "replace needs two texts.")]
    [InlineData("word|replace('', 'a')", "replace needs a text to look for.")]
    [InlineData("word|replace('a')", "replace needs two texts.")]
    [InlineData("word.strip(1)", "strip needs the characters as a text.")]
    [InlineData("word.startswith(1)", "The method needs a text, or several in parentheses.")]
    [InlineData("word.find(1)", "The method needs one text.")]
    [InlineData("','.join([1])", "join needs texts, not int.")]
    [InlineData("','.join()", "join needs a list.")]
    [InlineData("count|indent", "indent needs a text, not int.")]
    [InlineData("range('a')", "range needs whole numbers.")]
    [InlineData("range(1, 2, 0)", "range needs an end; or a start, an end and a step that is not zero.")]
    [InlineData("dict(1)", "A dictionary is made of another, or of named values.")]
    [InlineData("range|tojson", "A value of type function cannot be written as JSON.")]
    [InlineData("numbers|tojson(separators=1)", "tojson needs two separators.")]
    [InlineData("numbers|map", "map needs a filter's name, or attribute=.")]
    [InlineData("numbers|map('shout')", "There is no filter 'shout'.")]
    [InlineData("numbers|select('loud')", "There is no test 'loud'.")]
    [InlineData("numbers|selectattr", "The filter needs an attribute's name.")]
    [InlineData("count|items", "items needs a dictionary.")]
    [InlineData("count|dictsort", "dictsort needs a dictionary.")]
    [InlineData("word|abs", "str and int have no order.")]
    [InlineData("word|round", "round needs a number.")]
    [InlineData("half|round(1, 'up')", "round knows common, ceil and floor, not 'up'.")]
    [InlineData("word|attr(1)", "attr needs a name.")]
    [InlineData("word is odd", "'%' does not go with str and int.")]
    [InlineData("word is eq", "The test needs a value to compare with.")]
    [InlineData("strftime_now()", "strftime_now needs a format.")]
    [InlineData("strftime_now('%Q')", "strftime_now does not know %Q.")]
    [InlineData("raise_exception('no tools here')", "The chat template refuses the messages: no tools here")]
    [InlineData("raise_exception()", "The chat template refuses the messages: it does not say why")]
    public void What_python_refuses_is_refused(string expression, string message) =>
        Rendering.Refusal($"\n{{{{ {expression} }}}}").Message.Should().StartWith(message).And.Contain("line 2");

    [Theory]
    [InlineData("{% set word.x = 1 %}", "'word' is no namespace: only a namespace's fields can be set.")]
    [InlineData("{% set a, b = numbers %}", "3 values cannot be given to 2 names.")]
    [InlineData("{% for x in count %}{% endfor %}", "A value of type int has no items to go through.")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "m takes 1 arguments at most, and 2 were given.")]
    [InlineData("{% macro m(a) %}{{ a + 1 }}{% endmacro %}{{ m() }}", "The parameter 'a' was not given.")]
    [InlineData("{% for n in numbers %}{{ loop.cycle() }}{% endfor %}", "cycle needs values.")]
    [InlineData("{% for n in numbers %}{{ loop.none.x }}{% endfor %}", "A value of type LoopContext has no member 'none'.")]
    public void Tags_that_do_not_go_with_their_values_are_refused(string template, string message) =>
        Rendering.Refusal(template).Message.Should().StartWith(message);

    [Fact]
    public void What_has_no_order_is_not_sorted() =>
        Rendering.Refusal("{{ [1, 'a']|sort }}").Message.Should().Contain("have no order. (line 1, column 13");

    [Fact]
    public void The_place_is_that_of_the_operator_not_of_its_operands()
    {
        ChatTemplateException refusal = Rendering.Refusal("{{ word }}\n{{ word|upper + (count * 2) }}");

        (refusal.Line, refusal.Column).Should().Be((2, 15));
    }

    [Fact]
    public void A_variable_of_a_type_that_templates_do_not_have_is_refused()
    {
        Action render = () => Rendering.Text("{{ x }}", new ChatTemplateOptions { Variables = Rendering.Variables.Add("x", new object()) });

        render.Should().Throw<ArgumentException>().WithMessage("The variable 'x' is of type Object, which templates have nothing like.*");
    }

    [Fact]
    public void The_exception_has_the_usual_constructors()
    {
        new ChatTemplateException().Message.Should().Be("The chat template failed.");
        new ChatTemplateException("a", new FormatException("b")).InnerException!.Message.Should().Be("b");
        new ChatTemplateException("a").Line.Should().Be(0);
    }
}
