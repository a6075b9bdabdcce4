namespace Reflexion.Environments;

/// <summary>Hold nothing but perhaps one object: put anything else down.</summary>
internal sealed record FreeHands(int Keep) : PlanStage
{
    internal override bool IsDone(PlanView view) => view.Held < 0 || view.Held == Keep;

    /// <summary>Where one is and where the next object is a thing can be put down in passing; elsewhere one place is as good as another.</summary>
    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        int elsewhere = -1;
        for (int receptacle = 0; receptacle < view.Layout.ReceptacleCount; receptacle++)
        {
            if (!view.MayHold(receptacle, view.Held))
            {
                continue;
            }

            if (view.IsHere(receptacle) || view.IsAt(Keep, receptacle))
            {
                errands.Add(Put(view, receptacle));
            }
            else if (elsewhere < 0 || (view.IsShut(elsewhere) && !view.IsShut(receptacle)))
            {
                elsewhere = receptacle;
            }
        }

        if (elsewhere >= 0)
        {
            errands.Add(Put(view, elsewhere));
        }
    }

    internal override string Obstacle(PlanView view) =>
        $"The {view.World.Objects[view.Held].Name} is in the hands, and nothing in the room takes it.";

    private static PlanErrand Put(PlanView view, int receptacle) => new(new(view.Layout.PlaceVerb, view.Held, receptacle), receptacle);
}
