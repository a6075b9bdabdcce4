using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>The unit tests that the agent's model writes for a problem: once an episode, before it sees whether a program passes them.</summary>
/// <remarks>They are kept with the run they belong to and go with it: no two episodes share them, and none is kept for longer.</remarks>
internal sealed class SelfTests(IChatClient client, ProgrammingOptions options)
{
    private readonly ConditionalWeakTable<EpisodeRun, ConcurrentDictionary<string, ImmutableArray<string>>> _written = [];

    /// <summary>The tests of this run; empty where the model wrote none that can be used, and it is asked again the next time.</summary>
    internal async ValueTask<ImmutableArray<string>> OfAsync(
        ProgrammingProblem problem, IProgrammingLanguage language, EvaluationContext context, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, ImmutableArray<string>> ofRun = _written.GetValue(context.Run, _ => new(StringComparer.Ordinal));
        if (ofRun.TryGetValue(problem.Id, out ImmutableArray<string> known))
        {
            return known;
        }

        ImmutableArray<string> tests = await WriteAsync(problem, language, context, cancellationToken).ConfigureAwait(false);
        return tests.IsEmpty ? tests : ofRun.GetOrAdd(problem.Id, tests);
    }

    /// <summary>As many as are allowed, evenly from first to last: models put the plain cases first and the telling ones last.</summary>
    internal static ImmutableArray<string> Capped(ImmutableArray<string> tests, int most) => tests.Length <= most
        ? tests
        : [.. Enumerable.Range(0, most).Select(index => tests[most == 1 ? 0 : (int)((long)index * (tests.Length - 1) / (most - 1))])];

    private async ValueTask<ImmutableArray<string>> WriteAsync(
        ProgrammingProblem problem, IProgrammingLanguage language, EvaluationContext context, CancellationToken cancellationToken)
    {
        IChatClient model = context.Run.Meter(client, AgentComponent.Evaluator);
        ChatMessage[] messages =
        [
            new(ChatRole.System, ProgrammingPrompts.TestWriter(language, options.MaxTests)),
            new(ChatRole.User, context.Task.Instruction),
        ];
        ChatResponse reply = await model.GetResponseAsync(messages, options.TestChatOptions?.Clone(), cancellationToken).ConfigureAwait(false);
        return Capped(await language.ReadTestsAsync(problem, reply.Text, cancellationToken).ConfigureAwait(false), options.MaxTests);
    }
}
