using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

public class ReActReplyProperties
{
    private static readonly ActionSyntax[] Syntaxes =
    [
        ActionSyntax.Bracketed,
        ActionSyntax.Bracketed with { Actions = ["Search", "Lookup"] },
        ActionSyntax.Bracketed with { IsGreedy = true },
        ActionSyntax.FreeText,
    ];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly Gen<string> Replies = Gen.Elements(
        "Thought", "Action", "Observation", "Final Answer", " 1", ":", ":", "\n", "\n", "\r\n", " ", "[", "]", "[", "]", "Search", "Finish", "Lookup", "a", ".",
        "**", "_", "`", "```", "text", ">", "-", "#", "<think>", "</think>", "<observation>", "answer", "，", "😀", "\0").ListOf().Resize(30).Select(string.Concat);

    private static readonly Gen<string> Words = Gen.Elements("Paris", "the", "année", "[1]", "x", "(band)", "\"q\"", "7", "action", "thought").NonEmptyListOf().Resize(6)
        .Select(words => string.Join(' ', words));

    [Fact]
    public void Nothing_a_model_writes_makes_it_throw()
    {
        Prop.ForAll(Replies.ToArbitrary(), text => Syntaxes.All(syntax => IsSound(text, ReActReply.Parse(text, syntax)))).Check(Many);
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Syntaxes.All(syntax => IsSound(text ?? "", ReActReply.Parse(text ?? "", syntax)))).Check(Many);
    }

    [Fact]
    public void What_is_written_in_the_protocol_is_read_back()
    {
        Prop.ForAll(Words.ToArbitrary(), Words.ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (thought, argument, number) =>
        {
            ReActReply bracketed = ReActReply.Parse($"Thought {number}: {thought}\nAction {number}: Search[{argument}]", Syntaxes[1]);
            ReActReply greedy = ReActReply.Parse($"Thought: {thought}\nAction: Search[{argument}]", Syntaxes[2]);
            ReActReply free = ReActReply.Parse($"Thought: {thought}\nAction: go {argument}", Syntaxes[3]);
            var expected = new AgentAction($"Search[{argument}]") { Name = "Search", Argument = argument };
            return bracketed.Thought == thought && bracketed.Action == expected && !bracketed.HasMoreActions
                && greedy.Thought == thought && greedy.Action == expected
                && free.Thought == thought && free.Action == new AgentAction($"go {argument}");
        }).Check(Many);
    }

    [Fact]
    public void A_reply_cut_off_anywhere_is_read_without_fault_and_gives_the_action_only_when_it_is_complete()
    {
        Prop.ForAll(Words.ToArbitrary(), Words.ToArbitrary(), (thought, argument) =>
        {
            string text = $"Thought: {thought}\nAction: Search[{argument}]";
            return Enumerable.Range(0, text.Length + 1).All(length =>
            {
                ReActReply reply = ReActReply.Parse(text[..length], Syntaxes[1]);
                bool hasBracket = text.LastIndexOf("Search[", StringComparison.Ordinal) is var open && text.LastIndexOf(']', Math.Max(length - 1, 0)) > open;
                return IsSound(text[..length], reply) && (reply.Problem is null) == hasBracket;
            });
        }).Check(Many);
    }

    [Fact]
    public void No_action_comes_from_an_observation_that_the_model_made_up()
    {
        var labels = Gen.Elements("Observation:", "Observation 1:", "**Observation:**", "observation 12 :", "<observation>", "> Observation:");
        Prop.ForAll(Words.ToArbitrary(), labels.ToArbitrary(), Replies.ToArbitrary(), (thought, label, madeUp) =>
        {
            string tail = $"\n{label} {madeUp}\nAction: Search[made up]\nFinish[made up]";
            return Syntaxes.All(syntax =>
            {
                ReActReply without = ReActReply.Parse($"Thought: {thought}{tail}", syntax);
                string action = syntax == ActionSyntax.FreeText ? "look" : "Lookup[real]";
                ReActReply with = ReActReply.Parse($"Thought: {thought}\nAction: {action}{tail}", syntax);
                return without is { Action: null, Problem: not null } && without.Text == $"Thought: {thought}"
                    && with.Action!.Text == action && !with.HasMoreActions && with.Text == $"Thought: {thought}\nAction: {action}";
            });
        }).Check(Many);
    }

    [Fact]
    public void Reading_what_was_kept_gives_the_same_again()
    {
        // Private reasoning is not kept, so what follows it may be read in another light.
        Prop.ForAll(Replies.Where(text => !text.Contains("<think>", StringComparison.Ordinal)).ToArbitrary(), text => Syntaxes.All(syntax =>
        {
            ReActReply once = ReActReply.Parse(text, syntax);
            return once.Problem is not null || ReActReply.Parse(once.Text, syntax) is { Problem: null } twice && twice.Action == once.Action;
        })).Check(Many);
    }

    private static bool IsSound(string text, ReActReply reply) =>
        text.Contains(reply.Text, StringComparison.Ordinal)
        && (reply.Problem is not null || reply.Action is not null)
        && (!reply.IsAnswer || (reply.Problem is null && reply.Action!.Argument is { Length: > 0 }))
        && reply.Thought != "";
}
