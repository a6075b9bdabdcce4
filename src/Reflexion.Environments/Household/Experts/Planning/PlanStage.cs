namespace Reflexion.Environments;

/// <summary>One step of an outline of a plan, with all ways to do it.</summary>
internal abstract record PlanStage
{
    /// <summary>Whether nothing needs to be done.</summary>
    internal abstract bool IsDone(PlanView view);

    /// <summary>Lists the ways to do it.</summary>
    internal abstract void List(PlanView view, List<PlanErrand> errands);

    /// <summary>What is missing where there is no way.</summary>
    internal abstract string Obstacle(PlanView view);
}
