namespace Reflexion.Samples;

/// <summary>What the command line of a sample says that runs the tasks of a domain.</summary>
/// <param name="Provider">The model.</param>
public sealed record DomainArguments(ProviderArguments Provider)
{
    private static readonly string[] Names = ["--tasks", "--trials", "--strategy", "--seed", "--data"];

    private static readonly Dictionary<string, ReflexionStrategy> Strategies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["retry"] = ReflexionStrategy.Retry,
        ["last-attempt"] = ReflexionStrategy.LastAttempt,
        ["reflexion"] = ReflexionStrategy.Reflexion,
        ["last-attempt-and-reflexion"] = ReflexionStrategy.LastAttemptAndReflexion,
        ["retrospective"] = ReflexionStrategy.Retrospective,
    };

    /// <summary>The most tasks to run, or null for the sample's own number.</summary>
    public int? Tasks { get; init; }

    /// <summary>The most trials a task, or null for the domain's own number.</summary>
    public int? Trials { get; init; }

    /// <summary>What a trial is told of the ones before it, or null for the domain's own choice.</summary>
    public ReflexionStrategy? Strategy { get; init; }

    /// <summary>Seeds what is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The file or folder with the tasks, or null.</summary>
    public string? Data { get; init; }

    /// <summary>The values of the sample's own options.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>The help text for the options that all these samples have.</summary>
    public static string HelpText => $"""
        Tasks:
          --tasks N         how many tasks
          --trials N        the most trials a task
          --strategy NAME   {string.Join(", ", Strategies.Keys.Take(3))},
                            {string.Join(", ", Strategies.Keys.Skip(3))}
          --seed N          seeds what is random; default 1
          --data FILE       tasks from a file in the reference format
        """;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <param name="own">The names of the sample's own options, with their dashes.</param>
    /// <exception cref="UsageException">An option is unknown, lacks its value or has a wrong one.</exception>
    public static DomainArguments Parse(IReadOnlyList<string> args, params string[] own)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(own);
        var line = CommandLine.Read(args, [.. Names, .. own, .. ProviderArguments.Names]);
        return new(ProviderArguments.From(line))
        {
            Tasks = line.Number("--tasks", 1),
            Trials = line.Number("--trials", 1),
            Seed = line.Number("--seed", int.MinValue) ?? 1,
            Strategy = line["--strategy"] is { } name ? Choose("--strategy", name, Strategies) : null,
            Data = line.ExistingPath("--data"),
            Own = own.Where(line.Values.ContainsKey).ToDictionary(option => option, option => line.Values[option]),
        };
    }

    /// <summary>What one of the sample's own options chooses; the first choice where it was not given.</summary>
    /// <param name="option">The option.</param>
    /// <param name="choices">What can be chosen, by name.</param>
    /// <exception cref="UsageException">There is no such choice.</exception>
    public T Choose<T>(string option, IReadOnlyDictionary<string, T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return Own.TryGetValue(option, out string? name) ? Choose(option, name, choices) : choices.First().Value;
    }

    /// <summary>The whole number that one of the sample's own options gives, or null.</summary>
    /// <param name="option">The option.</param>
    /// <param name="least">The least it may be.</param>
    /// <exception cref="UsageException">It is no number, or too small.</exception>
    public int? Number(string option, int least) => new CommandLine(Own).Number(option, least);

    private static T Choose<T>(string option, string name, IReadOnlyDictionary<string, T> choices) => choices.TryGetValue(name, out T? choice)
        ? choice
        : throw new UsageException($"{option} '{name}' is none of {string.Join(", ", choices.Keys)}.");
}
