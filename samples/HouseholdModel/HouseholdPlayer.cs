using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>The small model that acts and, with an adapter, writes refinements.</summary>
public static class HouseholdPlayer
{
    /// <summary>The temperature that the actor plays at unless an arm has one of its own.</summary>
    public const double Temperature = 0.5;

    /// <summary>Sequences decoded together.</summary>
    public const int Sequences = 48;

    /// <summary>The folder of the trained actor and its adapters, beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Model");

    /// <summary>The actor's file in its folder.</summary>
    public const string File = "actor.gguf";

    /// <summary>The adapter that policy gradient trained.</summary>
    public const string Refiner = "rloo";

    /// <summary>Loads the actor.</summary>
    public static Task<LanguageModel> LoadAsync(string folder, CancellationToken stop = default) =>
        LanguageModel.LoadAsync(Path.Combine(folder, File), new() { MaxSequences = Sequences, ContextLength = 3_072 }, stop);

    /// <summary>An agent that plays and tries again as it is; the actor never changes.</summary>
    public static ReflexionAgentBuilder Play(this ReflexionAgentBuilder builder, LanguageModel model, IAgentDomain domain, double temperature = Temperature)
    {
        ArgumentNullException.ThrowIfNull(model);
        return builder.Retrying(model.AsChatClient(new() { Sampling = new() { Temperature = temperature }, MaxOutputTokens = 24 }), domain);
    }

    /// <summary>The same, with refinements by a writer between the trials.</summary>
    public static ReflexionAgentBuilder Learn(this ReflexionAgentBuilder builder, RefinementWriter writer, LoraAdapter? adapter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(writer);
        return builder.UseRetrospectiveModel(writer.Model, adapter, writer.Options).Configure(options => options.Strategy = ReflexionStrategy.Retrospective);
    }

    /// <summary>Failures and retries of the actor in some worlds.</summary>
    public static AgentRolloutSource Rollouts(LanguageModel actor, RefinementWriter writer, IEnumerable<HouseholdWorld> worlds, int steps = PlayerPrompts.Steps)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(writer);
        var domain = new HouseholdDomain(worlds, PlayerPrompts.Options(steps));
        return new(
            () => new ReflexionAgentBuilder().Play(actor, domain),
            domain.Tasks.Select(task => task.Task),
            writer.Model,
            writer.Options,
            new() { MaxConcurrentTrials = Sequences });
    }
}
