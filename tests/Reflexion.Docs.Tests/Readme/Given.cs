using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Reflexion.Tests;

/// <summary>What the README's snippets after the first one take for granted, under the names they use for it.</summary>
/// <remarks>Named like the variables they stand in for; they are compiled against and never run.</remarks>
public static class Given
{
    public static IChatClient chat => null!;

    public static AgentTask task => null!;

    public static IEnumerable<AgentTask> tasks => null!;

    public static IEnumerable<AgentTask> otherTasks => null!;

    public static IAgentDomain domain => null!;

    public static IEpisodeJournal journal => null!;

    public static ITrajectoryEvaluator evaluator => null!;

    public static IServiceCollection services => null!;

    public static CancellationToken stopToken => default;
}
