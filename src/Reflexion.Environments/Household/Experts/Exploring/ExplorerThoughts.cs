namespace Reflexion.Environments;

/// <summary>Puts an explorer's intents into words.</summary>
internal sealed class ExplorerThoughts(HouseholdRequest request, SplitMix random)
{
    /// <summary>What is to be done, in the order of doing it.</summary>
    internal string Outline()
    {
        string thing = request.Thing;
        string target = request.Target;
        string steps = (request.Kind, request.Treatment) switch
        {
            (HouseholdTaskKind.LookInLight, _) => $"find {A(thing)} and take it to {A(target)}, then switch the {target} on",
            (HouseholdTaskKind.PickTwoAndPlace, _) => $"bring two {thing}s to one {target}, one after the other",
            (_, { } treatment) => $"find {A(thing)}, {treatment.Verb} it with the {treatment.Tool}, then bring it to the {target}",
            _ => $"find {A(thing)}, then bring it to the {target}",
        };
        return $"My plan: {steps}.";
    }

    /// <summary>Why the intent comes next.</summary>
    /// <param name="intent">What is done next.</param>
    /// <param name="isNew">Whether something else was done before.</param>
    /// <param name="missing">The types of what is to be found.</param>
    internal string Of(ExplorerIntent intent, bool isNew, string[] missing)
    {
        string place = intent.Place?.Name ?? "";
        string thing = intent.Thing ?? "";
        string treat = request.Treatment?.Verb ?? "slice";
        return (intent.Stage, intent.Verb) switch
        {
            (_, "close") => $"I close the {place} again.",
            (_, "slice") => $"With a knife in my hand I slice the {thing}.",
            (ExplorerStage.Search, "open") => Say($"The {place} is closed, so I open it.", $"I cannot see into the {place} yet. I open it."),
            (ExplorerStage.Search, "examine") => Say($"I am at the {place} already. What is there?", $"The {place} is within reach from here, so I examine it."),
            (ExplorerStage.Search, _) when isNew => Say($"I still need {Either(missing)}. The {place} is a likely place for it.", $"Where is {Either(missing)}? I try the {place} first."),
            (ExplorerStage.Search, _) => Say($"Not here. The {place} is next.", $"I have not found {Either(missing)} yet. I try the {place}."),
            (ExplorerStage.Fetch, "take") => Say($"Here is the {thing}. I take it.", $"The {thing} is what I was looking for, so I pick it up."),
            (ExplorerStage.Fetch, "open") => $"The {thing} should be in the {place}, which is closed. I open it.",
            (ExplorerStage.Fetch, _) => $"The {thing} is at the {place}, so I go there.",
            (ExplorerStage.Treat, "go to") => Say($"I have the {thing}. To {treat} it I need the {place}.", $"Before the {thing} goes to its place I {treat} it with the {place}."),
            (ExplorerStage.Treat, _) => $"I am at the {place} and can {intent.Verb} the {thing}.",
            (ExplorerStage.Place, "go to") => Say($"Now the {thing} goes to the {place}.", $"The {thing} is ready. I bring it to the {place}."),
            (ExplorerStage.Place, "open") => $"The {place} must be open before the {thing} can go in.",
            (ExplorerStage.Place, _) => $"I put the {thing} where the task wants it.",
            (ExplorerStage.Light, "go to") => $"I hold what I am to look at, and the {thing} is at the {place}.",
            (ExplorerStage.Light, _) => $"With the {thing} on, the task is done.",
            (ExplorerStage.PutAway, _) => $"I do not need the {thing}. I put it away at the {place} to have my hands free.",
            (ExplorerStage.Wander, _) => Say("Perhaps something else helps.", "I am not sure what comes next, so I try this."),
            (_, "inventory") => "That did nothing. What do I hold?",
            (_, "examine") => $"That did nothing. I check the {place}.",
            _ => "I am stuck, so I look around before I search again.",
        };
    }

    private static string Either(string[] types) => string.Join(" or ", types.Select(A));

    private static string A(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {noun}" : $"a {noun}";

    private string Say(string one, string other) => random.Below(2) == 0 ? one : other;
}
