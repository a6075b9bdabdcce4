using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Reflexion.Environments;

/// <summary>Writes what the engine says. One instance serves one game.</summary>
internal sealed class HouseholdTexts(HouseholdLayout layout, HouseholdWording wording)
{
    internal const string Nothing = "Nothing happens.";

    private const string Room = "You are in the middle of a room. Looking quickly around you, you see ";

    /// <summary>How an examined object is described, by the first line whose conditions all hold.</summary>
    private static readonly ImmutableArray<(HouseholdConditions Conditions, string Words)> Descriptions =
    [
        (HouseholdConditions.Clean | HouseholdConditions.Hot | HouseholdConditions.Sliced, "hot and clean sliced"),
        (HouseholdConditions.Clean | HouseholdConditions.Cool | HouseholdConditions.Sliced, "cool and clean sliced"),
        (HouseholdConditions.Clean | HouseholdConditions.Sliced, "clean sliced"),
        (HouseholdConditions.Hot | HouseholdConditions.Sliced, "hot sliced"),
        (HouseholdConditions.Cool | HouseholdConditions.Sliced, "cool sliced"),
        (HouseholdConditions.Clean | HouseholdConditions.Hot, "hot and clean"),
        (HouseholdConditions.Clean | HouseholdConditions.Cool, "cool and clean"),
        (HouseholdConditions.Hot, "hot"),
        (HouseholdConditions.Clean, "clean"),
        (HouseholdConditions.Cool, "cold"),
    ];

    private readonly StringBuilder _text = new(256);

    internal HouseholdWording Wording => wording;

    /// <summary>What the player sees before the first command.</summary>
    internal string Start()
    {
        bool whole = wording == HouseholdWording.Engine;
        _text.Clear().Append(whole ? "-= Welcome to TextWorld, ALFRED! =-\n\n" : "").Append(Room);
        var list = new ListWriter(_text, "a ");
        for (int receptacle = 0; receptacle < layout.ReceptacleCount; receptacle++)
        {
            list.Add(layout.Commands.ReceptacleName(receptacle));
        }

        list.End();
        return _text.Append(whole ? ".\n\n" : ".\n").Append("Your task is to: ").Append(layout.World.Task).Append('.').ToString();
    }

    /// <summary>What comes of an action that was just done.</summary>
    internal string After(HouseholdState state, HouseholdAction action)
    {
        (HouseholdVerb verb, int o, int target) = action;
        _text.Clear();
        switch (verb)
        {
            case HouseholdVerb.Look:
                Look(state);
                break;
            case HouseholdVerb.Inventory:
                return state.Held < 0 ? "You are not carrying anything." : Say("You are carrying: a ", Object(state.Held), ".");
            case HouseholdVerb.Help:
                return HouseholdHelp.Text;
            case HouseholdVerb.GoTo:
                Arrive(target);
                Examine(state, target);
                break;
            case HouseholdVerb.ExamineReceptacle:
                Examine(state, target);
                break;
            case HouseholdVerb.ExamineObject:
                return Describe(state, o);
            case HouseholdVerb.Open:
                _text.Append("You open the ").Append(Receptacle(target)).Append(". ");
                Examine(state, target);
                break;
            case HouseholdVerb.Close:
                return Say("You close the ", Receptacle(target), ".");
            case HouseholdVerb.Take:
                return Say("You pick up the ", Object(o), " from the ", Receptacle(target), ".");
            case HouseholdVerb.Put:
                return Say("You put the ", Object(o), " in/on the ", Receptacle(target), ".");
            case HouseholdVerb.Move:
                return Say("You move the ", Object(o), " to the ", Receptacle(target), ".");
            case HouseholdVerb.Use:
                return Say("You turn on the ", Object(o), ".");
            case HouseholdVerb.Slice:
                return Say("You sliced the ", Object(o), " with the ", Object(target), ".");
            default:
                return Say("You ", VerbForm.Of(verb).Start, "the ", Object(o), " using the ", Receptacle(target), ".");
        }

        return _text.ToString();
    }

    private string Object(int o) => layout.Commands.ObjectName(o);

    private string Receptacle(int receptacle) => layout.Commands.ReceptacleName(receptacle);

    private string Say(params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            _text.Append(part);
        }

        return _text.ToString();
    }

    /// <summary>The papers' runners cut off the older grammar's number of the place, and nothing else.</summary>
    private void Arrive(int receptacle)
    {
        if (layout.Grammar == HouseholdGrammar.MoveTo)
        {
            _text.Append("You arrive at ").Append(Receptacle(receptacle)).Append(". ");
        }
        else if (wording == HouseholdWording.Engine)
        {
            int number = layout.Places.NumberOf(layout.Places.OfReceptacle[receptacle]);
            _text.Append(CultureInfo.InvariantCulture, $"You arrive at loc {number}. ");
        }
    }

    private void Look(HouseholdState state)
    {
        int[] here = layout.Places.Receptacles[state.Location];
        if (here.Length == 0)
        {
            _text.Append(Room).Append("nothing.");
            return;
        }

        _text.Append("You are facing the ");
        var list = new ListWriter(_text, "");
        foreach (int receptacle in here)
        {
            list.Add(Receptacle(receptacle));
        }

        list.End();
        _text.Append(". Next to it, you see ");
        list = new ListWriter(_text, "a ");
        foreach (int o in new Bits(state.Bits.Row(layout.At(state.Location))))
        {
            foreach (int receptacle in here)
            {
                if (state.Bits[layout.TakenFrom(receptacle), o])
                {
                    list.Add(Object(o));
                }
            }
        }

        list.End();
        _text.Append('.');
    }

    private void Examine(HouseholdState state, int receptacle)
    {
        string name = Receptacle(receptacle);
        bool openable = layout.Openable[receptacle];
        if (openable && !state.Bits[layout.Opened, receptacle])
        {
            _text.Append("The ").Append(name).Append(" is closed.");
            return;
        }

        _text.Append(openable ? "The " : "On the ").Append(name).Append(openable ? " is open. In it, you see " : ", you see ");
        var list = new ListWriter(_text, "a ");
        foreach (int o in new Bits(state.Bits.Row(HouseholdLayout.In(receptacle))))
        {
            list.Add(Object(o));
        }

        list.End();
        _text.Append('.');
    }

    private string Describe(HouseholdState state, int o)
    {
        HouseholdObject thing = layout.World.Objects[o];
        if (thing.Traits.HasFlag(HouseholdTraits.Container))
        {
            _text.Append("This is a normal ").Append(thing.Name).Append(". In it, you see ");
            var list = new ListWriter(_text, "a ");
            foreach (string inside in layout.ContentsOf(o))
            {
                list.Add(inside);
            }

            list.End();
            return _text.Append('.').ToString();
        }

        HouseholdConditions now = layout.ConditionsOf(state, o);
        foreach ((HouseholdConditions conditions, string words) in Descriptions)
        {
            if ((now & conditions) == conditions)
            {
                return Say("This is a ", words, " ", thing.Name, ".");
            }
        }

        return thing.Traits.HasFlag(HouseholdTraits.Toggleable) && now.HasFlag(HouseholdConditions.Toggled) ? Say("This ", thing.Name, " is on.")
            : thing.Traits.HasFlag(HouseholdTraits.Sliceable) && now.HasFlag(HouseholdConditions.Sliced) ? Say("This is a sliced ", thing.Name, ".")
            : Say("There's nothing special about ", thing.Name, ".");
    }
}
