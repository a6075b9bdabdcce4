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

          --actor FOLDER   an actor there is already; only adapters for refinements are trained for it, supervised and by RLOO
          --writer FILE    with --actor: another model learns to write them, a GGUF such as SmolLM2-135M-Instruct
          --kinds ABCD     with --actor: only tasks of these kinds (A place, B look, C clean, D heat, E cool, F two at a time)
        """;

    public required string Folder { get; init; }

    public string? Actor { get; init; }

    public string? Writer { get; init; }

    public string Kinds { get; init; } = HouseholdKinds.All;

    public ImitationOptions Imitation { get; init; } = new();

    public RefiningOptions Refining { get; init; } = new();

    /// <summary>Reads a command line.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    internal static TrainingSettings Read(string[] arguments)
    {
        if (arguments is [])
        {
            return new()
            {
                Folder = Directory.CreateTempSubdirectory("household").FullName,
                Imitation = new() { Rounds = [new(6, 1e-3) { PieceSteps = 4 }, new(4, 1e-3) { Written = 0.5f }], Worlds = 2 },
                Refining = new() { Worlds = 40, RatedFailures = 6, IsMiniature = true, Updates = 2, FailuresPerUpdate = 2, HeldOutFailures = 4 },
            };
        }

        TrainingSettings settings = arguments is ["--full", var folder, ..] ? new() { Folder = folder } : throw new UsageException("The first option is --full FOLDER.");
        for (int i = 2; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : throw new UsageException($"{arguments[i]} needs a value.");
            settings = arguments[i] switch
            {
                "--actor" => settings with { Actor = value },
                "--writer" => settings with { Writer = value, Refining = RefiningOptions.OfPretrained },
                "--kinds" => settings with { Kinds = HouseholdKinds.Read(value) ?? throw new UsageException($"--kinds are letters from {HouseholdKinds.All}, not '{value}'.") },
                _ => throw new UsageException($"There is no option {arguments[i]}."),
            };
        }

        return settings.Actor is null && (settings.Writer is not null || settings.Kinds != HouseholdKinds.All) ? throw new UsageException("--writer and --kinds need --actor.") : settings;
    }
}
