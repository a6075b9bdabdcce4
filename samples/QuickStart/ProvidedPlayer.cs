using Microsoft.Extensions.AI;
using Reflexion;
using Reflexion.Samples;

namespace QuickStart;

/// <summary>A provider's model: few worlds, because every call costs; the lessons are its own.</summary>
internal sealed class ProvidedPlayer(ProviderArguments arguments) : Player(ChatProvider.Describe(arguments), "Reflexion", new(Worlds(WorldCount)), WorldCount)
{
    private const int WorldCount = 4;

    private readonly IChatClient _chat = ChatProvider.Create(arguments, () => throw new InvalidOperationException("No model is scripted here."));

    internal override void Retry(ReflexionAgentBuilder agent) => Play(agent, ReflexionStrategy.Retry);

    internal override void Learn(ReflexionAgentBuilder agent) => Play(agent, ReflexionStrategy.Reflexion);

    public override void Dispose() => _chat.Dispose();

    private void Play(ReflexionAgentBuilder agent, ReflexionStrategy strategy) => agent.UseChatClient(_chat).UseDomain(Domain).Configure(options =>
    {
        options.Strategy = strategy;
        options.MaxTrials = Trials;
    });
}
