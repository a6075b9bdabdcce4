using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>What a factory of a component is given while an agent is built.</summary>
public sealed class AgentBuildContext
{
    private readonly Func<AgentComponent, IChatClient> _chatClientOf;

    internal AgentBuildContext(IServiceProvider services, ReflexionAgentOptions options, TimeProvider time, Func<AgentComponent, IChatClient> chatClientOf)
    {
        Services = services;
        Options = options;
        Time = time;
        _chatClientOf = chatClientOf;
    }

    /// <summary>The application's services; an empty provider where the agent is built without a container.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The agent's options.</summary>
    public ReflexionAgentOptions Options { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The model of a component: its own where it was given one, else the agent's.</summary>
    /// <param name="component">The component.</param>
    /// <exception cref="InvalidOperationException">The agent has no model.</exception>
    public IChatClient ChatClientOf(AgentComponent component) => _chatClientOf(component);
}
