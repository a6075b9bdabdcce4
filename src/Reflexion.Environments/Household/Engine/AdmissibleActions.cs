namespace Reflexion.Environments;

/// <summary>Lists what can be done in a state, in the order of the commands' texts.</summary>
internal sealed class AdmissibleActions(HouseholdLayout layout)
{
    private static readonly HouseholdVerb[] Verbs = Enum.GetValues<HouseholdVerb>();

    /// <summary>Fills a list, after emptying it.</summary>
    internal void List(HouseholdState state, List<HouseholdAction> into)
    {
        into.Clear();
        foreach (HouseholdVerb verb in Verbs)
        {
            switch (verb)
            {
                case HouseholdVerb.Look or HouseholdVerb.Inventory or HouseholdVerb.Help:
                    AddIfAdmissible(state, new(verb), into);
                    break;
                case HouseholdVerb.GoTo:
                    AddForEach(state, verb, -1, layout.ReceptaclesByName, into);
                    break;
                case HouseholdVerb.Open or HouseholdVerb.Close:
                    AddForEach(state, verb, -1, Here(state), into);
                    break;
                case HouseholdVerb.ExamineReceptacle:
                    AddExaminations(state, into);
                    break;
                case HouseholdVerb.Take:
                    AddTakes(state, into);
                    break;
                case HouseholdVerb.Use:
                    AddForMarked(state, layout.Facts.Row(layout.Trait(HouseholdTraits.Toggleable)), verb, -1, into);
                    break;
                case HouseholdVerb.Slice when state.Held >= 0 && layout.Facts[layout.Knives, state.Held]:
                    AddForMarked(state, layout.Facts.Row(layout.Trait(HouseholdTraits.Sliceable)), verb, state.Held, into);
                    break;
                case HouseholdVerb.Clean or HouseholdVerb.Heat or HouseholdVerb.Cool or HouseholdVerb.Put or HouseholdVerb.Move when state.Held >= 0:
                    AddForEach(state, verb, state.Held, Here(state), into);
                    break;
            }
        }
    }

    private int[] Here(HouseholdState state) => layout.Places.ReceptaclesByName[state.Location];

    private void AddIfAdmissible(HouseholdState state, HouseholdAction action, List<HouseholdAction> into)
    {
        if (layout.Rules.IsAdmissible(state, action))
        {
            into.Add(action);
        }
    }

    private void AddForEach(HouseholdState state, HouseholdVerb verb, int o, int[] receptacles, List<HouseholdAction> into)
    {
        foreach (int receptacle in receptacles)
        {
            AddIfAdmissible(state, new(verb, o, receptacle), into);
        }
    }

    /// <summary>What is here and what is held, in one order.</summary>
    private void AddExaminations(HouseholdState state, List<HouseholdAction> into)
    {
        int at = into.Count;
        AddForEach(state, HouseholdVerb.ExamineReceptacle, -1, Here(state), into);
        if (state.Held < 0)
        {
            return;
        }

        string held = layout.Commands.ObjectName(state.Held);
        while (at < into.Count && string.CompareOrdinal(layout.Commands.ReceptacleName(into[at].Target), held) < 0)
        {
            at++;
        }

        into.Insert(at, new(HouseholdVerb.ExamineObject, state.Held));
    }

    private void AddTakes(HouseholdState state, List<HouseholdAction> into)
    {
        if (state.Held >= 0)
        {
            return;
        }

        int first = into.Count;
        foreach (int receptacle in Here(state))
        {
            if (layout.Rules.IsReachable(state, receptacle))
            {
                foreach (int o in new Bits(state.Bits.Row(HouseholdLayout.In(receptacle))))
                {
                    AddIfAdmissible(state, new(HouseholdVerb.Take, o, receptacle), into);
                }
            }
        }

        Sort(into, first);
    }

    private void AddForMarked(HouseholdState state, ReadOnlySpan<ulong> marked, HouseholdVerb verb, int target, List<HouseholdAction> into)
    {
        int first = into.Count;
        foreach (int o in new Bits(marked))
        {
            AddIfAdmissible(state, new(verb, o, target), into);
        }

        Sort(into, first);
    }

    /// <summary>Sorts the end of a list by the objects' names, leaving equal ones in their order. The lists are short.</summary>
    private void Sort(List<HouseholdAction> actions, int first)
    {
        for (int i = first + 1; i < actions.Count; i++)
        {
            HouseholdAction action = actions[i];
            int to = i;
            while (to > first && layout.RankOfObject[actions[to - 1].Object] > layout.RankOfObject[action.Object])
            {
                actions[to] = actions[to - 1];
                to--;
            }

            actions[to] = action;
        }
    }
}
