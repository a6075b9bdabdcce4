using System.Globalization;
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
          --worlds N         generated worlds, of the part that nothing was trained on
          --kinds EF         tasks of these kinds only (A place, B look, C clean, D heat, E cool, F two at a time)
          --games PATH       ALFWorld's games in place of generated worlds: files, a folder, a zip, or a .jsonl
          --seeds N          repetitions
          --steps N          actions in a trial (default 20)
          --trials N         trials in an episode (default 5)
          --actor FOLDER     the actor (default: the one beside the program)
          --adapters FOLDER  what was trained to write refinements (default: the ones beside the program)
          --writer FILE      the pretrained model that the adapters belong to, where it is not the actor
          --arms A,B         some of the arms only
          --output PATH      report, without its extension (default: in the temporary folder)
        """;

    public int Worlds { get; init; } = 12;

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

    internal static ExperimentSettings Read(string[] arguments)
    {
        var settings = new ExperimentSettings();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : throw new UsageException($"{arguments[i]} needs a value.");
            settings = arguments[i] switch
            {
                "--full" => value == "y" ? settings with { Worlds = 500, Seeds = 3, Trying = 100, SelectorGames = 500 } : settings,
                "--worlds" => settings with { Worlds = Number(arguments[i], value) },
                "--kinds" => settings with { Kinds = HouseholdKinds.Read(value) ?? throw new UsageException($"--kinds are letters from {HouseholdKinds.All}, not '{value}'.") },
                "--games" => settings with { Games = value },
                "--seeds" => settings with { Seeds = Number(arguments[i], value) },
                "--steps" => settings with { Steps = Number(arguments[i], value) },
                "--trials" => settings with { Trials = Number(arguments[i], value) },
                "--actor" => settings with { Actor = value },
                "--adapters" => settings with { Adapters = value },
                "--writer" => settings with { Writer = value },
                "--arms" => settings with { Arms = value.Split(',') },
                "--output" => settings with { Output = value },
                _ => throw new UsageException($"There is no option {arguments[i]}."),
            };
        }

        return settings;
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new UsageException($"{name} is a number above 0, not '{value}'.");
}
