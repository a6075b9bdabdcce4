namespace TrainHousehold;

/// <summary>What is trained, and how much of it.</summary>
internal sealed record TrainingSettings(string Folder, ImitationOptions Imitation, RefiningOptions Refining)
{
    internal const string Help = """
        Trains the small model of households from scratch: an actor that imitates demonstrations, then adapters that write refinements.

          dotnet run -c Release --project samples/TrainHousehold                     every stage in miniature, as a trial run: nothing comes of it
          dotnet run -c Release --project samples/TrainHousehold -- --full FOLDER    the whole training; run again, it goes on from its checkpoints
        """;

    /// <summary>What the command line asks for; null where it cannot be read.</summary>
    internal static TrainingSettings? Read(string[] arguments) => arguments switch
    {
        [] => new(
            Directory.CreateTempSubdirectory("household").FullName,
            new() { Rounds = [new(6, 1e-3), new(4, 1e-3)], Worlds = 2 },
            new() { Worlds = 40, RatedFailures = 6, IsMiniature = true, Updates = 2, FailuresPerUpdate = 2, HeldOutFailures = 4 }),
        ["--full", var folder] => new(folder, new(), new()),
        _ => null,
    };
}
