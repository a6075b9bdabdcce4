namespace Reflexion.Environments;

/// <summary>Close a receptacle that is open, where the goal wants all closed; one stage closes one.</summary>
internal sealed record CloseDoors : PlanStage
{
    internal override bool IsDone(PlanView view) => !view.State.Bits.Row(view.Layout.Opened).ContainsAnyExcept(0UL);

    /// <summary>Those at hand come first; otherwise the order makes no difference.</summary>
    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        int next = -1;
        foreach (int receptacle in new Bits(view.State.Bits.Row(view.Layout.Opened)))
        {
            next = next < 0 || (view.IsHere(receptacle) && !view.IsHere(next)) ? receptacle : next;
        }

        errands.Add(new(new(HouseholdVerb.Close, Target: next), next));
    }

    internal override string Obstacle(PlanView view) => "A door cannot be closed.";
}
