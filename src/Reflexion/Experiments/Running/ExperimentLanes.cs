namespace Reflexion;

/// <summary>Puts episodes into lanes: those of one lane may learn from each other and run one after the other, lanes run side by side.</summary>
internal static class ExperimentLanes
{
    /// <summary>The lanes. What stands at one seed and task comes together, so that a run cut short leaves whole pairs.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="breadths">How far recall looks, by arm.</param>
    internal static ExperimentCell[][] Of(ExperimentPlan plan, IReadOnlyList<LessonBreadth> breadths)
    {
        bool crossesTasks = breadths.Any(breadth => breadth != LessonBreadth.Task);
        return
        [
            .. CellsOf(plan).GroupBy(cell => LaneOf(cell, plan.Options.LessonSharing, breadths[cell.Arm] != LessonBreadth.Task, crossesTasks))
                .Select(lane => lane.ToArray()),
        ];
    }

    private static IEnumerable<ExperimentCell> CellsOf(ExperimentPlan plan) =>
        from seed in Enumerable.Range(0, plan.Seeds.Length)
        from task in Enumerable.Range(0, plan.Tasks.Length)
        from arm in Enumerable.Range(0, plan.Arms.Length)
        select new ExperimentCell(arm, task, seed);

    // Null stands for "all of them in one lane".
    private static (int? Arm, int? Task, int? Seed) LaneOf(ExperimentCell cell, LessonSharing sharing, bool armCrossesTasks, bool anyCrossesTasks) => sharing switch
    {
        LessonSharing.ArmAndSeed => (cell.Arm, armCrossesTasks ? null : cell.Task, cell.Seed),
        LessonSharing.Arm => (cell.Arm, armCrossesTasks ? null : cell.Task, null),
        _ => (null, anyCrossesTasks ? null : cell.Task, null),
    };
}
