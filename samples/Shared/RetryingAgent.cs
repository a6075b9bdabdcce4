using Microsoft.Extensions.AI;

namespace Reflexion.Samples;

/// <summary>The agent that retrospective models are compared with.</summary>
public static class RetryingAgent
{
    /// <summary>Works on a domain's tasks and tries again as it is: nothing of an earlier trial stands in its prompt.</summary>
    public static ReflexionAgentBuilder Retrying(this ReflexionAgentBuilder builder, IChatClient actor, IAgentDomain domain)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .UseChatClient(actor)
            .UseDomain(domain)
            .UseReflector(new DelegateReflector(_ => null))
            .Configure(options => options.Strategy = ReflexionStrategy.Retry);
    }
}
