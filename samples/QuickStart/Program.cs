// An agent does chores in rooms that it does not know. Where it fails, it tries again: in one arm as it is, in the other with a refinement of its
// prompt, written after reading what went wrong. Without a provider a small language model plays, in this process; it was trained from scratch by
// samples/TrainHousehold, never on these worlds.
//
//   dotnet run --project samples/QuickStart
//   dotnet run --project samples/QuickStart -- --provider anthropic --model claude-sonnet-4-5
//   dotnet run --project samples/QuickStart -- --provider openai --endpoint http://localhost:11434/v1 --model llama3.2
using System.Globalization;
using QuickStart;
using Reflexion;
using Reflexion.Samples;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await SampleProgram.RunAsync(async stop =>
{
    var arguments = ProviderArguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine($"An agent does chores, fails, and learns from it in words.\n\n{ProviderArguments.HelpText}");
        return 0;
    }

    using Player player = arguments.Provider == "scripted" ? await EmbeddedPlayer.LoadAsync(stop) : new ProvidedPlayer(arguments);
    Console.WriteLine($"Model: {player.Name}");
    Experiment experiment = Experiment.CreateBuilder("quickstart")
        .UseDomain(player.Domain)
        .UseSeeds([1])
        .UseOptions(new() { MaxConcurrency = player.Concurrency })
        .AddArm("Retry", (agent, _) => player.Retry(agent))
        .AddArm(player.LearningArm, (agent, _) => player.Learn(agent))
        .Build();
    Console.WriteLine($"Playing {player.Domain.Tasks.Count} worlds, at most {Player.Trials} trials each, twice ...");

    ExperimentResult result = await experiment.RunAsync(new() { StopToken = stop }, CancellationToken.None);
    Episode? told = result.EpisodesOf(player.LearningArm)
        .Select(record => record.Episode)
        .Where(episode => episode is { Failure: null, Trials.Length: > 1 })
        .OrderByDescending(episode => episode!.Trials[^1].Evaluation?.Success)
        .FirstOrDefault();
    if (told is not null)
    {
        Story.Print(told);
    }

    SolvedFigures.Print(result, Player.Trials, "Retry");
    return result.IsComplete && result.Outcomes[ExperimentOutcome.Errored] == 0 ? 0 : 1;
});
