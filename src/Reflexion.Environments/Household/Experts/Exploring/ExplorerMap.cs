namespace Reflexion.Environments;

/// <summary>What an explorer has seen and done so far. It is made from observations alone.</summary>
internal sealed class ExplorerMap
{
    private readonly Dictionary<string, SeenReceptacle> _byName;
    private readonly Dictionary<string, int> _places = [];

    internal ExplorerMap(IEnumerable<string> receptacles)
    {
        Receptacles = [.. receptacles.Distinct().Select(name => new SeenReceptacle(name))];
        _byName = Receptacles.ToDictionary(receptacle => receptacle.Name);
        for (int place = 0; place < Receptacles.Count; place++)
        {
            _places.Add(Receptacles[place].Name, place);
        }
    }

    /// <summary>The receptacles, in the order in which the room was described.</summary>
    internal List<SeenReceptacle> Receptacles { get; }

    /// <summary>The receptacle the agent went to last, or null.</summary>
    internal SeenReceptacle? At { get; set; }

    /// <summary>The object in the agent's hands, or null.</summary>
    internal string? Held { get; private set; }

    /// <summary>Where the object in the hands comes from, or null.</summary>
    internal string? HeldFrom { get; private set; }

    /// <summary>What was done to objects: <c>clean mug 1</c>.</summary>
    internal HashSet<string> Treated { get; } = [];

    internal static string TypeOf(string name) => name.IndexOf(' ', StringComparison.Ordinal) is > 0 and int space ? name[..space] : name;

    internal SeenReceptacle? Find(string receptacle) => _byName.GetValueOrDefault(receptacle);

    /// <summary>Whether the agent stands where a receptacle is used.</summary>
    internal bool IsHere(SeenReceptacle receptacle) => At is not null && _places[At.Name] == _places[receptacle.Name];

    /// <summary>Notes that one need not go from one receptacle to the other.</summary>
    internal void ShareAPlace(SeenReceptacle one, SeenReceptacle other)
    {
        int place = _places[one.Name];
        int joined = _places[other.Name];
        foreach (SeenReceptacle receptacle in Receptacles)
        {
            if (_places[receptacle.Name] == joined)
            {
                _places[receptacle.Name] = place;
            }
        }
    }

    internal void SeeShut(string receptacle)
    {
        if (Find(receptacle) is { } seen)
        {
            seen.IsShut = true;
        }
    }

    internal void See(string receptacle, IEnumerable<string> things)
    {
        if (Find(receptacle) is { } seen)
        {
            seen.IsShut = false;
            seen.IsSearched = true;
            seen.Things.Clear();
            seen.Things.AddRange(things);
        }
    }

    internal void Take(string thing, string receptacle)
    {
        Held = thing;
        HeldFrom = receptacle;
        Find(receptacle)?.Things.Remove(thing);
    }

    internal void Put(string thing, string receptacle)
    {
        Hold(null);
        Find(receptacle)?.Things.Add(thing);
    }

    internal void Hold(string? thing)
    {
        Held = thing;
        HeldFrom = thing is null ? null : HeldFrom;
    }

    /// <summary>The places of known things, in the order of the receptacles.</summary>
    internal IEnumerable<(string Thing, SeenReceptacle Receptacle)> Known(string type) =>
        from receptacle in Receptacles
        where !receptacle.IsUseless
        from thing in receptacle.Things
        where TypeOf(thing) == type
        select (thing, receptacle);
}
