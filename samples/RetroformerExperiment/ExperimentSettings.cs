using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>What the command line asks for.</summary>
internal sealed record ExperimentSettings
{
    internal const string Help = """
        The papers' claim, offline: does the same frozen actor solve more with Retroformer than with Reflexion, and more with that than by retrying, in worlds never seen in training?

          dotnet run -c Release --project samples/RetroformerExperiment -- [options]

          --full Y           500 worlds and 3 seeds rather than a glimpse of 12 worlds and one seed (y or n; default n)
          --tasks N          generated worlds, or sentences, of the part that nothing was trained on
          --domain NAME      households (default), or sentences: from four given words, written by the --writer as it is
          --kinds EF         tasks of these kinds only (A place, B look, C clean, D heat, E cool, F two at a time)
          --games PATH       ALFWorld's games in place of generated worlds: files, a folder, a zip, or a .jsonl
          --seeds N          repetitions
          --steps N          actions in a trial (default 20)
          --trials N         trials in an episode, from 2 (default 5)
          --actor FOLDER     the actor (default: the one beside the program)
          --adapters FOLDER  what was trained to write refinements (default: the ones beside the program)
          --writer FILE      the pretrained model that the adapters belong to, where it is not the actor
          --arms A,B         some of the arms only
          --output PATH      report, without its extension (default: in the temporary folder)
        """;

    public int Tasks { get; init; } = 12;

    /// <summary>Whether sentences are written; otherwise households are played.</summary>
    public bool IsSentences { get; init; }

    public string Kinds { get; init; } = HouseholdKinds.All;

    public string? Games { get; init; }

    public int Seeds { get; init; } = 1;

    /// <summary>Games on training worlds to choose a temperature by.</summary>
    public int Trying { get; init; } = 4;

    /// <summary>Episodes on training worlds for the selector to learn from.</summary>
    public int SelectorGames { get; init; } = 8;

    public int Steps { get; init; } = PlayerPrompts.Steps;

    public int Trials { get; init; } = 5;

    public string Actor { get; init; } = HouseholdPlayer.Folder;

    public string Adapters { get; init; } = HouseholdPlayer.Folder;

    public string? Writer { get; init; }

    public string[] Arms { get; init; } = [];

    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "retroformer");

    private static readonly string[] s_households = [HouseholdKinds.Option, "--games", "--steps", "--actor"];

    /// <summary>Reads a command line; null where help is asked for.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    internal static ExperimentSettings? Read(string[] arguments)
    {
        var line = CommandLine.Read(arguments, [
            "--full", "--tasks", "--domain", HouseholdKinds.Option, "--games", "--seeds", "--steps", "--trials", "--actor", "--adapters", "--writer", "--arms", "--output"]);
        if (line.Help)
        {
            return null;
        }

        if (line["--writer"] is not null && line["--adapters"] is null)
        {
            throw new UsageException("--writer needs --adapters FOLDER, what was trained for that model; an empty folder for nothing.");
        }

        ExperimentSettings usual = line["--full"] switch
        {
            null or "n" => new(),
            "y" => new() { Tasks = 500, Seeds = 3, Trying = 100, SelectorGames = 500 },
            var other => throw new UsageException($"--full is y or n, not '{other}'."),
        };
        return usual with
        {
            Tasks = line.Number("--tasks", 1) ?? usual.Tasks,
            IsSentences = IsSentencesIn(line),
            Kinds = HouseholdKinds.Read(line),
            Games = line.ExistingPath("--games"),
            Seeds = line.Number("--seeds", 1) ?? usual.Seeds,
            Steps = line.Number("--steps", 1) ?? usual.Steps,
            Trials = line.Number("--trials", 2) ?? usual.Trials,
            Actor = line.ExistingPath("--actor") ?? usual.Actor,
            Adapters = line.ExistingPath("--adapters") ?? usual.Adapters,
            Writer = line.ExistingPath("--writer"),
            Arms = line["--arms"]?.Split(',') ?? [],
            Output = line["--output"] ?? usual.Output,
        };
    }

    private static bool IsSentencesIn(CommandLine line) => line["--domain"] switch
    {
        null or "households" => false,
        "sentences" when line["--writer"] is null => throw new UsageException("--domain sentences needs --writer FILE, the model that writes them."),
        "sentences" when s_households.FirstOrDefault(option => line[option] is not null) is { } option => throw new UsageException($"{option} is about households; leave it away with --domain sentences."),
        "sentences" => true,
        var other => throw new UsageException($"--domain is households or sentences, not '{other}'."),
    };
}
