namespace Reflexion.Environments;

/// <summary>Be where a lamp of the goal's type is on.</summary>
internal sealed record BringLightOn : PlanStage
{
    internal override bool IsDone(PlanView view) => false;

    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        foreach (int lamp in new Bits(view.Layout.Facts.Row(view.Layout.GoalLamps)))
        {
            for (int receptacle = 0; receptacle < view.Layout.ReceptacleCount; receptacle++)
            {
                if (view.IsIn(lamp, receptacle))
                {
                    errands.Add(new(view.Is(lamp, HouseholdConditions.Toggled) ? null : new(HouseholdVerb.Use, lamp), receptacle));
                }
            }
        }
    }

    internal override string Obstacle(PlanView view) => $"The room has no {view.World.Goal.TargetType} to switch on.";
}
