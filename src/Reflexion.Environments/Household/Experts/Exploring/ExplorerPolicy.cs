namespace Reflexion.Environments;

/// <summary>Decides what to do next, from the task and from what was seen.</summary>
internal sealed class ExplorerPolicy(HouseholdRequest request, ExplorerMap map)
{
    private readonly SearchOrder _order = new(map.Receptacles);
    private readonly Dictionary<string, string> _rumours = [];
    private readonly HashSet<string> _finished = [];
    private readonly HashSet<(string, SeenReceptacle)> _refusals = [];
    private ExplorerIntent? _check;

    internal HouseholdRequest Request => request;

    /// <summary>Takes a hint of where an object may be; it is looked for there first.</summary>
    internal void Hear(string thing, string receptacle) => _rumours[thing] = receptacle;

    internal ExplorerIntent Decide()
    {
        if (_check is { } check)
        {
            _check = null;
            return check;
        }

        return map.Held is not { } held
            ? Wanted() is { } found ? Fetch(found.Thing, found.Receptacle) : Search()
            : ExplorerMap.TypeOf(held) != request.Thing || _finished.Contains(held) ? PutAway(held)
            : request.Kind == HouseholdTaskKind.LookInLight ? Light()
            : request.Treatment is { } treatment && !map.Treated.Contains($"{treatment.Verb} {held}") ? Treat(treatment.Verb, treatment.Tool, held)
            : Place(held);
    }

    /// <summary>Learns from a command that did nothing.</summary>
    internal void Fail(ExplorerIntent intent)
    {
        SeenReceptacle? place = intent.Place;
        switch (intent.Verb)
        {
            case "go to":
                // One cannot go where one is.
                if (map.At is { } at)
                {
                    map.ShareAPlace(at, place!);
                }

                map.At = place;
                _check = place!.IsSearched ? null : new(intent.Stage, "examine", place);
                break;
            case "open":
                place!.IsShut = false;
                _check = new(intent.Stage, "examine", place);
                break;
            case "examine":
                place!.IsUseless = true;
                break;
            case "take":
                place!.Things.Remove(intent.Thing!);
                _check = new(ExplorerStage.Recover, "inventory");
                break;
            case "use":
                place!.Things.Remove(intent.Thing!);
                break;
            case "put" or "clean" or "heat" or "cool":
                _refusals.Add((intent.Verb, place!));
                _check = new(ExplorerStage.Recover, "inventory");
                break;
        }
    }

    /// <summary>Notes that an object was brought where it belongs, so that it stays there.</summary>
    internal void Finish(string thing) => _finished.Add(thing);

    /// <summary>Takes the step that comes next for done that was not: the treatment, else the placing.</summary>
    internal void Skip(string thing)
    {
        if (request.Treatment is not { } treatment || !map.Treated.Add($"{treatment.Verb} {thing}"))
        {
            Finish(thing);
        }
    }

    private (string Thing, SeenReceptacle Receptacle)? Wanted()
    {
        SeenReceptacle? goal = request.Needed > 1 ? Goal() : null;
        foreach ((string thing, SeenReceptacle receptacle) in map.Known(request.Thing).OrderByDescending(known => map.IsHere(known.Receptacle)))
        {
            if (receptacle != goal && !_finished.Contains(thing))
            {
                return (thing, receptacle);
            }
        }

        return null;
    }

    private ExplorerIntent Fetch(string thing, SeenReceptacle from) => Reach(ExplorerStage.Fetch, from, thing) ?? new(ExplorerStage.Fetch, "take", from, thing);

    private ExplorerIntent Treat(string verb, string toolType, string held)
    {
        SeenReceptacle? tool = Best(verb, map.Receptacles.Where(receptacle => receptacle.Type == toolType));
        return tool is null ? new(ExplorerStage.Recover, "look")
            : !map.IsHere(tool) ? new(ExplorerStage.Treat, "go to", tool, held)
            : new(ExplorerStage.Treat, verb, tool, held);
    }

    private ExplorerIntent Place(string held) =>
        Goal() is { } goal ? Reach(ExplorerStage.Place, goal, held) ?? new(ExplorerStage.Place, "put", goal, held) : new(ExplorerStage.Recover, "look");

    private ExplorerIntent Light()
    {
        foreach ((string lamp, SeenReceptacle receptacle) in map.Known(request.Target).OrderByDescending(known => map.IsHere(known.Receptacle)))
        {
            return map.IsHere(receptacle) ? new(ExplorerStage.Light, "use", receptacle, lamp) : new(ExplorerStage.Light, "go to", receptacle, lamp);
        }

        return Search();
    }

    /// <summary>Back to where it was, else to where such things belong.</summary>
    private ExplorerIntent PutAway(string held)
    {
        string type = ExplorerMap.TypeOf(held);
        SeenReceptacle? place = Best("put", map.Receptacles
            .Where(receptacle => receptacle.Name == map.HeldFrom || FitCatalogue.MayHold(receptacle.Type, type))
            .OrderByDescending(receptacle => receptacle.Name == map.HeldFrom));
        return place is null ? new(ExplorerStage.Recover, "look") : Reach(ExplorerStage.PutAway, place, held) ?? new(ExplorerStage.PutAway, "put", place, held);
    }

    /// <summary>
    /// Where things are to be brought: of two, the second one to the first, wherever one stands; else where one is, and then where one has been.
    /// </summary>
    private SeenReceptacle? Goal() => Best("put", map.Receptacles
        .Where(receptacle => receptacle.Type == request.Target)
        .OrderByDescending(CountPaired)
        .ThenByDescending(receptacle => receptacle.Things.Exists(_finished.Contains))
        .ThenByDescending(receptacle => CountPaired(receptacle) == 0 && map.IsHere(receptacle))
        .ThenByDescending(receptacle => receptacle.IsSearched));

    private int CountPaired(SeenReceptacle receptacle) =>
        request.Needed > 1 ? receptacle.Things.Count(thing => ExplorerMap.TypeOf(thing) == request.Thing) : 0;

    /// <summary>The first receptacle that was not tried in vain.</summary>
    private SeenReceptacle? Best(string verb, IEnumerable<SeenReceptacle> receptacles) =>
        receptacles.FirstOrDefault(receptacle => !receptacle.IsUseless && !_refusals.Contains((verb, receptacle)));

    /// <summary>Goes to a receptacle and opens it; null where that is done.</summary>
    private ExplorerIntent? Reach(ExplorerStage stage, SeenReceptacle receptacle, string? thing) =>
        !map.IsHere(receptacle) ? new(stage, "go to", receptacle, thing)
        : receptacle.IsShut ? new(stage, "open", receptacle, thing)
        : null;

    private ExplorerIntent Search()
    {
        string[] types = Missing();
        SeenReceptacle? next = map.Receptacles.Where(IsWorthSearching).OrderByDescending(receptacle => Promise(receptacle, types)).FirstOrDefault();
        if (next is null)
        {
            SearchAgain();
            return new(ExplorerStage.Recover, "look");
        }

        return Reach(ExplorerStage.Search, next, null) ?? new(ExplorerStage.Search, "examine", next);
    }

    /// <summary>The types of what is still to be found.</summary>
    internal string[] Missing() =>
        request.Kind != HouseholdTaskKind.LookInLight ? [request.Thing]
        : map.Held is not null ? [request.Target]
        : map.Known(request.Target).Any() ? [request.Thing]
        : [request.Thing, request.Target];

    private static bool IsWorthSearching(SeenReceptacle receptacle) => !receptacle.IsSearched && !receptacle.IsUseless;

    /// <summary>What one stands before comes first where it only needs to be opened; then what was heard of; then what is likely.</summary>
    private double Promise(SeenReceptacle receptacle, string[] types)
    {
        const double AtHand = 2e6;
        const double Heard = 1e6;
        return map.IsHere(receptacle) && receptacle.IsShut ? AtHand
            : _rumours.Any(rumour => rumour.Value == receptacle.Name && types.Contains(ExplorerMap.TypeOf(rumour.Key))) ? Heard
            : types.Sum(type => _order.Promise(receptacle, type));
    }

    /// <summary>All was searched and something was missed or moved: look again everywhere.</summary>
    private void SearchAgain()
    {
        _refusals.Clear();
        foreach (SeenReceptacle receptacle in map.Receptacles)
        {
            receptacle.IsSearched = false;
            receptacle.IsUseless = false;
        }
    }
}
