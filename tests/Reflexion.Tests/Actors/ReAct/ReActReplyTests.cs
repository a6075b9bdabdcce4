namespace Reflexion.Tests;

public class ReActReplyTests
{
    private static readonly ActionSyntax Known = ActionSyntax.Bracketed with { Actions = ["Search", "Lookup"] };
    private static readonly ActionSyntax Greedy = ActionSyntax.Bracketed with { IsGreedy = true };

    [Theory]
    [InlineData("Thought: I need a.\nAction: Search[a]", "I need a.")]
    [InlineData("Thought 3: I need a.\nAction 3: Search[a]", "I need a.")]
    [InlineData("thought3: I need a.\nACTION 3 : Search[a]", "I need a.")]
    [InlineData("Thoughts: I need a.\nActions: Search[a]", "I need a.")]
    [InlineData("**Thought:** I need a.\n**Action:** Search[a]", "I need a.")]
    [InlineData("**Thought 1**: I need a.\n__Action 1__: Search[a]", "I need a.")]
    [InlineData("### Thought: I need a.\n> - Action: Search[a]", "I need a.")]
    [InlineData("I need a.\nAction: Search[a]", "I need a.")]
    [InlineData("Thought： I need a.\nAction： Search[a]", "I need a.")]
    [InlineData("\r\nThought: I need a.\r\nAction: Search[a]\r\n", "I need a.")]
    [InlineData("Action: Search[a]", null)]
    [InlineData("Thought:\nAction: Search[a]", null)]
    [InlineData("Thought: one\ntwo\n\nthree\nAction: Search[a]", "one\ntwo\n\nthree")]
    [InlineData("Thought 1: one\nThought 2: two\nAction: Search[a]", "one\ntwo")]
    [InlineData("Well.\nThought: one\nAction: Search[a]", "Well.\none")]
    [InlineData("Thought: My observation: none. My action: wait.\nAction: Search[a]", "My observation: none. My action: wait.")]
    [InlineData("Thought: I could use \"Finish[x]\".\nAction: Search[a]", "I could use \"Finish[x]\".")]
    [InlineData("Thought: I need a.\nAction:\nSearch[a]", "I need a.")]
    [InlineData("Thought: I need a.\nAction:\n\n  Search[a]", "I need a.")]
    [InlineData("Thought: I need a.\nAction: `Search[a]`", "I need a.")]
    [InlineData("Thought: I need a.\nAction: **Search[a]**", "I need a.")]
    [InlineData("Thought: I need a.\nAction:\n```\nSearch[a]\n```", "I need a.")]
    [InlineData("Thought: I need a.\nAction:\n```text\nSearch[a]\n```", "I need a.")]
    [InlineData("Thought: I need a.\nAction: ```Search[a]```", "I need a.")]
    [InlineData("Thought: I need a.\n```\nAction: Search[a]\n```", "I need a.")]
    [InlineData("```\nThought: I need a.\nAction: Search[a]\n```", "I need a.")]
    [InlineData("Thought: I need a:\n```\ncode\n```\nAction: Search[a]", "I need a:\n```\ncode\n```")]
    [InlineData("Thought: I need a. Action: Search[a]", "I need a.")]
    [InlineData("I need a.\nSearch[a]", "I need a.")]
    [InlineData("I need a.\n```\nSearch[a]\n```\n", "I need a.")]
    [InlineData("Search[a].", null)]
    [InlineData("**Search[a]**", null)]
    [InlineData("<think>\nAction: Search[wrong]\n</think>\nThought: I need a.\nAction: Search[a]", "I need a.")]
    [InlineData("Thought: I need a.\nAction: search [ a ]", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a] because it helps.", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a]\nThis will help.", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a]\nObservation: it is b\nThought: so b\nAction: Finish[b]", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a]\nThought: and then\nAction: Search[b]", "I need a.")]
    [InlineData("Thought: I need a.\nAction 1: Search[a]\nAction 2: Search[b]", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a]\nFinal Answer: b", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a]\n<observation>\nFinish[b]\n</observation>", "I need a.")]
    [InlineData("Thought: I need a.\nAction: Search[a] Observation: see Lookup[b]", "I need a.")]
    public void The_first_thought_and_action_are_read(string text, string? thought)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Problem.Should().BeNull();
        reply.Thought.Should().Be(thought);
        reply.Action!.Name.Should().Be("Search");
        reply.Action.Argument.Should().Be("a");
        reply.IsAnswer.Should().BeFalse();
        reply.HasMoreActions.Should().BeFalse();
    }

    [Theory]
    [InlineData("Thought: x\nAction: Search[a]\nObservation: y\nAction: Finish[z]", "Thought: x\nAction: Search[a]")]
    [InlineData("Thought: x\nAction: Search[a] and so on", "Thought: x\nAction: Search[a]")]
    [InlineData("Thought: x\nAction: Search[a], Lookup[b]", "Thought: x\nAction: Search[a]")]
    [InlineData("<think>secret</think>\n\nAction: Search[a]", "Action: Search[a]")]
    [InlineData("\nx\nSearch[a].", "x\nSearch[a]")]
    [InlineData("Final Answer: b \nObservation: c", "Final Answer: b")]
    [InlineData("Thought: no action\nObservation: y\nAction: Finish[z]", "Thought: no action")]
    [InlineData("Action: Fly[a] away\nObservation: y", "Action: Fly[a] away")]
    public void The_reply_is_cut_after_its_first_action(string text, string kept)
    {
        ReActReply.Parse(text, Known).Text.Should().Be(kept);
    }

    [Theory]
    [InlineData("Action: Finish[b]", "b", "Finish[b]")]
    [InlineData("Action: finish[b]", "b", "finish[b]")]
    [InlineData("Action: Finish[a list [1] of [two [2]]]", "a list [1] of [two [2]]", "Finish[a list [1] of [two [2]]]")]
    [InlineData("Action: Finish[line one\nline two]", "line one\nline two", "Finish[line one\nline two]")]
    [InlineData("Action: Finish[a [b]", "a [b", "Finish[a [b]")]
    [InlineData("Final Answer: b", "b", "Final Answer: b")]
    [InlineData("**Final Answer:** b.", "b.", "**Final Answer:** b.")]
    [InlineData("Final answer:\n  line one\n  line two\nThought: done", "line one\n  line two", "Final answer:\n  line one\n  line two")]
    [InlineData("Final Answer: **b**", "b", "Final Answer: **b**")]
    [InlineData("**Final Answer: b**", "b", "**Final Answer: b**")]
    [InlineData("Final Answer: *b*", "b", "Final Answer: *b*")]
    [InlineData("Final Answer: `b`", "b", "Final Answer: `b`")]
    [InlineData("Final Answer: A*", "A*", "Final Answer: A*")]
    [InlineData("Final Answer: **A***", "A*", "Final Answer: **A***")]
    [InlineData("Final Answer: **a** and **b**", "**a** and **b**", "Final Answer: **a** and **b**")]
    [InlineData("Final Answer: -5", "-5", "Final Answer: -5")]
    [InlineData("Final Answer: __init__", "__init__", "Final Answer: __init__")]
    [InlineData("**Final Answer**: __init__", "__init__", "**Final Answer**: __init__")]
    [InlineData("Final Answer:\n```python\nx = `1`\n```\n", "x = `1`", "Final Answer:\n```python\nx = `1`\n```")]
    [InlineData("Final Answer: ```b```", "b", "Final Answer: ```b```")]
    [InlineData("Final Answer: Finish[b]", "b", "Finish[b]")]
    [InlineData("Thought: I know. Final Answer: b", "b", "Final Answer: b")]
    [InlineData("I know.\nFinish[b]", "b", "Finish[b]")]
    public void An_answer_is_read(string text, string answer, string written)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Problem.Should().BeNull();
        reply.IsAnswer.Should().BeTrue();
        reply.Action.Should().Be(new AgentAction(written) { Name = "Finish", Argument = answer });
    }

    [Theory]
    [InlineData("Action: Search[a], Lookup[b]")]
    [InlineData("Action: Search[a]; then lookup[b] too")]
    [InlineData("Action: Search[a] (see [1]) Finish[b]")]
    [InlineData("Search[a], Lookup[b], Search[c]")]
    public void Of_several_actions_on_a_line_the_first_counts_and_the_rest_is_noticed(string text)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Action!.Text.Should().Be("Search[a]");
        reply.HasMoreActions.Should().BeTrue();
    }

    [Theory]
    [InlineData("Action: Search[a], see note[1]")]
    [InlineData("Action: Search[a], [b]")]
    [InlineData("Action: Search[a], Lookup[b")]
    [InlineData("Action: Search[a]\nLookup[b]")]
    public void What_is_no_action_is_not_taken_for_another_one(string text)
    {
        ReActReply.Parse(text, Known).HasMoreActions.Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("I do not know what to do.")]
    [InlineData("Thought: I think of Search[a] a lot")]
    [InlineData("Thought: Search is best. My plan[1] is [good].")]
    [InlineData("Action:")]
    [InlineData("Thought: x\nAction:\nObservation: Search[a]")]
    [InlineData("Thought: x\nObservation: Search[a]")]
    [InlineData("Thought: x\nObservation 2:\nSearch[a]")]
    [InlineData("Thought: x\n**Observation:** y\nAction: Search[a]")]
    [InlineData("Thought: x\n<observation>\nSearch[a]\n</observation>")]
    [InlineData("Thought: x Observation: y Action: Search[a]")]
    [InlineData("Thought: x Observation: y Final Answer: a")]
    [InlineData("<think>Action: Search[a]")]
    [InlineData("Action Input: a")]
    public void A_reply_without_action_is_told_so(string text)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Action.Should().BeNull();
        reply.Problem.Should().Be(
            "Your reply held no action. End it with one line of the form \"Action: Name[argument]\". The actions are Search[argument], Lookup[argument] and Finish[answer], which gives the answer.");
    }

    [Theory]
    [InlineData("Action: Search a", "Search a", "Your action is not of the form Name[argument]: write its name, then the argument in square brackets.")]
    [InlineData("Action: Search", "Search", "Your action is not of the form Name[argument]: write its name, then the argument in square brackets.")]
    [InlineData("Action: Search  ", "Search", "Your action is not of the form Name[argument]: write its name, then the argument in square brackets.")]
    [InlineData("Action: Search(\"a\")", "Search(\"a\")", "Your action is not of the form Name[argument]: write its name, then the argument in square brackets.")]
    [InlineData("Action: [a]", "[a]", "Your action is not of the form Name[argument]: write its name, then the argument in square brackets.")]
    [InlineData("Action: Search[a\nObservation: b]", "Search[a", "Your action lacks its closing bracket. Write the whole action on one line: Name[argument].")]
    [InlineData("Action: Fly[a]", "Fly[a]", "There is no action of that name.")]
    [InlineData("I fly.\nFly[a]", "Fly[a]", "There is no action of that name.")]
    public void A_malformed_action_is_told_what_to_fix(string text, string written, string problem)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Action.Should().Be(new AgentAction(written));
        reply.Problem.Should().Be($"{problem} The actions are Search[argument], Lookup[argument] and Finish[answer], which gives the answer.");
        reply.IsAnswer.Should().BeFalse();
    }

    [Theory]
    [InlineData("Action: Finish[]", "Your answer is empty. Write it between the brackets: Finish[answer].")]
    [InlineData("Action: Finish[ ]", "Your answer is empty. Write it between the brackets: Finish[answer].")]
    [InlineData("Final Answer:", "Your answer is empty. Write \"Action: Finish[answer]\".")]
    [InlineData("Final Answer: **", "Your answer is empty. Write \"Action: Finish[answer]\".")]
    public void An_empty_answer_is_none(string text, string problem)
    {
        ReActReply reply = ReActReply.Parse(text, Known);

        reply.Problem.Should().Be(problem);
        reply.IsAnswer.Should().BeFalse();
    }

    [Fact]
    public void Without_a_list_every_name_is_an_action()
    {
        ReActReply reply = ReActReply.Parse("Action: web-search.v2[]", ActionSyntax.Bracketed);

        reply.Action.Should().Be(new AgentAction("web-search.v2[]") { Name = "web-search.v2", Argument = "" });
        reply.Problem.Should().BeNull();
    }

    [Fact]
    public void Without_a_list_the_correction_names_the_action_that_answers()
    {
        ReActReply.Parse("hm", ActionSyntax.Bracketed with { FinishAction = "Submit" }).Problem.Should().Be(
            "Your reply held no action. End it with one line of the form \"Action: Name[argument]\". To give the answer, write \"Action: Submit[answer]\".");
    }

    [Fact]
    public void An_action_that_answers_may_have_another_name()
    {
        ReActReply.Parse("Action: Submit[b]", ActionSyntax.Bracketed with { FinishAction = "Submit", Actions = ["Search"] }).IsAnswer.Should().BeTrue();
        ReActReply.Parse("Action: Finish[b]", ActionSyntax.Bracketed with { FinishAction = "Submit", Actions = ["Search"] }).Problem.Should()
            .Be("There is no action of that name. The actions are Search[argument] and Submit[answer], which gives the answer.");
    }

    [Theory]
    [InlineData("Action: Search[a], Search[b]", "a], Search[b", "Search[a], Search[b]")]
    [InlineData("Action: Search[a]", "a", "Search[a]")]
    [InlineData("Action: Search[x]\nObservation: y]", "x", "Search[x]")]
    [InlineData("Action: `Search[a] [b]` ", "a] [b", "Search[a] [b]")]
    public void The_greedy_syntax_reaches_to_the_last_bracket_of_the_line(string text, string argument, string written)
    {
        ReActReply reply = ReActReply.Parse(text, Greedy);

        reply.Action.Should().Be(new AgentAction(written) { Name = "Search", Argument = argument });
        reply.HasMoreActions.Should().BeFalse();
        reply.Problem.Should().BeNull();
    }

    [Theory]
    [InlineData("Action: Search[a] now", "Search[a] now")]
    [InlineData("Action: Search[]", "Search[]")]
    [InlineData("Action: Search [a]", "Search [a]")]
    [InlineData("Action: [a]", "[a]")]
    [InlineData("Action: Search[a", "Search[a")]
    public void The_greedy_syntax_wants_the_whole_line(string text, string written)
    {
        ReActReply reply = ReActReply.Parse(text, Greedy);

        reply.Action.Should().Be(new AgentAction(written));
        reply.Problem.Should().Be(
            "Your action is not of the form Name[argument] with nothing after the closing bracket. To give the answer, write \"Action: Finish[answer]\".");
    }

    [Theory]
    [InlineData("Thought: x\nAction: go to desk 1", "go to desk 1", "x")]
    [InlineData("Action: > go to desk 1\nYou see a desk.", "go to desk 1", null)]
    [InlineData("Action:\n```\ngo to desk 1\n```", "go to desk 1", null)]
    [InlineData("Action: **go to desk 1**", "go to desk 1", null)]
    [InlineData("Action: go to desk 1 Observation: a desk", "go to desk 1", null)]
    [InlineData("**Action: go to desk 1**", "go to desk 1", null)]
    [InlineData("**Action:** go to desk 1", "go to desk 1", null)]
    [InlineData("Action: `go to desk 1`", "go to desk 1", null)]
    [InlineData("Action: ```go to desk 1```", "go to desk 1", null)]
    [InlineData("Action:\n```bash\n\nls -l *\n```", "ls -l *", null)]
    [InlineData("Action: ls *", "ls *", null)]
    [InlineData("Action: ls src/**", "ls src/**", null)]
    [InlineData("Action: echo `date`", "echo `date`", null)]
    [InlineData("Action: think: Observation is key", "think: Observation is key", null)]
    [InlineData("Thought: x. Action 2: go to desk 1", "go to desk 1", "x.")]
    [InlineData("> go to desk 1", "go to desk 1", null)]
    [InlineData("go to desk 1\n\n", "go to desk 1", null)]
    [InlineData("\n\ngo to desk 1", "go to desk 1", null)]
    [InlineData("Action: Finish[x]", "Finish[x]", null)]
    public void In_free_text_the_line_is_the_action(string text, string action, string? thought)
    {
        ReActReply reply = ReActReply.Parse(text, ActionSyntax.FreeText);

        reply.Action.Should().Be(new AgentAction(action));
        reply.Thought.Should().Be(thought);
        reply.Problem.Should().BeNull();
        reply.IsAnswer.Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Action: ")]
    [InlineData("Action: ```")]
    [InlineData("Action: > ")]
    [InlineData("Thought: go to desk 1")]
    [InlineData("I look around.\nThen I go.")]
    [InlineData("Observation: a desk\nAction: go to desk 1")]
    public void In_free_text_too_an_action_must_be_there(string text)
    {
        ReActReply reply = ReActReply.Parse(text, ActionSyntax.FreeText);

        reply.Action.Should().BeNull();
        reply.Problem.Should().Be(
            "Your reply held no action. End it with one line that starts with \"Action:\", followed by the action, and write nothing after it.");
    }

    [Fact]
    public void In_free_text_nothing_is_a_final_answer()
    {
        ReActReply reply = ReActReply.Parse("Thought: x\nFinal Answer: y\nAction: look", ActionSyntax.FreeText);

        reply.Action!.Text.Should().Be("look");
        reply.Thought.Should().Be("x\nFinal Answer: y");
    }

    [Fact]
    public void Many_labels_and_brackets_do_not_stop_it()
    {
        string thoughts = string.Concat(Enumerable.Repeat("Thought: Finish[ [ x\n", 100_000));
        string brackets = string.Concat(Enumerable.Repeat("note[", 100_000));

        ReActReply.Parse(thoughts, Known).Thought!.Length.Should().Be(100_000 * 12 - 1);
        ReActReply.Parse($"Action: Search[a] {brackets}]", Known).HasMoreActions.Should().BeFalse();
    }
}
