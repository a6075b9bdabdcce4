namespace Reflexion.Environments;

/// <summary>Slice an object with the knife in the hands.</summary>
internal sealed record Slice(int Thing, int Knife) : PlanStage
{
    internal override bool IsDone(PlanView view) => view.Is(Thing, HouseholdConditions.Sliced);

    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        for (int receptacle = 0; receptacle < view.Layout.ReceptacleCount; receptacle++)
        {
            if (view.IsAt(Thing, receptacle))
            {
                errands.Add(new(new(HouseholdVerb.Slice, Thing, Knife), receptacle));
            }
        }
    }

    internal override string Obstacle(PlanView view) => $"The {view.World.Objects[Thing].Name} is nowhere where it could be sliced.";
}
