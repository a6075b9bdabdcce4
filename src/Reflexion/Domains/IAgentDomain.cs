namespace Reflexion;

/// <summary>Tasks of one kind, with all that an agent needs to work on them: what the papers call a domain or an environment.</summary>
/// <remarks>
/// Write one to make a benchmark of your own: hold the tasks, keep what only an evaluator may know to yourself, and set actor,
/// evaluator and limits in <see cref="Configure"/>. Implementations are immutable and safe to share between threads.
/// </remarks>
public interface IAgentDomain
{
    /// <summary>The domain's name, such as <c>household</c>. Not blank.</summary>
    string Name { get; }

    /// <summary>The tasks, in a fixed order, each id once.</summary>
    IReadOnlyList<DomainTask> Tasks { get; }

    /// <summary>
    /// Sets what the domain decides: the actor with its prompts, the evaluators, the reflector's examples, limits and stop
    /// rules. What is called on the builder afterwards wins.
    /// </summary>
    /// <param name="builder">The builder of the agent that is to work on <see cref="Tasks"/>.</param>
    void Configure(ReflexionAgentBuilder builder);
}
