using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>
/// Writes refinements from what an attempt saw, without knowing what helps. To write what helps is what the retrospective model has to learn.
/// </summary>
public static class Teacher
{
    private const int MaxClauses = 3;
    private const int Questions = 6;
    private const double Misleading = 0.15;
    private const double ToThePoint = 0.4;

    /// <summary>One to three things that could be said truly, drawn at random, and mostly beside the point.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="onTopic">How often a clause is drawn from those that begin with a word of the task, from 0 to 1.</param>
    /// <param name="random">Draws.</param>
    public static string AnythingTrue(Attempt attempt, double onTopic, Random random)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(random);
        List<string> candidates = Refinements.Candidates(new(attempt));
        List<string> near = onTopic == 0 ? [] : [.. Refinements.Named(candidates, attempt.Task)];
        return Refinements.Join(Enumerable.Range(0, random.Next(1, MaxClauses + 1)).Select(_ => Draw(near.Count > 0 && random.NextDouble() < onTopic ? near : candidates, random)).Distinct());
    }

    /// <summary>Asks where things were of which one of its kind was seen, and answers: what is written about an attempt is to be true.</summary>
    public static Afterword? Quiz(Attempt attempt, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var single = new RoomFacts(attempt).Sights
            .GroupBy(sight => Refinements.FirstWord(sight.Thing))
            .Where(kind => kind.Count() == 1)
            .Select(kind => kind.Single())
            .OrderBy(_ => random.Next())
            .Take(Questions)
            .ToList();
        return single.Count == 0 ? null
            : new(PlayerPrompts.Where(single.Select(sight => Refinements.FirstWord(sight.Thing))), Refinements.Join(single.Select(sight => Refinements.Location(sight.Thing, sight.Place))));
    }

    /// <summary>For the actor to learn to follow refinements: now to the point, now beside it, now wrong.</summary>
    public static string ForPractice(Attempt attempt, HouseholdGoal goal, Random random)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(random);
        var facts = new RoomFacts(attempt);
        List<string> helpful = Helpful(facts, goal);
        if (random.NextDouble() < ToThePoint)
        {
            return Refinements.Join(helpful.Take(MaxClauses).OrderBy(_ => random.Next()));
        }

        List<string> candidates = Refinements.Candidates(facts);
        string[] clauses =
        [
            .. Enumerable.Range(0, random.Next(1, MaxClauses + 1))
                .Select(_ => helpful.Count > 0 && random.NextDouble() < 0.6 ? helpful[random.Next(helpful.Count)] : Draw(candidates, random))
                .Distinct()
                .Select(clause => random.NextDouble() < Misleading ? Mislead(clause, facts, random) : clause),
        ];
        return Refinements.Join(clauses);
    }

    /// <summary>What is to the point: where the thing and the lamp are, the treatment, where to go on searching.</summary>
    public static List<string> Helpful(RoomFacts facts, HouseholdGoal goal)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(goal);
        List<string> clauses = [];
        if (Demonstrator.VerbOf(goal.Kind) is { } verb && facts.Receptacles.Find(place => place.StartsWith($"{Refinements.Tools[verb]} ", StringComparison.Ordinal)) is { } tool)
        {
            clauses.Add(Refinements.Treatment(verb, tool));
        }

        clauses.AddRange(Seen(facts, goal));
        if (clauses.Count < MaxClauses && facts.Unsearched().FirstOrDefault() is { } next)
        {
            clauses.Add(Refinements.SearchFrom(next));
        }

        return clauses;
    }

    /// <summary>Where the wanted things were seen: the thing itself, at most twice, and the lamp.</summary>
    public static IEnumerable<string> Seen(RoomFacts facts, HouseholdGoal goal)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(goal);
        return Demonstrator.WantedTypes(goal)
            .SelectMany(type => facts.Sights.Where(sight => Refinements.FirstWord(sight.Thing) == type).Take(2))
            .Select(sight => Refinements.Location(sight.Thing, sight.Place));
    }

    // Of things, tools and places to search from, each sort as often as the others.
    private static string Draw(List<string> candidates, Random random)
    {
        string[][] sorts = [.. candidates.GroupBy(clause => Refinements.SearchClause().IsMatch(clause)).Select(group => group.ToArray())];
        string[] sort = sorts[random.Next(sorts.Length)];
        return sort[random.Next(sort.Length)];
    }

    private static string Mislead(string clause, RoomFacts facts, Random random) =>
        Refinements.LocationClause().Match(clause) is { Success: true } location
            ? Refinements.Location(location.Groups["thing"].Value, facts.Receptacles[random.Next(facts.Receptacles.Count)])
            : Refinements.SearchFrom(facts.Receptacles[random.Next(facts.Receptacles.Count)]);
}
