using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>The small model that acts and, with an adapter, writes refinements.</summary>
public static class HouseholdPlayer
{
    /// <summary>The temperature that the actor plays at unless an arm has one of its own.</summary>
    public const double Temperature = 0.7;

    /// <summary>Sequences decoded together.</summary>
    public const int Sequences = 48;

    /// <summary>Loads the actor.</summary>
    public static Task<LanguageModel> LoadAsync(string folder, CancellationToken stop = default) =>
        LanguageModel.LoadAsync(Path.Combine(folder, "actor.gguf"), new() { MaxSequences = Sequences, ContextLength = 3_072 }, stop);

    /// <summary>An agent that plays; it never changes.</summary>
    public static ReflexionAgentBuilder Play(this ReflexionAgentBuilder builder, LanguageModel model, HouseholdDomain domain, double temperature = Temperature)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(model);
        return builder
            .UseChatClient(model.AsChatClient(new() { Sampling = new() { Temperature = temperature }, MaxOutputTokens = 24 }))
            .UseDomain(domain)
            .UseReflector(new NoLessons())
            .Configure(options => options.Strategy = ReflexionStrategy.Retrospective);
    }

    /// <summary>How refinements are written and put into the actor's prompt: as they are.</summary>
    public static TrainedRetrospectiveOptions Writing(double temperature = 1) => new()
    {
        Sampling = new() { Temperature = temperature },
        MaxTokens = Refinements.MaxTokens,
        Messages = PlayerPrompts.Reflect,
        Header = "",
        Fenced = false,
    };

    /// <summary>Failures and retries of the actor in some worlds.</summary>
    public static AgentRolloutSource Rollouts(LanguageModel model, IEnumerable<HouseholdWorld> worlds, int steps = PlayerPrompts.Steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        var domain = new HouseholdDomain(worlds, PlayerPrompts.Options(steps));
        return new(
            () => new ReflexionAgentBuilder().Play(model, domain),
            domain.Tasks.Select(task => task.Task),
            model,
            Writing(),
            new() { MaxConcurrentTrials = Sequences });
    }

    private sealed class NoLessons : ISelfReflector
    {
        public ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken) => ValueTask.FromResult<LessonDraft?>(null);
    }
}
