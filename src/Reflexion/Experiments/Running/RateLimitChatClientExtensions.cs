using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Rate limits for any chat client.</summary>
public static class RateLimitChatClientExtensions
{
    /// <summary>
    /// Holds calls back, in the order in which they come, so that no sixty seconds see more calls or tokens than allowed. Use one
    /// such client wherever a limit is shared. Tokens are counted as expected before a call and as the provider reports them after it.
    /// </summary>
    /// <param name="client">The client. Disposing of the result disposes of it.</param>
    /// <param name="limit">The limits.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>A client that waits where it must. Waiting counts towards an episode's duration.</returns>
    /// <exception cref="ArgumentException">A limit is out of range.</exception>
    public static IChatClient WithRateLimit(this IChatClient client, RateLimit limit, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(limit);
        limit.Validate();
        return new RateLimitedChatClient(client, limit, time ?? TimeProvider.System);
    }
}
