using Household;
using Microsoft.Extensions.AI;
using Reflexion;
using Reflexion.Environments;
using Reflexion.Samples;

namespace Experiments;

/// <summary>The experiment that the command line asks for, and what it holds open.</summary>
internal sealed class HouseholdExperiment : IDisposable
{
    // So few actions that it pays to know where things are.
    private const int ScriptedActions = 10;
    private const double ScriptedSlips = 0.2;

    private readonly IChatClient? _model;

    private HouseholdExperiment(Experiment experiment, IChatClient? model) => (Experiment, _model) = (experiment, model);

    internal Experiment Experiment { get; }

    /// <summary>The worked examples that the reflector is shown, to be looked through for tasks like the actor's prompts.</summary>
    internal static IEnumerable<ContaminationExample> ReflectorExamples =>
        HouseholdPrompts.ReflectionExamples.Select((example, i) => new ContaminationExample($"reflector's example {i + 1}", $"{example.Trial}\n{example.Reflection}"));

    /// <summary>Loads or generates the tasks, and opens the journal.</summary>
    internal static async Task<HouseholdExperiment> OpenAsync(ExperimentArguments arguments, CancellationToken stop)
    {
        bool isScripted = arguments.Domain.Provider.Provider == "scripted";
        var options = new HouseholdOptions { MaxActions = isScripted ? ScriptedActions : new HouseholdOptions().MaxActions };
        var domain = new HouseholdDomain(await WorldsAsync(arguments, stop), options);
        FileEpisodeJournal journal = OpenJournal(arguments, mayReplace: isScripted);
        IChatClient? model = isScripted ? null : ChatProvider.Create(arguments.Domain.Provider, () => throw new InvalidOperationException("No model is scripted here."));
        GamesBegun begun = await GamesBegun.ReadAsync(journal, domain, options, stop);
        ExperimentBuilder builder = Experiment.CreateBuilder("household")
            .UseDomain(domain)
            .UseSeeds(Enumerable.Range(1, arguments.Seeds))
            .UseJournal(journal)
            .ConfigureAgents(agent => agent.Configure(agentOptions => agentOptions.MaxTrials = arguments.Trials))
            .UseOptions(new() { MaxConcurrency = Environment.ProcessorCount })
            .Describe("model", ChatProvider.Describe(arguments.Domain.Provider));
        Experiment? built = null;
        foreach (ReflexionStrategy strategy in arguments.Strategies)
        {
            // A player of its own for each arm and seed, where it is scripted, so that what one does changes nothing for the others.
            string arm = strategy.ToString();
            builder.AddArm(arm, (agent, seed) => agent
                .UseChatClient(model ?? new RuleBasedPlayer(seed, ScriptedSlips, built is null ? null : begun.Of(built, arm, seed)).AsChatClient())
                .Configure(agentOptions => agentOptions.Strategy = strategy));
        }

        return new(built = builder.Build(), model);
    }

    public void Dispose() => _model?.Dispose();

    private static async Task<IEnumerable<HouseholdWorld>> WorldsAsync(ExperimentArguments arguments, CancellationToken stop)
    {
        try
        {
            return arguments.Domain.Data is { } path
                ? (await HouseholdWorlds.LoadAsync(path, cancellationToken: stop)).Take(arguments.Tasks)
                : new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).GenerateMany(arguments.Tasks, 1000L * arguments.Domain.Seed);
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or ArgumentException)
        {
            throw new UsageException(unreadable.Message);
        }
    }

    /// <summary>A run that cost nothing gives way to a new one; any other must be resumed, or moved away by hand.</summary>
    private static FileEpisodeJournal OpenJournal(ExperimentArguments arguments, bool mayReplace)
    {
        bool exists = Directory.Exists(arguments.Journal);
        if (arguments.Resumes && !exists)
        {
            throw new UsageException($"There is no journal to go on with in '{arguments.Folder}'.");
        }

        if (exists && !arguments.Resumes)
        {
            if (!mayReplace)
            {
                throw new UsageException($"'{arguments.Folder}' holds the journal of an earlier run: go on with it by --resume, or begin in another folder by --out.");
            }

            Directory.Delete(arguments.Journal, recursive: true);
        }

        return new(arguments.Journal);
    }
}
