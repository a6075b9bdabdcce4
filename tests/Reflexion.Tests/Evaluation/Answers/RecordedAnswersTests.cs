using System.Text.Json;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public class RecordedAnswersTests(ITestOutputHelper output)
{
    [SharedFact("data/recorded")]
    public async Task Exact_match_of_every_recorded_answer_equals_the_recorded_one()
    {
        var evaluator = new ExactMatchEvaluator();
        var differing = new List<string>();
        int lines = 0;
        foreach (string file in Directory.GetFiles(SharedFolder.PathOf("data/recorded"), "hotpotqa-*.jsonl").Order())
        {
            int before = lines;
            await foreach (string line in File.ReadLinesAsync(file))
            {
                lines++;
                using JsonDocument record = JsonDocument.Parse(line);
                string? answer = record.RootElement.GetProperty("final_answer").GetString();
                string reference = record.RootElement.GetProperty("answer_key").GetString()!;
                TrajectoryEvaluation verdict = await evaluator.EvaluateAsync(EvaluationSamples.Answered(answer), reference);
                if (verdict.Success != record.RootElement.GetProperty("exact_match").GetBoolean() || (verdict.Success && AnswerMetrics.F1(answer, reference) != 1))
                {
                    differing.Add($"{Path.GetFileName(file)}: '{answer}' against '{reference}'");
                }
            }

            output.WriteLine($"{Path.GetFileName(file)}: {lines - before} lines");
        }

        output.WriteLine($"{lines} lines, {differing.Count} differing");
        lines.Should().BePositive();
        differing.Should().BeEmpty();
    }
}
