namespace Reflexion.Environments;

/// <summary>Says why a planner's commands come one after the other.</summary>
internal sealed class PlanNarrator(HouseholdGame game, long seed)
{
    private readonly ExplorerThoughts _thoughts = new(new(game.World.Goal.Kind, game.World.Goal.ObjectType, game.World.Goal.TargetType), SplitMix.For(seed));

    internal IEnumerable<HouseholdMove> Tell(IReadOnlyList<string> commands)
    {
        HouseholdAction[] actions = [.. commands.Select(Read)];
        ExplorerStage? before = null;
        for (int index = 0; index < actions.Length; index++)
        {
            ExplorerIntent intent = IntentOf(actions, index);
            string thought = _thoughts.Of(intent, intent.Stage != before, []);
            yield return new(index == 0 ? $"{_thoughts.Outline()} {thought}" : thought, commands[index]) { OpensStage = intent.Stage != before };
            before = intent.Stage;
        }
    }

    private HouseholdAction Read(string command)
    {
        _ = game.Layout.Commands.TryRead(command, out HouseholdAction action);
        return action;
    }

    /// <summary>Going and opening belong to what they lead to.</summary>
    private ExplorerIntent IntentOf(HouseholdAction[] actions, int index)
    {
        HouseholdAction action = actions[index];
        HouseholdAction? purpose = actions.Skip(index).Where(later => later.Object >= 0).Cast<HouseholdAction?>().FirstOrDefault();
        bool isAtReceptacle = VerbForm.Of(action.Verb).Target == VerbTarget.Receptacle;
        return new(
            purpose is { } known ? StageOf(known) : ExplorerStage.Light,
            action.Verb == HouseholdVerb.Move ? "put" : VerbForm.Of(action.Verb).Start.TrimEnd(),
            isAtReceptacle ? new(game.World.Receptacles[action.Target].Name) : null,
            purpose is { } about ? game.World.Objects[about.Object].Name : game.World.Goal.TargetType);
    }

    private ExplorerStage StageOf(HouseholdAction purpose) => purpose.Verb switch
    {
        HouseholdVerb.Take => ExplorerStage.Fetch,
        HouseholdVerb.Use => ExplorerStage.Light,
        HouseholdVerb.Put or HouseholdVerb.Move => game.World.Objects[purpose.Object].Type == game.World.Goal.ObjectType ? ExplorerStage.Place : ExplorerStage.PutAway,
        _ => ExplorerStage.Treat,
    };
}
