namespace Reflexion.Environments;

/// <summary>The outlines that a goal can be reached by: one for each choice of objects.</summary>
internal static class PlanOutlines
{
    internal static IEnumerable<PlanStage[]> Of(HouseholdGame game)
    {
        HouseholdLayout layout = game.Layout;
        HouseholdGoal goal = game.World.Goal;
        HouseholdVerb? verb = VerbOf(goal.Kind);
        var view = new PlanView(layout, game.State);
        List<int> things = ThingsOf(view, verb);
        PlanStage[] lit = goal.Kind == HouseholdTaskKind.LookInLight ? [new BringLightOn()] : [];
        IEnumerable<PlanStage[]> outlines = goal.Kind == HouseholdTaskKind.PickTwoAndPlace ? Pairs(view, things) : things.SelectMany(thing => Singles(view, thing, verb));
        return goal.RequiresAllClosed
            ? outlines.SelectMany(outline => ClosingDoors(outline, layout.ReceptacleCount)).Select(outline => (PlanStage[])[.. outline, .. lit])
            : outlines.Select(outline => (PlanStage[])[.. outline, .. lit]);
    }

    /// <summary>Where doors must be closed at the end, each stage may be the one after which nothing else is missing.</summary>
    private static IEnumerable<PlanStage[]> ClosingDoors(PlanStage[] outline, int doors) =>
        Enumerable.Range(0, outline.Length + 1).Select(length => (PlanStage[])[.. outline[..length], .. Enumerable.Repeat(new CloseDoors(), doors)]);

    private static IEnumerable<PlanStage[]> Singles(PlanView view, int thing, HouseholdVerb? verb)
    {
        PlanStage[] treated = verb is { } needed ? [new Treat(thing, needed)] : [];
        PlanStage[] placed = view.World.Goal.Kind == HouseholdTaskKind.LookInLight ? [] : [new PutInto(thing)];
        return Slicings(view, thing).Select(slicing => (PlanStage[])[.. slicing, new FreeHands(thing), new Fetch(thing), .. treated, .. placed]);
    }

    /// <summary>Every ordered pair, into every receptacle: what is there already stays.</summary>
    private static IEnumerable<PlanStage[]> Pairs(PlanView view, List<int> things) =>
        from receptacle in Enumerable.Range(0, view.Layout.ReceptacleCount)
        where view.Layout.IsGoalReceptacle[receptacle]
        from first in things
        from second in things
        where first != second
        from slicing in Slicings(view, first)
        from otherSlicing in Slicings(view, second)
        select (PlanStage[])[.. slicing, .. otherSlicing, .. Bring(view, first, receptacle), .. Bring(view, second, receptacle)];

    private static PlanStage[] Bring(PlanView view, int thing, int receptacle) =>
        view.IsIn(thing, receptacle) ? [] : [new FreeHands(thing), new Fetch(thing), new PutInto(thing, receptacle)];

    /// <summary>Ways to have an object sliced: with each knife, where it is or after it was put down elsewhere.</summary>
    private static List<PlanStage[]> Slicings(PlanView view, int thing)
    {
        if (!view.World.Goal.RequiresSliced || view.Is(thing, HouseholdConditions.Sliced))
        {
            return [[]];
        }

        var slicings = new List<PlanStage[]>();
        foreach (int knife in new Bits(view.Layout.Facts.Row(view.Layout.Knives)))
        {
            PlanStage[] slicing = [new FreeHands(knife), new Fetch(knife), new Slice(thing, knife)];
            slicings.Add(slicing);
            slicings.Add([new FreeHands(thing), new Fetch(thing), .. slicing]);
        }

        return slicings;
    }

    private static List<int> ThingsOf(PlanView view, HouseholdVerb? verb)
    {
        var things = new List<int>();
        foreach (int thing in new Bits(view.Layout.Facts.Row(view.Layout.GoalObjects)))
        {
            bool canBeTreated = verb is not { } needed || view.Layout.Facts[view.Layout.Tools[needed].Needs, thing];
            if (canBeTreated && (!view.World.Goal.RequiresSliced || view.Has(thing, HouseholdTraits.Sliceable)))
            {
                things.Add(thing);
            }
        }

        return things;
    }

    private static HouseholdVerb? VerbOf(HouseholdTaskKind kind) => kind switch
    {
        HouseholdTaskKind.CleanAndPlace => HouseholdVerb.Clean,
        HouseholdTaskKind.HeatAndPlace => HouseholdVerb.Heat,
        HouseholdTaskKind.CoolAndPlace => HouseholdVerb.Cool,
        _ => null,
    };
}
