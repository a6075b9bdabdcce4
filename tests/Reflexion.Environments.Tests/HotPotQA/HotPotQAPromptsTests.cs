using System.Text.RegularExpressions;
using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed partial class HotPotQAPromptsTests
{
    [Fact]
    public void Examples_are_as_many_as_in_the_paper()
    {
        TasksIn(HotPotQAPrompts.ReActExamples).Should().HaveCount(2);
        TasksIn(HotPotQAPrompts.ChainOfThoughtExamples).Should().HaveCount(6);
        TasksIn(HotPotQAPrompts.ChainOfThoughtWithContextExamples).Should().HaveCount(2);
    }

    [Fact]
    public async Task Every_step_of_the_examples_is_read_as_the_action_it_shows()
    {
        string[] steps = [.. Steps().Matches(HotPotQAPrompts.ReActExamples).Select(match => match.Value)];
        using var model = new ScriptedChatClient(steps);
        var domain = new HotPotQADomain([HotPotQASamples.Composer], new() { MaxSteps = steps.Length, MaxTrials = 2 });

        Episode episode = await ReflexionAgent.CreateBuilder(model).UseDomain(domain)
            .Configure(options => options.Strategy = ReflexionStrategy.Retry).Build().RunAsync(domain.Tasks[0]);

        model.AssertAllPlayed();
        episode.Trials.Should().HaveCount(2, "each example ends with an answer");
        episode.Trials.SelectMany(trial => trial.Trajectory.Steps).Should().OnlyContain(step => step.Outcome == StepOutcome.Executed || step.Outcome == StepOutcome.Answered);
        episode.Trials.Should().OnlyContain(trial => trial.Trajectory.Steps.Length <= new HotPotQAOptions().MaxSteps);
    }

    [Fact]
    public void Observations_between_tags_are_spoken_of_only_where_there_are_tags()
    {
        HotPotQAPrompts.ReAct().Should().Be(HotPotQAPrompts.ReAct(fenced: true)).And.Contain("<observation>");
        HotPotQAPrompts.ReAct(fenced: false).Should().NotContain("<observation>");
        HotPotQAPrompts.ReAct().Should().StartWith(HotPotQAPrompts.ReAct(fenced: false));
    }

    internal static IEnumerable<string> TasksIn(params string[] examples) => Tasks().Matches(string.Join('\n', examples)).Select(match => match.Groups[1].Value.Trim());

    [GeneratedRegex("^Task: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Tasks();

    [GeneratedRegex("^Thought: .*\nAction: .*$", RegexOptions.Multiline)]
    private static partial Regex Steps();
}
