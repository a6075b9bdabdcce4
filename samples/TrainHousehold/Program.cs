using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;
using TrainHousehold;

string folder = args[0];
string stage = args.Length > 1 ? args[1] : "all";
int threads = args.Length > 2 ? int.Parse(args[2]) : Environment.ProcessorCount;
if (!File.Exists(Path.Combine(folder, "actor.gguf")))
{
    (await new Imitation(folder, new() { Threads = threads }).RunAsync(CancellationToken.None)).Dispose();
}

using LanguageModel actor = await HouseholdPlayer.LoadAsync(folder);
var refining = new Refining(actor, folder, new());
if (stage is "all" or "sft")
{
    await refining.SupervisedAsync(default);
}

if (stage is "all" or "rloo")
{
    await refining.PolicyGradientAsync("rloo", PolicyObjective.Rloo, false, default);
}

if (stage is "all" or "ppo")
{
    await refining.PolicyGradientAsync("ppo", PolicyObjective.Ppo, false, default);
}

if (stage is "all" or "shuffled")
{
    await refining.PolicyGradientAsync("shuffled", PolicyObjective.Rloo, true, default);
}
