using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Samples.Sentences;

/// <summary>A pretrained language model that writes the sentences.</summary>
public static class SentencePlayer
{
    private const int MaxTokens = 48;

    /// <summary>An agent that writes and tries again as it is.</summary>
    public static ReflexionAgentBuilder Write(this ReflexionAgentBuilder builder, LanguageModel model, IAgentDomain domain, double temperature = 0.7)
    {
        ArgumentNullException.ThrowIfNull(model);
        return builder.Retrying(model.AsChatClient(new() { Sampling = new() { Temperature = temperature }, MaxOutputTokens = MaxTokens }), domain);
    }

    /// <summary>Failures and retries.</summary>
    /// <param name="model">Writes sentences as it is, and hints with an adapter.</param>
    /// <param name="writing">How it writes hints.</param>
    /// <param name="domain">The tasks.</param>
    public static AgentRolloutSource Rollouts(LanguageModel model, TrainedRetrospectiveOptions writing, SentenceDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new(() => new ReflexionAgentBuilder().Write(model, domain), domain.Tasks.Select(task => task.Task), model, writing);
    }
}
