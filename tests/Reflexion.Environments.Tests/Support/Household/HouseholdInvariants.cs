using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>What holds in every game, whatever is done. For any worlds: written, loaded or generated.</summary>
internal static class HouseholdInvariants
{
    private static readonly string[] Garbage = ["", "sing", "go to nowhere 1", "take a from b", "Look", "put x in/on y", "examine"];

    /// <summary>Plays at random and checks after each step; returns the number of steps that did something.</summary>
    internal static int PlayAtRandom(HouseholdWorld world, int seed, int steps, HouseholdGameOptions? options = null)
    {
        var random = new Random(seed);
        var game = new HouseholdGame(world, options);
        int[] places = [.. world.Objects.Select((_, o) => CountPlaces(game, o))];
        int done = 0;
        for (int step = 0; step < steps; step++)
        {
            var commands = game.AdmissibleCommands;
            CheckCommands(game, commands);
            string command = random.Next(8) == 0 ? Garbage[random.Next(Garbage.Length)] : commands[random.Next(commands.Length)];
            HouseholdState before = game.State.Clone();
            string text = game.Step(command);
            if (text == "Nothing happens.")
            {
                Require(!commands.Contains(command) && game.State.HasSameValue(before), command, "what cannot be done changes nothing");
            }
            else
            {
                done++;
                CheckText(game, before, command, text);
            }

            CheckThings(game, places, command);
        }

        return done;
    }

    private static void CheckCommands(HouseholdGame game, IReadOnlyList<string> commands)
    {
        for (int i = 0; i < commands.Count; i++)
        {
            Require(i == 0 || string.CompareOrdinal(commands[i - 1], commands[i]) < 0, commands[i], "commands are sorted, and each comes once");
            Require(game.Layout.Commands.TryRead(commands[i], out HouseholdAction action) && game.Rules.IsAdmissible(game.State, action), commands[i], "what is listed can be done");
            Require(action.Verb != HouseholdVerb.Take || IsOpen(game, action.Target), commands[i], "nothing is taken out of what is closed");
        }
    }

    /// <summary>Only what is held, lies in the open, or is named in the command may be spoken of.</summary>
    private static void CheckText(HouseholdGame game, HouseholdState before, string command, string text)
    {
        HouseholdLayout layout = game.Layout;
        for (int o = 0; o < layout.ObjectCount; o++)
        {
            string name = layout.Commands.ObjectName(o);
            if (Names(text, name) && !Names(command, name))
            {
                bool inTheOpen = layout.Places.Receptacles[game.State.Location].Any(receptacle =>
                    (game.State.Bits[HouseholdLayout.In(receptacle), o] && IsOpen(game, receptacle)) || before.Bits[layout.TakenFrom(receptacle), o]);
                bool isInside = before.Held >= 0 && layout.World.Objects[before.Held].Contents.Contains(name);
                Require(inTheOpen || isInside || game.State.Held == o, command, $"'{text}' speaks of '{name}', which is hidden");
            }
        }
    }

    private static void CheckThings(HouseholdGame game, int[] places, string command)
    {
        int held = 0;
        for (int o = 0; o < places.Length; o++)
        {
            int now = CountPlaces(game, o);
            bool isHeld = game.State.Held == o;
            held += isHeld ? 1 : 0;
            Require(now + (isHeld ? 1 : 0) <= places[o], command, "nothing appears");
            Require(now + (isHeld ? 1 : 0) >= Math.Min(1, places[o]), command, "nothing vanishes");
        }

        Require(held <= 1 && held == (game.State.Held >= 0 ? 1 : 0), command, "at most one thing is held");
        Require(!game.Clone().Step("inventory").Contains(',', StringComparison.Ordinal), command, "the inventory names one thing at most");
    }

    private static int CountPlaces(HouseholdGame game, int o)
    {
        int count = 0;
        for (int receptacle = 0; receptacle < game.Layout.ReceptacleCount; receptacle++)
        {
            count += game.State.Bits[HouseholdLayout.In(receptacle), o] ? 1 : 0;
        }

        return count;
    }

    private static bool IsOpen(HouseholdGame game, int receptacle) => !game.Layout.Openable[receptacle] || game.State.Bits[game.Layout.Opened, receptacle];

    private static bool Names(string text, string name)
    {
        int at = text.IndexOf(name, StringComparison.Ordinal);
        while (at >= 0 && at + name.Length < text.Length && char.IsAsciiDigit(text[at + name.Length]))
        {
            at = text.IndexOf(name, at + 1, StringComparison.Ordinal);
        }

        return at >= 0 && (at == 0 || text[at - 1] == ' ');
    }

    private static void Require(bool holds, string command, string rule)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"After '{command}': {rule}.");
        }
    }
}
