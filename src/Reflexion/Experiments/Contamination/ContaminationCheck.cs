using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Looks for the tasks of an experiment in what models are shown, since a task that stands in its own prompt measures nothing.</summary>
/// <remarks>
/// Texts are compared as words: case, punctuation, diacritics and English articles do not matter. What it finds is a reason to look,
/// not a proof: tasks made from a template share its words with every example of the same template.
/// </remarks>
public static class ContaminationCheck
{
    /// <summary>Compares every example with every task.</summary>
    /// <param name="examples">The texts that models are shown.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="options">Where to draw the lines; null for the defaults.</param>
    /// <returns>Which example holds how much of which task.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ContaminationReport Of(IEnumerable<ContaminationExample> examples, IEnumerable<AgentTask> tasks, ContaminationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(tasks);
        options ??= new();
        options.Validate();
        (string Name, ExampleWords Index)[] shown = [.. examples.Select(example => (example.Name, new ExampleWords(example.Text)))];
        (string Id, string[] Instruction, string[] Words)[] sought = [.. tasks.Select(task => (task.Id, WordSequence.WordsOf(task.Instruction), WordsOf(task, options)))];
        return new()
        {
            Examples = shown.Length,
            Tasks = sought.Length,
            TooShort = [.. sought.Where(task => task.Words.Length < options.MinimumWords).Select(task => task.Id)],
            Findings =
            [
                .. sought.Where(task => task.Words.Length >= options.MinimumWords)
                    .SelectMany(task => shown.Select(example => Compare(example.Name, example.Index, task.Id, task.Instruction, task.Words, options)))
                    .OfType<ContaminationFinding>()
                    .OrderByDescending(finding => finding.IsExact).ThenByDescending(finding => finding.Overlap),
            ],
        };
    }

    private static string[] WordsOf(AgentTask task, ContaminationOptions options) =>
        WordSequence.WordsOf(options.IncludeContext ? $"{task.Instruction}\n{task.Context}" : task.Instruction);

    private static ContaminationFinding? Compare(string example, ExampleWords index, string taskId, string[] instruction, string[] words, ContaminationOptions options)
    {
        int length = Math.Min(options.Words, words.Length);
        int[] runs = [.. Enumerable.Range(0, words.Length - length + 1).Select(start => index.LongestRun(words.AsSpan(start)))];
        double overlap = (double)runs.Count(run => run >= length) / runs.Length;
        if (overlap == 0 || overlap < options.MinimumOverlap)
        {
            return null;
        }

        int longest = runs.Max();
        bool isExact = instruction.Length >= options.MinimumWords && index.LongestRun(instruction) == instruction.Length;
        return new(example, taskId, isExact, overlap, longest, string.Join(' ', words, Array.IndexOf(runs, longest), longest));
    }
}
