namespace Reflexion.Environments;

/// <summary>Tries all ways through outlines, by the rules of the game itself, and keeps the shortest that wins.</summary>
internal sealed class PlanSearch
{
    private readonly HouseholdGame _game;
    private readonly HouseholdState _state;
    private readonly PlanView _view;
    private readonly List<HouseholdAction> _actions = [];
    private readonly List<(HouseholdState Before, List<PlanErrand> Errands)> _levels = [];
    private int _deepest = -1;

    internal PlanSearch(HouseholdGame game)
    {
        _game = game;
        _state = game.State.Clone();
        _view = new(game.Layout, _state);
        Obstacle = $"The room has no {game.World.Goal.ObjectType} that the task could be done with.";
        if (game.IsWon)
        {
            Best = [];
        }
    }

    /// <summary>The shortest actions that win, or null as long as none were found.</summary>
    internal HouseholdAction[]? Best { get; private set; }

    /// <summary>What stopped the attempt that went farthest.</summary>
    internal string Obstacle { get; private set; }

    internal void Run(PlanStage[] stages) => Run(stages, 0);

    private void Run(ReadOnlySpan<PlanStage> stages, int depth)
    {
        if (depth == stages.Length)
        {
            return;
        }

        PlanStage stage = stages[depth];
        if (stage.IsDone(_view))
        {
            Run(stages, depth + 1);
            return;
        }

        (HouseholdState before, List<PlanErrand> errands) = LevelAt(depth);
        before.CopyFrom(_state);
        stage.List(_view, errands);
        NoteObstacle(stage, depth, errands.Count);
        int count = _actions.Count;
        foreach (PlanErrand errand in errands)
        {
            if (TryDo(errand))
            {
                Run(stages, depth + 1);
            }

            _state.CopyFrom(before);
            _actions.RemoveRange(count, _actions.Count - count);
        }
    }

    private (HouseholdState Before, List<PlanErrand> Errands) LevelAt(int depth)
    {
        while (_levels.Count <= depth)
        {
            _levels.Add((_state.Clone(), []));
        }

        _levels[depth].Errands.Clear();
        return _levels[depth];
    }

    private void NoteObstacle(PlanStage stage, int depth, int ways)
    {
        if (ways == 0 && depth > _deepest)
        {
            _deepest = depth;
            Obstacle = stage.Obstacle(_view);
        }
    }

    /// <summary>Does what the errand takes; false where that wins, is no shorter than the best, or cannot be done.</summary>
    private bool TryDo(PlanErrand errand)
    {
        int receptacle = errand.Receptacle;
        return (_view.IsHere(receptacle) || Try(new(HouseholdVerb.GoTo, Target: receptacle)))
            && (!errand.NeedsOpen || !_view.IsShut(receptacle) || Try(new(HouseholdVerb.Open, Target: receptacle)))
            && (errand.Action is not { } action || Try(action))
            && (!_game.World.Goal.RequiresAllClosed || !errand.NeedsOpen || !_view.IsOpen(receptacle) || Try(new(HouseholdVerb.Close, Target: receptacle)));
    }

    private bool Try(HouseholdAction action)
    {
        if (_actions.Count + 1 >= (Best?.Length ?? int.MaxValue) || !_game.Rules.IsAdmissible(_state, action))
        {
            return false;
        }

        _game.Rules.Apply(_state, action);
        _actions.Add(action);
        if (!_game.Victory.IsWon(_state))
        {
            return true;
        }

        Best = [.. _actions];
        return false;
    }
}
