// Does reflecting beat plain retrying, and is it worth its tokens? Every strategy works on the same household tasks with the same
// seeds; what comes out is told with intervals, task by task, and at equal budgets.
//
//   dotnet run --project samples/Experiment
//   dotnet run --project samples/Experiment -- --tasks 40 --seeds 5
//   dotnet run --project samples/Experiment -- --provider openai --tasks 10 --out runs/first
//   dotnet run --project samples/Experiment -- --provider openai --tasks 10 --resume runs/first
using System.Globalization;
using Experiments;
using Reflexion;
using Reflexion.Samples;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await SampleProgram.RunAsync(async stop =>
{
    var arguments = ExperimentArguments.Parse(args);
    if (arguments.Domain.Provider.Help)
    {
        Console.WriteLine(ExperimentArguments.HelpText);
        return 0;
    }

    Console.WriteLine($"Model: {ChatProvider.Describe(arguments.Domain.Provider)}");
    using HouseholdExperiment household = await HouseholdExperiment.OpenAsync(arguments, stop);
    Experiment experiment = household.Experiment;
    EstimateText.Print(experiment);
    ContaminationText.Print(experiment.CheckContamination(HouseholdExperiment.ReflectorExamples));

    ExperimentResult result = await Watch.RunAsync(progress => experiment.RunAsync(new() { Progress = progress, StopToken = stop }));
    AnalysisText.Print(ExperimentAnalysis.Of(result, new() { Baseline = nameof(ReflexionStrategy.Retry) }));

    string report = Path.Combine(arguments.Folder, "report.html");
    await result.WriteHtmlReportAsync(report, new() { Baseline = nameof(ReflexionStrategy.Retry) }, CancellationToken.None);
    Console.WriteLine($"\nWritten: {report}, and the same beside it as JSON");

    if (result.IsComplete)
    {
        return result.Outcomes[ExperimentOutcome.Errored] == 0 ? 0 : 1;
    }

    Console.WriteLine($"Stopped with {result.Outcomes[ExperimentOutcome.Unfinished]} of {result.Episodes.Length} episodes unfinished. Go on with: {arguments.ToResume(args)}");
    return SampleProgram.Interrupted;
});
