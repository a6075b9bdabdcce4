// Does a retrospective model that was trained by policy gradient help more than one that was not? The same actor plays on, its prompt alone differs.
//
//   dotnet run -c Release --project samples/RetroformerExperiment
//   dotnet run -c Release --project samples/RetroformerExperiment -- --full y
using System.Globalization;
using Reflexion;
using Reflexion.Environments;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;
using RetroformerExperiments;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await SampleProgram.RunAsync(async stop =>
{
    if (args is ["--help" or "-h", ..])
    {
        Console.WriteLine(ExperimentSettings.Help);
        return 0;
    }

    var settings = ExperimentSettings.Read(args);
    using Arms arms = await Arms.LoadAsync(settings, stop);
    var domain = new HouseholdDomain(
        settings.Games is { } games
            ? await HouseholdWorlds.LoadAsync(games, cancellationToken: stop)
            : HouseholdKinds.Worlds(HouseholdSplit.Test, settings.Kinds, settings.Worlds),
        PlayerPrompts.Options(settings.Steps, settings.Trials));

    var preparation = new Preparation(arms, settings);
    SelectorState? selector = await preparation.TrainSelectorAsync(stop);
    var temperatures = new Dictionary<string, double>();
    foreach (string arm in arms.Names)
    {
        temperatures[arm] = await preparation.TemperatureAsync(arm, arm == Arms.Selector ? selector : null, stop);
    }

    ExperimentBuilder builder = Experiment.CreateBuilder("retroformer")
        .UseDomain(domain)
        .UseSeeds(Enumerable.Range(1, settings.Seeds))
        .UseOptions(new() { MaxConcurrency = HouseholdPlayer.Sequences, KeepEpisodes = false, KeepMemories = false })
        .Describe("steps", $"{settings.Steps}");
    foreach (string arm in arms.Names)
    {
        builder.Describe($"temperature of {arm}", $"{temperatures[arm]}");
        builder.AddArm(arm, (agent, _) => arms.Configure(arm, agent, domain, temperatures[arm], arm == Arms.Selector ? arms.NewSelector(selector) : null));
    }

    ExperimentResult result = await builder.Build().RunAsync(new() { StopToken = stop, Progress = new CountLine() }, CancellationToken.None);
    SolvedFigures.Print(result, settings.Trials, Arms.Retry, Arms.Supervised);
    await SideBySide.PrintAsync(arms, settings, stop);
    await result.WriteHtmlReportAsync($"{settings.Output}.html", new() { Baseline = arms.Names[0] }, CancellationToken.None);
    Console.WriteLine($"\nThe report: {settings.Output}.html");
    return result.IsComplete ? 0 : 1;
});
