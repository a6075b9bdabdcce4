namespace Reflexion.Environments;

/// <summary>Hold an object: take it from any of the receptacles it is in.</summary>
internal sealed record Fetch(int Thing) : PlanStage
{
    internal override bool IsDone(PlanView view) => view.Held == Thing;

    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        if (!view.Has(Thing, HouseholdTraits.Pickupable))
        {
            return;
        }

        for (int receptacle = 0; receptacle < view.Layout.ReceptacleCount; receptacle++)
        {
            if (view.IsIn(Thing, receptacle))
            {
                errands.Add(new(new(HouseholdVerb.Take, Thing, receptacle), receptacle));
            }
        }
    }

    internal override string Obstacle(PlanView view) => $"The {view.World.Objects[Thing].Name} cannot be taken from anywhere.";
}
