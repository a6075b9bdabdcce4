using Reflexion;

namespace Experiments;

/// <summary>Which tasks stand in the prompts' own examples.</summary>
internal static class ContaminationText
{
    private const int Shown = 3;

    internal static void Print(ContaminationReport report)
    {
        int exact = report.Findings.Where(finding => finding.IsExact).DistinctBy(finding => finding.TaskId).Count();
        Console.WriteLine($"Contamination: of {report.Tasks} tasks {report.ContaminatedTasks.Count()} share a run of words with one of {report.Examples} instructions and examples, {exact} stand in one whole; {report.TooShort.Length} are too short to tell");
        foreach (ContaminationFinding finding in report.Findings.DistinctBy(finding => finding.TaskId).Take(Shown))
        {
            Console.WriteLine($"  {finding.TaskId}: \"{finding.Excerpt}\" stands in {finding.Example}");
        }

        Console.WriteLine(report.IsClean ? "" : "  These tasks are made of templates, so that an example may share a task's words and be played in another room.\n");
    }
}
