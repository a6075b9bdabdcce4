namespace Reflexion.Environments;

/// <summary>
/// The expert without privileges: it reads what the environment says, as an agent does, keeps in mind what it has seen, looks where such things
/// usually are, and does the steps of the task. It is never shown the world.
/// </summary>
/// <remarks>
/// Give it each observation and carry out the move it answers with. The first observation is the description of the room with the task. The same
/// observations, options and hints always lead to the same moves. One instance plays one game; it is not thread-safe.
/// </remarks>
public sealed class HouseholdExplorer
{
    private const ulong WordsUse = 3;
    private const ulong SlipsUse = 4;
    private const int MaxReconsiderations = 8;

    private readonly HouseholdExplorerOptions _options;
    private readonly SplitMix _words;
    private readonly List<(string Thing, string Receptacle)> _hints = [];
    private ExplorerMap? _map;
    private ExplorerPolicy? _policy;
    private ExplorerThoughts? _thoughts;
    private ExplorerSlips? _slips;
    private ExplorerIntent? _last;
    private HouseholdGrammar _grammar;
    private bool _isGrammarKnown;

    /// <summary>Creates an explorer for one game.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HouseholdExplorer(HouseholdExplorerOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
        _words = SplitMix.For(_options.Seed, WordsUse);
        _grammar = _options.Grammar ?? HouseholdGrammar.PutInOrOn;
        _isGrammarKnown = _options.Grammar is not null;
    }

    /// <summary>Tells where an object was seen in an earlier trial; it is looked for there first. Hints that are wrong cost a detour.</summary>
    /// <param name="thing">The object, such as <c>mug 1</c>. Not blank.</param>
    /// <param name="receptacle">Where it was, such as <c>shelf 3</c>. Not blank.</param>
    /// <exception cref="ArgumentException">An argument is null or blank.</exception>
    public void Know(string thing, string receptacle)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(thing);
        ArgumentException.ThrowIfNullOrWhiteSpace(receptacle);
        _hints.Add((thing, receptacle));
        _policy?.Hear(thing, receptacle);
    }

    /// <summary>Chooses the next move.</summary>
    /// <param name="observation">What the environment said last: at first the room with the task, then the answer to the move before.</param>
    /// <param name="admissibleCommands">The commands that can be given now, where the environment lists them; null (default) where it does not.</param>
    /// <returns>The move, to be carried out before the next call.</returns>
    /// <exception cref="ArgumentException">The first observation holds no task or no room that can be read.</exception>
    public HouseholdMove Next(string observation, IReadOnlyCollection<string>? admissibleCommands = null)
    {
        ArgumentNullException.ThrowIfNull(observation);
        bool isFirst = _policy is null;
        if (isFirst)
        {
            Begin(observation);
        }
        else
        {
            Learn(observation);
        }

        LearnGrammar(admissibleCommands);
        ExplorerIntent intent = Choose(admissibleCommands);
        bool isNew = _last?.Stage != intent.Stage;
        string thought = _thoughts!.Of(intent, isNew, _policy!.Missing());
        _last = intent;
        return new(isFirst ? $"{_thoughts.Outline()} {thought}" : thought, Write(intent)) { OpensStage = isNew };
    }

    private void Begin(string observation)
    {
        if (!HouseholdRequest.TryRead(observation, out HouseholdRequest? request))
        {
            throw new ArgumentException("The first observation holds no task that can be understood; it must say \"Your task is to: \" and one of ALFWorld's tasks.", nameof(observation));
        }

        _map = new(ObservationReader.ReadRoom(observation));
        if (_map.Receptacles.Count == 0)
        {
            throw new ArgumentException("The first observation names nothing that is in the room; it must say \"Looking quickly around you, you see\" and a list.", nameof(observation));
        }

        _policy = new(request, _map);
        _thoughts = new(request, _words);
        _slips = new(_policy, _map, SplitMix.For(_options.Seed, SlipsUse), _options.SlipRate);
        foreach ((string thing, string receptacle) in _hints)
        {
            _policy.Hear(thing, receptacle);
        }
    }

    private void Learn(string observation)
    {
        ExplorerIntent last = _last!;
        if (!ObservationReader.IsNothing(observation))
        {
            _map!.At = last.Verb == "go to" ? last.Place : _map.At;
            LearnGrammar(observation);
            ObservationReader.Read(observation, _map);
            FinishPlaced(last);
        }
        else if (last.Verb == "put" && !_isGrammarKnown)
        {
            _grammar = HouseholdGrammar.MoveTo;
            _isGrammarKnown = true;
        }
        else
        {
            _policy!.Fail(last);
        }
    }

    private void FinishPlaced(ExplorerIntent last)
    {
        if (last is { Verb: "put", Thing: { } placed })
        {
            _isGrammarKnown = true;
            if (last.Stage == ExplorerStage.Place)
            {
                _policy!.Finish(placed);
            }
        }
    }

    /// <summary>On arriving, the older engine names the location, the newer one the receptacle; the papers' wording names neither.</summary>
    private void LearnGrammar(string observation)
    {
        const string Arrival = "You arrive at ";
        if (!_isGrammarKnown && observation.StartsWith(Arrival, StringComparison.Ordinal))
        {
            _grammar = observation.AsSpan(Arrival.Length).StartsWith("loc ", StringComparison.Ordinal) ? HouseholdGrammar.PutInOrOn : HouseholdGrammar.MoveTo;
            _isGrammarKnown = true;
        }
    }

    /// <summary>Only the newer grammar has help.</summary>
    private void LearnGrammar(IReadOnlyCollection<string>? admissibleCommands)
    {
        if (admissibleCommands is not null && !_isGrammarKnown)
        {
            _grammar = admissibleCommands.Contains("help") ? HouseholdGrammar.MoveTo : HouseholdGrammar.PutInOrOn;
            _isGrammarKnown = true;
        }
    }

    /// <summary>What cannot be done now is not tried, where that is known.</summary>
    private ExplorerIntent Choose(IReadOnlyCollection<string>? admissibleCommands)
    {
        ExplorerIntent intent = _policy!.Decide();
        for (int again = 0; again < MaxReconsiderations && admissibleCommands is not null && !admissibleCommands.Contains(Write(intent)); again++)
        {
            _policy.Fail(intent);
            intent = _policy.Decide();
        }

        return _slips!.Next(intent);
    }

    private string Write(ExplorerIntent intent) => intent switch
    {
        { Verb: "put" } => _grammar == HouseholdGrammar.MoveTo ? $"move {intent.Thing} to {intent.Place!.Name}" : $"put {intent.Thing} in/on {intent.Place!.Name}",
        { Verb: "place" } => $"place {intent.Thing} on {intent.Place!.Name}",
        { Verb: "take" or "grab" } => $"{intent.Verb} {intent.Thing} from {intent.Place!.Name}",
        { Verb: "clean" or "heat" or "cool" } => $"{intent.Verb} {intent.Thing} with {intent.Place!.Name}",
        { Verb: "use" or "turn on" } => $"{intent.Verb} {intent.Thing}",
        { Place: { } place } => $"{intent.Verb} {place.Name}",
        _ => intent.Verb,
    };
}
