namespace Reflexion;

/// <summary>Puts domains and agents together.</summary>
public static class AgentDomainExtensions
{
    /// <summary>Sets all that a domain decides; what is called afterwards wins.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="domain">The domain.</param>
    public static ReflexionAgentBuilder UseDomain(this ReflexionAgentBuilder builder, IAgentDomain domain)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(domain);
        domain.Configure(builder);
        return builder;
    }

    /// <summary>Works on a task of a domain until it is solved or a limit is reached.</summary>
    /// <param name="agent">The agent, built with the domain.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">What differs in this run; the task's references are added to it. Null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    /// <returns>The episode.</returns>
    public static Task<Episode> RunAsync(this ReflexionAgent agent, DomainTask task, EpisodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(task);
        return agent.RunAsync(task.Task, OptionsOf(task, options), cancellationToken);
    }

    /// <summary>Works on a task of a domain and tells what happens as it happens.</summary>
    /// <param name="agent">The agent, built with the domain.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">What differs in this run; the task's references are added to it. Null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    /// <returns>The events of the run; the last one is <see cref="EpisodeEnded"/>.</returns>
    public static IAsyncEnumerable<AgentEvent> RunStreamingAsync(
        this ReflexionAgent agent, DomainTask task, EpisodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(task);
        return agent.RunStreamingAsync(task.Task, OptionsOf(task, options), cancellationToken);
    }

    private static EpisodeOptions OptionsOf(DomainTask task, EpisodeOptions? options)
    {
        options ??= new();
        return options with { References = [.. options.References, .. task.References] };
    }
}
