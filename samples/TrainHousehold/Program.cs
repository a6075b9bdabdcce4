// Trains the small model of households from scratch: an actor that imitates demonstrations, then adapters that write refinements.
//
//   dotnet run -c Release --project samples/TrainHousehold
//   dotnet run -c Release --project samples/TrainHousehold -- --full /tmp/household
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples;
using Reflexion.Samples.HouseholdModel;
using TrainHousehold;

return await SampleProgram.RunAsync(async stop =>
{
    if (TrainingSettings.Read(args) is not { } settings)
    {
        Console.WriteLine(TrainingSettings.Help);
        return 0;
    }

    Directory.CreateDirectory(settings.Folder);
    if (settings.Actor is null && !File.Exists(Path.Combine(settings.Folder, HouseholdPlayer.File)))
    {
        await new Imitation(settings.Folder, settings.Imitation).RunAsync(stop);
    }

    using LanguageModel actor = await HouseholdPlayer.LoadAsync(settings.Actor ?? settings.Folder, stop);
    using LanguageModel? pretrained = settings.Writer is { } file ? await RefinementWriter.LoadAsync(file, stop) : null;
    RefinementWriter writer = pretrained is null ? RefinementWriter.Own(actor) : RefinementWriter.Pretrained(pretrained);
    var households = Practice.Households(actor, writer, settings.Kinds, settings.Refining.Worlds);
    var refining = new Refining(writer, settings, settings.AlsoSentences ? [households, Practice.Sentences(pretrained!, settings.Refining.Worlds)] : [households]);
    await refining.SupervisedAsync(stop);
    await refining.PolicyGradientAsync("rloo", PolicyObjective.Rloo, shuffles: false, stop);
    if (settings.Actor is null)
    {
        await refining.PolicyGradientAsync("ppo", PolicyObjective.Ppo, shuffles: false, stop);
        await refining.PolicyGradientAsync("shuffled", PolicyObjective.Rloo, shuffles: true, stop);
    }

    Console.WriteLine($"Trained: {string.Join(", ", Directory.GetDirectories(settings.Folder).Where(folder => File.Exists(Path.Combine(folder, "adapter_config.json"))).Select(Path.GetFileName).Order())}");
    if (settings.Refining.IsMiniature)
    {
        Directory.Delete(settings.Folder, recursive: true);
    }

    return 0;
});
