namespace Reflexion.Environments;

/// <summary>Mistakes of the kinds that people and models make.</summary>
internal sealed class ExplorerSlips(ExplorerPolicy policy, ExplorerMap map, SplitMix random, double rate)
{
    private const int Kinds = 4;

    /// <summary>Makes a mistake now and then.</summary>
    /// <param name="intent">What would be right.</param>
    /// <returns>What is done instead: the intent itself, unless there is a slip.</returns>
    internal ExplorerIntent Next(ExplorerIntent intent) => !random.Happens(rate) ? intent : random.Below(Kinds) switch
    {
        0 => Skip(),
        1 => Forget(),
        2 => Misspell(intent),
        _ => Wander(),
    };

    private ExplorerIntent Skip()
    {
        if (map.Held is { } held)
        {
            policy.Skip(held);
        }

        return policy.Decide();
    }

    private ExplorerIntent Forget()
    {
        random.Pick(map.Receptacles).Things.Clear();
        return policy.Decide();
    }

    /// <summary>Words that the engine does not read.</summary>
    private static ExplorerIntent Misspell(ExplorerIntent intent) => intent.Verb switch
    {
        "go to" => intent with { Verb = "walk to" },
        "take" => intent with { Verb = "grab" },
        "use" => intent with { Verb = "turn on" },
        "put" => intent with { Verb = "place" },
        _ => intent with { Stage = ExplorerStage.Wander, Verb = "check" },
    };

    private ExplorerIntent Wander() => new(ExplorerStage.Wander, "go to", random.Pick(map.Receptacles));
}
