using System.Text.Json;
using Xunit.Abstractions;
using static Reflexion.Tests.GuardTesting;

namespace Reflexion.Tests;

/// <summary>What the guards say to the reflections that real models wrote in the paper's own runs.</summary>
public sealed class RecordedReflectionsTests(ITestOutputHelper output)
{
    private static readonly string[] ReflectionFields = ["reflections", "reflections_added"];

    [SharedFact("data/recorded")]
    public async Task Hardly_a_recorded_reflection_is_taken_for_an_injection_or_a_secret()
    {
        string[] texts = [.. Records().SelectMany(ReflectionsOf).Distinct()];
        int rejected = 0;
        foreach (string text in texts)
        {
            if ((await Ask(new PromptInjectionGuard(), text) ?? await Ask(new SecretGuard(), text)) is { } reason)
            {
                rejected++;
                output.WriteLine($"{reason}: {text}");
            }
        }

        output.WriteLine($"{texts.Length} distinct reflections, {rejected} rejected by the injection and secret guards.");
        texts.Should().NotBeEmpty();
        (rejected / (double)texts.Length).Should().BeLessThan(0.005, "a false alarm costs a lesson");
    }

    [SharedFact("data/recorded")]
    public async Task No_reflection_that_quotes_a_telling_answer_word_for_word_passes_the_leak_guard()
    {
        var rejected = new Dictionary<string, int>();
        var seen = new Dictionary<string, int>();
        Dictionary<string, string> passages = LinesOf(SharedFolder.PathOf("data/hotpotqa.jsonl"))
            .ToDictionary(question => question.GetProperty("id").GetString()!, question => question.GetProperty("context").GetRawText());
        foreach (JsonElement record in Records().Where(record => record.TryGetProperty("answer_key", out _)))
        {
            string run = record.GetProperty("run").GetString()!;
            string answer = record.GetProperty("answer_key").GetString()!;
            foreach (string text in ReflectionsOf(record))
            {
                LessonGuardContext context = Context(text, [answer], record.GetProperty("question").GetString()!);
                bool isRejected = await new ReferenceLeakGuard().InspectAsync(context, default) is not null;
                seen[run] = seen.GetValueOrDefault(run) + 1;
                rejected[run] = rejected.GetValueOrDefault(run) + (isRejected ? 1 : 0);
                if (run.StartsWith("cot-gt", StringComparison.Ordinal) && passages.TryGetValue(record.GetProperty("question_id").GetString()!, out string? passage))
                {
                    LessonGuardContext reading = Context(text, [answer], context.Task.Instruction, passage);
                    bool isRejectedThere = await new ReferenceLeakGuard().InspectAsync(reading, default) is not null;
                    seen["with passages"] = seen.GetValueOrDefault("with passages") + 1;
                    rejected["with passages"] = rejected.GetValueOrDefault("with passages") + (isRejectedThere ? 1 : 0);
                }

                if (!isRejected && answer.Length > 5 && !context.Task.Instruction.Contains(answer, StringComparison.OrdinalIgnoreCase))
                {
                    text.Should().NotMatchRegex($@"(?i)(?<!\w){System.Text.RegularExpressions.Regex.Escape(answer)}(?!\w)");
                }
            }
        }

        foreach ((string run, int count) in seen.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{run}: {rejected[run]} of {count} reflections quote the answer ({100.0 * rejected[run] / count:0.0} %).");
        }

        seen.Should().NotBeEmpty();
    }

    private static IEnumerable<JsonElement> Records() =>
        Directory.EnumerateFiles(SharedFolder.PathOf("data/recorded"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(LinesOf);

    private static IEnumerable<JsonElement> LinesOf(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private static IEnumerable<string> ReflectionsOf(JsonElement record) =>
        ReflectionFields
            .Where(name => record.TryGetProperty(name, out _))
            .SelectMany(name => record.GetProperty(name).EnumerateArray())
            .Select(text => text.GetString()!)
            .Where(text => !string.IsNullOrWhiteSpace(text));
}
