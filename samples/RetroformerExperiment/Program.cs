using Reflexion;
using Reflexion.Environments;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;
using RetroformerExperiments;

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(ExperimentSettings.Help);
    return 0;
}

ExperimentSettings settings;
try
{
    settings = ExperimentSettings.Read(args);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{ExperimentSettings.Help}");
    return 2;
}

using var ctrlC = new CtrlC();
using Arms arms = await Arms.LoadAsync(settings.Model, settings.Arms, ctrlC.Token);
var domain = new HouseholdDomain(
    settings.Games is { } games
        ? await HouseholdWorlds.LoadAsync(games, cancellationToken: ctrlC.Token)
        : new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).GenerateMany(settings.Worlds),
    PlayerPrompts.Options(settings.Steps, settings.Trials));

var preparation = new Preparation(arms, settings);
SelectorState? selector = await preparation.TrainSelectorAsync(ctrlC.Token);
var temperatures = new Dictionary<string, double>();
foreach (string arm in arms.Names)
{
    temperatures[arm] = await preparation.TemperatureAsync(arm, arm == Arms.Selector ? selector : null, ctrlC.Token);
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

ExperimentResult result = await builder.Build().RunAsync(new() { StopToken = ctrlC.Token, Progress = new CountLine() });
Tables.Print(result, settings.Trials);
await result.WriteHtmlReportAsync($"{settings.Output}.html", new() { Baseline = arms.Names[0] });
Console.WriteLine($"\nThe report: {settings.Output}.html");
return result.IsComplete ? 0 : 1;
