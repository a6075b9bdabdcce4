// Does a retrospective model that was trained by policy gradient help more than one that was not? The same actor plays on, its prompt alone differs.
//
//   dotnet run -c Release --project samples/RetroformerExperiment
//   dotnet run -c Release --project samples/RetroformerExperiment -- --full y
using System.Globalization;
using Reflexion;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;
using RetroformerExperiments;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await SampleProgram.RunAsync(async stop =>
{
    if (ExperimentSettings.Read(args) is not { } settings)
    {
        Console.WriteLine(ExperimentSettings.Help);
        return 0;
    }

    LanguageModel? pretrained = settings.Writer is { } file ? await RefinementWriter.LoadAsync(file, stop) : null;
    using ISetting setting = settings.IsSentences ? new SentenceSetting(pretrained!, settings) : await HouseholdSetting.LoadAsync(settings, pretrained, stop);
    using var arms = new Arms(setting, settings);
    var preparation = new Preparation(arms, setting, settings);
    SelectorState? selector = await preparation.TrainSelectorAsync(stop);
    var temperatures = new Dictionary<string, double>();
    foreach (string arm in arms.Names)
    {
        temperatures[arm] = await preparation.TemperatureAsync(arm, arm == Arms.Selector ? selector : null, stop);
    }

    ExperimentBuilder builder = Experiment.CreateBuilder("retroformer")
        .UseDomain(setting.Test)
        .UseSeeds(Enumerable.Range(1, settings.Seeds))
        .UseOptions(new() { MaxConcurrency = HouseholdPlayer.Sequences, KeepEpisodes = false, KeepMemories = false })
        .Describe("played", setting.Description)
        .Describe("writer", Path.GetFileName(settings.Writer) ?? "the actor's own weights");
    foreach (string arm in arms.Names)
    {
        builder.Describe($"temperature of {arm}", $"{temperatures[arm]}");
        builder.AddArm(arm, (agent, _) => arms.Configure(arm, agent, setting.Test, temperatures[arm], arm == Arms.Selector ? arms.NewSelector(selector) : null));
    }

    ExperimentResult result = await builder.Build().RunAsync(new() { StopToken = stop, Progress = new CountLine() }, CancellationToken.None);
    SolvedFigures.Print(result, settings.Trials, Arms.Retry, Arms.Supervised);
    await SideBySide.PrintAsync(arms, setting, stop);
    await result.WriteHtmlReportAsync($"{settings.Output}.html", new() { Baseline = arms.Names[0] }, CancellationToken.None);
    Console.WriteLine($"\nThe report: {settings.Output}.html");
    return result.IsComplete ? 0 : 1;
});
