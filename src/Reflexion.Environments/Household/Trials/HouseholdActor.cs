using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>ReAct with examples of the task's own kind: one actor for each set of examples.</summary>
internal sealed class HouseholdActor(IChatClient client, Func<AgentTask, HouseholdWorld> worldOf, HouseholdOptions options) : IActor
{
    private readonly ConcurrentDictionary<string, ReActActor> _actors = new(StringComparer.Ordinal);

    public ActorPrompt CreatePrompt(AgentTask task) => ActorOf(task).CreatePrompt(task);

    public IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ActorOf(context.Task).ActAsync(context, cancellationToken);
    }

    private ReActActor ActorOf(AgentTask task)
    {
        HouseholdDemonstration[] demonstrations = [.. Demonstrations(worldOf(task))];
        return _actors.GetOrAdd(string.Join('\n', demonstrations.Select(each => each.WorldId)), _ => Create(demonstrations));
    }

    /// <summary>One more is asked for than is shown: a game of the task's own world would give it away.</summary>
    private IEnumerable<HouseholdDemonstration> Demonstrations(HouseholdWorld world) => options.Demonstrations == 0 ? []
        : HouseholdDemonstrations.For(world.Goal.Kind, options.Demonstrations + 1, options.DemonstrationSeed, options.Game)
            .Where(each => each.WorldId != world.Id)
            .Take(options.Demonstrations);

    private ReActActor Create(HouseholdDemonstration[] demonstrations) => new(client, task => new HouseholdEnvironment(worldOf(task), options), new()
    {
        MaxSteps = options.ActionLimit,
        Instructions = options.Instructions ?? HouseholdPrompts.Instructions(options),
        Examples = demonstrations.Length == 0 ? null : string.Join("\n\n", demonstrations.Select(each => each.Render(HouseholdDemonstrationStyle.ThoughtAction))),
        ChatOptions = options.ChatOptions,
        SeedsCalls = options.SeedsCalls,
        Syntax = ActionSyntax.FreeText,
        FenceObservations = options.FenceObservations,
        // The environment knows the stop rule; only replies without any action are the actor's own concern.
        Progress = new() { CycleRepeats = null, MaxStepsWithoutNews = null },
    });
}
