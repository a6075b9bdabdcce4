// Trains the small model of households from scratch: an actor that imitates demonstrations, then adapters that write refinements.
//
//   dotnet run -c Release --project samples/TrainHousehold
//   dotnet run -c Release --project samples/TrainHousehold -- --full /tmp/household
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;
using TrainHousehold;

if (TrainingSettings.Read(args) is not { } settings)
{
    Console.WriteLine(TrainingSettings.Help);
    return args is ["--help" or "-h"] ? 0 : 2;
}

using var ctrlC = new CtrlC();
try
{
    if (!File.Exists(Path.Combine(settings.Folder, "actor.gguf")))
    {
        await new Imitation(settings.Folder, settings.Imitation).RunAsync(ctrlC.Token);
    }

    using LanguageModel actor = await HouseholdPlayer.LoadAsync(settings.Folder, ctrlC.Token);
    var refining = new Refining(actor, settings.Folder, settings.Refining);
    await refining.SupervisedAsync(ctrlC.Token);
    await refining.PolicyGradientAsync("rloo", PolicyObjective.Rloo, shuffles: false, ctrlC.Token);
    await refining.PolicyGradientAsync("ppo", PolicyObjective.Ppo, shuffles: false, ctrlC.Token);
    await refining.PolicyGradientAsync("shuffled", PolicyObjective.Rloo, shuffles: true, ctrlC.Token);
    Console.WriteLine($"Trained: {string.Join(", ", Directory.GetDirectories(settings.Folder).Where(folder => File.Exists(Path.Combine(folder, "adapter_config.json"))).Select(Path.GetFileName).Order())}");
    if (settings.Refining.IsMiniature)
    {
        Directory.Delete(settings.Folder, recursive: true);
    }

    return 0;
}
catch (OperationCanceledException)
{
    Console.WriteLine("\nStopped; run it again to go on.");
    return 1;
}
