// The papers' decision-making domain: household tasks in text worlds, by ALFWorld's rules.
//
//   dotnet run --project samples/Household
//   dotnet run --project samples/Household -- --tasks 20 --seed 7 --provider anthropic
//   dotnet run --project samples/Household -- --data json_2.1.1/valid_unseen --stop original --provider openai
using Household;
using Reflexion.Environments;
using Reflexion.Samples;

var stops = new Dictionary<string, HouseholdStopRule> { ["paper"] = HouseholdStopRule.Paper, ["original"] = HouseholdStopRule.Original, ["none"] = HouseholdStopRule.None };

return await new DomainSample(
    "An agent does household tasks in rooms it does not know, and learns from its failures. Without --data the worlds are generated from the seed. " +
    "The scripted model is a player by rules that searches, slips now and then, and remembers what lessons say; no language model is behind it.")
{
    DefaultTasks = 10,
    OwnOptions = ["--stop"],
    OwnHelp = """
        Household:
          --data PATH       ALFWorld's game.tw-pddl files (one, a folder or a zip), or a .jsonl of worlds
          --stop NAME       paper (default), original or none: when a trial that leads nowhere is ended
        """,
    Open = async (arguments, stop) => new HouseholdDomain(
        arguments.Data is { } path
            ? await HouseholdWorlds.LoadAsync(path, cancellationToken: stop)
            : new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).GenerateMany(arguments.Tasks ?? 10, 1000L * arguments.Seed),
        new() { StopRule = arguments.Choose("--stop", stops) }),
    Scripted = arguments => new RuleBasedPlayer(arguments.Seed).AsChatClient(),
}.RunAsync(args);
