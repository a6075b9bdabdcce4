namespace Reflexion.Environments;

/// <summary>Put the object in the hands into a receptacle of the goal's type, or into a certain one.</summary>
internal sealed record PutInto(int Thing, int? Only = null) : PlanStage
{
    internal override bool IsDone(PlanView view) => false;

    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        for (int receptacle = 0; receptacle < view.Layout.ReceptacleCount; receptacle++)
        {
            if (receptacle == (Only ?? receptacle) && view.Layout.IsGoalReceptacle[receptacle] && view.MayHold(receptacle, Thing))
            {
                errands.Add(new(new(view.Layout.PlaceVerb, Thing, receptacle), receptacle));
            }
        }
    }

    internal override string Obstacle(PlanView view) =>
        $"The room has no {view.World.Goal.TargetType} that takes the {view.World.Objects[Thing].Name}.";
}
