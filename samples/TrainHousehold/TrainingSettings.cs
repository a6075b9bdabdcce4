using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>What is trained, and how much of it.</summary>
internal sealed record TrainingSettings
{
    internal const string Help = """
        Trains the small model of households from scratch: an actor that imitates demonstrations, then adapters that write refinements.

          dotnet run -c Release --project samples/TrainHousehold                     every stage in miniature, as a trial run: nothing comes of it
          dotnet run -c Release --project samples/TrainHousehold -- --full FOLDER    the whole training; run again, it goes on from its checkpoints

          --actor FOLDER    an actor there is already; only adapters for refinements are trained for it, supervised and by RLOO
          --writer FILE     with --actor: another model learns to write them, a GGUF such as SmolLM2-135M-Instruct
          --also sentences  with --writer: it learns for a second domain too, sentences from given words, which that model itself writes as it is
          --kinds ABCD      with --actor: only tasks of these kinds (A place, B look, C clean, D heat, E cool, F two at a time)
        """;

    public required string Folder { get; init; }

    public string? Actor { get; init; }

    public string? Writer { get; init; }

    /// <summary>Whether the writer learns for a second domain too.</summary>
    public bool AlsoSentences { get; init; }

    public string Kinds { get; init; } = HouseholdKinds.All;

    public ImitationOptions Imitation { get; init; } = new();

    public RefiningOptions Refining { get; init; } = new();

    /// <summary>Reads a command line; null where help is asked for.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    internal static TrainingSettings? Read(string[] arguments)
    {
        var line = CommandLine.Read(arguments, ["--full", "--actor", "--writer", "--also", HouseholdKinds.Option]);
        if (line.Help)
        {
            return null;
        }

        if (line["--actor"] is null && (line["--writer"] ?? line[HouseholdKinds.Option]) is not null)
        {
            throw new UsageException($"--writer and {HouseholdKinds.Option} need --actor.");
        }

        if (line["--also"] is { } also && (also != "sentences" || line["--writer"] is null))
        {
            throw new UsageException("--also sentences is the only second domain, and needs --writer.");
        }

        string kinds = HouseholdKinds.Read(line);
        (string? actor, string? writer) = (line.ExistingPath("--actor"), line.ExistingPath("--writer"));
        TrainingSettings size = line["--full"] is { } folder
            ? new() { Folder = folder, Refining = line["--writer"] is null ? new() : RefiningOptions.OfPretrained }
            : Miniature();
        return size with { Actor = actor, Writer = writer, AlsoSentences = line["--also"] is not null, Kinds = kinds };
    }

    // Every stage, too small to come to anything, in a folder of its own.
    private static TrainingSettings Miniature() => new()
    {
        Folder = Directory.CreateTempSubdirectory("household").FullName,
        Imitation = new() { Rounds = [new(6, 1e-3) { PieceSteps = 4 }, new(4, 1e-3) { Written = 0.5f }], Worlds = 2 },
        Refining = new() { Worlds = 40, RatedFailures = 6, IsMiniature = true, Updates = 2, FailuresPerUpdate = 2, HeldOutFailures = 4 },
    };
}
