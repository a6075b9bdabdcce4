using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Visits every state that a game can reach, nearest first. It knows the rules only through the engine.</summary>
internal static class WholeSearch
{
    /// <summary>The fewest commands that win; null where nothing wins, and -1 where there are more states than may be visited.</summary>
    internal static int? FewestCommands(HouseholdGame game, int maxStates)
    {
        if (game.IsWon)
        {
            return 0;
        }

        var seen = new HashSet<string> { KeyOf(game) };
        var frontier = new List<HouseholdGame> { game.Clone() };
        for (int depth = 1; frontier.Count > 0; depth++)
        {
            var next = new List<HouseholdGame>();
            foreach (HouseholdGame from in frontier)
            {
                foreach (string command in from.AdmissibleCommands.Where(Changes))
                {
                    HouseholdGame to = from.Clone();
                    to.Step(command);
                    if (to.IsWon)
                    {
                        return depth;
                    }

                    if (seen.Add(KeyOf(to)))
                    {
                        next.Add(to);
                    }
                }
            }

            if (seen.Count > maxStates)
            {
                return -1;
            }

            frontier = next;
        }

        return null;
    }

    private static bool Changes(string command) => command is not ("look" or "inventory") && !command.StartsWith("examine", StringComparison.Ordinal);

    /// <summary>All of the state but what was taken from where, which only texts depend on.</summary>
    private static string KeyOf(HouseholdGame game)
    {
        HouseholdLayout layout = game.Layout;
        var rows = new List<ulong> { (ulong)game.State.Location, (ulong)(game.State.Held + 1) };
        for (int row = 0; row <= layout.Opened; row++)
        {
            if (row < layout.TakenFrom(0) || row > layout.TakenFrom(layout.ReceptacleCount - 1))
            {
                rows.Add(game.State.Bits.Row(row)[0]);
            }
        }

        return string.Join(',', rows);
    }
}
