using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>The privileged expert: it sees all of a game's state and finds a short way to win, or proves that there is none.</summary>
/// <remarks>
/// The search goes through stages (have hands free, fetch, treat, place) and tries every choice in each: every object that fits, every receptacle it
/// can be taken from, every tool, every target. Moving about and opening doors is always possible, so what no choice of stages
/// reaches cannot be reached at all (but for a knife that is to slice itself, which no game asks for). Plans are the shortest there are where the goal does not
/// ask for things to be sliced or for doors to be closed, and short where it does. Stateless and safe to use from many threads, though not on one game at once.
/// </remarks>
public static class HouseholdPlanner
{
    /// <summary>Finds commands that win a game from its present state. The game is left as it is.</summary>
    /// <param name="game">The game, in any state.</param>
    /// <returns>The commands, or why there are none.</returns>
    /// <exception cref="ArgumentNullException">The game is null.</exception>
    public static HouseholdPlan Plan(HouseholdGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var search = new PlanSearch(game);
        foreach (PlanStage[] stages in PlanOutlines.Of(game))
        {
            search.Run(stages);
        }

        return search.Best is { } actions
            ? HouseholdPlan.Of([.. actions.Select(game.Layout.Commands.TextOf)])
            : HouseholdPlan.Impossible(search.Obstacle);
    }
}
