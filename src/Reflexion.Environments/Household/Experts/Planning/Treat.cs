namespace Reflexion.Environments;

/// <summary>Clean, heat or cool the object in the hands.</summary>
internal sealed record Treat(int Thing, HouseholdVerb Verb) : PlanStage
{
    internal override bool IsDone(PlanView view) => view.State.Bits[view.Layout.Tools[Verb].Gives, Thing];

    internal override void List(PlanView view, List<PlanErrand> errands)
    {
        bool[] does = view.Layout.Tools[Verb].Does;
        for (int receptacle = 0; receptacle < does.Length; receptacle++)
        {
            if (does[receptacle])
            {
                errands.Add(new(new(Verb, Thing, receptacle), receptacle));
            }
        }
    }

    internal override string Obstacle(PlanView view) => $"Nothing in the room can {VerbForm.Of(Verb).Start}the {view.World.Objects[Thing].Name}.";
}
