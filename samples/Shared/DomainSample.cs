using Microsoft.Extensions.AI;

namespace Reflexion.Samples;

/// <summary>A program that runs tasks of a domain with the model of the command line, and prints what came of each.</summary>
/// <param name="About">What the sample shows, for its help.</param>
public sealed record DomainSample(string About)
{
    /// <summary>The sample's own options, with their dashes.</summary>
    public string[] OwnOptions { get; init; } = [];

    /// <summary>The help for them.</summary>
    public string OwnHelp { get; init; } = "";

    /// <summary>How many tasks are run where the command line does not say.</summary>
    public int DefaultTasks { get; init; } = 5;

    /// <summary>Opens the domain that the command line asks for.</summary>
    public required Func<DomainArguments, CancellationToken, Task<IAgentDomain>> Open { get; init; }

    /// <summary>Makes the scripted model.</summary>
    public required Func<DomainArguments, IChatClient> Scripted { get; init; }

    /// <summary>Prints what the sample has to say of all episodes, after the table; null for nothing.</summary>
    public Action<IReadOnlyList<Episode>>? Report { get; init; }

    /// <summary>Runs the program.</summary>
    /// <param name="args">Its command line.</param>
    /// <param name="stop">Stops it like Ctrl-C; none by default.</param>
    /// <returns>Its exit code: 0 when every episode ran, 1 when one failed, 2 after a wrong command line or file, 130 where it was stopped before its tasks were loaded.</returns>
    public Task<int> RunAsync(string[] args, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        return SampleProgram.RunAsync(stopping => MainAsync(args, stopping), stop);
    }

    private async Task<int> MainAsync(string[] args, CancellationToken stop)
    {
        var arguments = DomainArguments.Parse(args, OwnOptions);
        if (arguments.Provider.Help)
        {
            Console.WriteLine(string.Join("\n\n", new[] { About, DomainArguments.HelpText, OwnHelp, ProviderArguments.HelpText }.Where(text => text.Length > 0)));
            return 0;
        }

        IAgentDomain domain = await OpenAsync(arguments, stop);
        await using var held = domain as IAsyncDisposable;
        using IChatClient model = ChatProvider.Create(arguments.Provider, () => Scripted(arguments));
        Console.WriteLine($"Model: {ChatProvider.Describe(arguments.Provider)}");
        List<Episode> episodes = await RunAsync(domain, model, arguments, stop);
        SolvedTable.Print(episodes);
        Report?.Invoke(episodes);
        return episodes.Exists(episode => episode.Failure is not null) ? 1 : 0;
    }

    private async Task<IAgentDomain> OpenAsync(DomainArguments arguments, CancellationToken stop)
    {
        try
        {
            return await Open(arguments, stop);
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or ArgumentException)
        {
            throw new UsageException(unreadable.Message);
        }
    }

    private async Task<List<Episode>> RunAsync(IAgentDomain domain, IChatClient model, DomainArguments arguments, CancellationToken stop)
    {
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(model).UseDomain(domain).Configure(options =>
        {
            options.Strategy = arguments.Strategy ?? options.Strategy;
            options.MaxTrials = arguments.Trials ?? options.MaxTrials;
        }).Build();
        DomainTask[] tasks = [.. domain.Tasks.Take(arguments.Tasks ?? DefaultTasks)];
        var episodes = new List<Episode>();
        Console.WriteLine($"Domain: {domain.Name}, {tasks.Length} of {domain.Tasks.Count} tasks\n");
        foreach (DomainTask task in tasks)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            Console.WriteLine($"{episodes.Count + 1}/{tasks.Length} {task.Task.Id}{(task.Kind.Length > 0 ? $" ({task.Kind})" : "")}");
            Episode episode = await WatchAsync(agent.RunStreamingAsync(task, new() { Seed = arguments.Seed, StopToken = stop }, CancellationToken.None));
            episodes.Add(episode);
        }

        return episodes;
    }

    private static async Task<Episode> WatchAsync(IAsyncEnumerable<AgentEvent> events)
    {
        await foreach (AgentEvent happened in events)
        {
            switch (happened)
            {
                case TrialEnded { Trial: var trial }:
                    Console.WriteLine($"  trial {trial.Number}  {(trial.Evaluation?.Success == true ? "solved" : "failed")}  {trial.Trajectory.Steps.Length} steps, {trial.Trajectory.End}");
                    Console.Write(trial.Lesson is { } lesson ? $"    lesson {OneLine(lesson.Text)}\n" : "");
                    break;
                case EpisodeEnded { Episode: var episode }:
                    Console.WriteLine($"  {episode.StopReason}, {episode.Usage.Total.Calls} calls, {episode.Usage.Total.Tokens.TotalTokens} tokens{(episode.Failure is { } failure ? $": {failure.Message}" : "")}");
                    return episode;
            }
        }

        throw new InvalidOperationException("The run ended without an episode.");
    }

    private static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= 160 ? line : $"{line[..159]}…";
    }
}
