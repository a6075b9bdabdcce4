using System.Text.Json;
using System.Text.RegularExpressions;
using Reflexion.Environments;
using Reflexion.Testing;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The environment beside the papers' own questions and recorded runs.</summary>
public sealed partial class HotPotQAReferenceTests(ITestOutputHelper output)
{
    private const string Questions = "data/hotpotqa.jsonl";

    [SharedFact(Questions)]
    public async Task Every_supporting_title_is_found_with_the_beginning_of_its_paragraph()
    {
        IReadOnlyList<HotPotQAQuestion> questions = await LoadAsync();
        await using var environment = new HotPotQAEnvironment(ParagraphStore.Pool(questions));
        int searches = 0;
        foreach (HotPotQAQuestion question in questions)
        {
            foreach (string title in question.Supports.Select(support => support.Title).Distinct())
            {
                HotPotQAParagraph paragraph = question.Paragraphs.Single(paragraph => paragraph.Title == title);

                Observation seen = await environment.StepAsync(HotPotQASamples.Action("Search", title), CancellationToken.None);

                seen.Text.Should().Be(string.Join(' ', paragraph.Sentences.Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0).Take(5)));
                searches++;
            }
        }

        output.WriteLine($"{questions.Count} questions, {searches} searches, all found");
    }

    [SharedFact(Questions)]
    public async Task Every_supporting_sentence_is_found_by_a_lookup_on_its_page()
    {
        IReadOnlyList<HotPotQAQuestion> questions = await LoadAsync();
        await using var environment = new HotPotQAEnvironment(ParagraphStore.Pool(questions));
        foreach ((HotPotQAQuestion question, HotPotQASupport support) in questions.SelectMany(question => question.Supports.Select(support => (question, support))))
        {
            HotPotQAParagraph paragraph = question.Paragraphs.Single(paragraph => paragraph.Title == support.Title);
            if (paragraph.Sentences.ElementAtOrDefault(support.Sentence)?.Trim() is { Length: > 0 } sentence)
            {
                await environment.StepAsync(HotPotQASamples.Action("Search", support.Title), CancellationToken.None);

                Observation seen = await environment.StepAsync(HotPotQASamples.Action("Lookup", sentence), CancellationToken.None);

                seen.Text.Should().MatchRegex("^\\(Result 1 / [1-9]").And.Contain(sentence);
            }
        }
    }

    [SharedFact(Questions)]
    public async Task A_supporting_title_that_lacks_a_letter_is_among_the_similar_ones()
    {
        IReadOnlyList<HotPotQAQuestion> questions = await LoadAsync();
        ParagraphStore store = ParagraphStore.Pool(questions);
        (int searches, int first) = (0, 0);
        foreach (string title in questions.SelectMany(question => question.Supports).Select(support => support.Title).Where(title => title.Length >= 8).Distinct())
        {
            DocumentSearch search = await store.SearchAsync(title.Remove(title.Length / 2, 1), CancellationToken.None);

            string[] named = search.Page is { } page ? [page.Title] : [.. search.Similar];
            named.Should().Contain(title);
            searches++;
            first += named[0] == title ? 1 : 0;
        }

        output.WriteLine($"{searches} titles without their middle letter: {first} named first");
    }

    [SharedFact(Questions)]
    public async Task No_worked_example_is_a_question_of_the_benchmark()
    {
        string[] examples = [.. HotPotQAPromptsTests.TasksIn(HotPotQAPrompts.ReActExamples, HotPotQAPrompts.ChainOfThoughtExamples, HotPotQAPrompts.ChainOfThoughtWithContextExamples)];

        (await LoadAsync()).Select(question => question.Question.Trim()).Should().NotIntersectWith(examples);
        examples.Should().HaveCount(10);
    }

    [SharedFact(Questions)]
    public async Task The_prompt_of_a_first_trial_is_the_same_for_every_question_but_for_the_question_itself()
    {
        IReadOnlyList<HotPotQAQuestion> questions = await LoadAsync();
        foreach (HotPotQAAgent agent in (HotPotQAAgent[])[HotPotQAAgent.ReAct, HotPotQAAgent.ChainOfThought])
        {
            var domain = new HotPotQADomain(questions, new() { Agent = agent });
            var prompts = new HashSet<string>();
            foreach (DomainTask task in domain.Tasks)
            {
                using var model = new ScriptedChatClient("Thought: I pass.\nAction: Finish[nothing]");
                Episode episode = await ReflexionAgent.CreateBuilder(model).UseDomain(domain).Configure(options => options.MaxTrials = 1).Build().RunAsync(task);

                episode.EnsureNotFailed();
                string prompt = model.LastRequest.Text;
                prompt.Should().EndWith($"Task: {task.Task.Instruction}");
                prompts.Add(prompt[..^task.Task.Instruction.Length]);
            }

            prompts.Should().ContainSingle("what does not change with the answer cannot tell it");
        }
    }

    [SharedFact(Questions)]
    public async Task A_task_of_ReAct_carries_the_question_and_nothing_else()
    {
        IReadOnlyList<HotPotQAQuestion> questions = await LoadAsync();
        var domain = new HotPotQADomain(questions);
        foreach (DomainTask task in domain.Tasks)
        {
            string seen = $"{task.Task.Context}{string.Concat(task.Task.Metadata.Select(pair => pair.Key + pair.Value))}";

            seen.Should().BeEmpty("the agent is given the question alone");
            task.References.Should().ContainSingle();
        }
    }

    [SharedFact("data/recorded")]
    public async Task Observations_are_compared_with_those_recorded_on_live_Wikipedia()
    {
        ParagraphStore store = ParagraphStore.Pool(await LoadAsync());
        string[] files = [.. Directory.GetFiles(SharedFolder.PathOf("data/recorded"), "hotpotqa-react-*.jsonl").Order(StringComparer.Ordinal)];
        files.Should().NotBeEmpty();
        foreach (string file in files)
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (RecordedSearch search in RecordedSearch.ReadAll(file))
            {
                await using var environment = new HotPotQAEnvironment(store);
                DocumentSearch ours = await store.SearchAsync(search.Title, CancellationToken.None);
                string seen = (await environment.StepAsync(HotPotQASamples.Action("Search", search.Title), CancellationToken.None)).Text;
                string kind = Compare(seen, search.Observation, ours.Page is not null);
                counts[kind] = counts.GetValueOrDefault(kind) + 1;

                seen.Should().NotBeEmpty();
                seen.StartsWith("Could not find [", StringComparison.Ordinal).Should().Be(ours.Page is null);
            }

            output.WriteLine($"{Path.GetFileName(file)}: {counts.Values.Sum()} searches");
            foreach ((string kind, int count) in counts)
            {
                output.WriteLine($"{count,6}  {kind}");
            }
        }
    }

    private static string Compare(string ours, string recorded, bool isFound)
    {
        bool wasFound = !recorded.StartsWith("Could not find [", StringComparison.Ordinal);
        (string here, string there) = (Plain(ours), Plain(recorded));
        return (isFound, wasFound) switch
        {
            (true, true) when here == there => "1 page in both: equal",
            (true, true) when here.StartsWith(there, StringComparison.Ordinal) || there.StartsWith(here, StringComparison.Ordinal) => "2 page in both: one is the beginning of the other",
            (true, true) when SharedStart(here, there) >= 4 => "3 page in both: same start, later words differ",
            (true, true) => "4 page in both: different text",
            (true, false) => "5 page here, similar titles there",
            (false, true) => "6 page there, not in the store",
            (false, false) => "7 similar titles in both",
        };
    }

    /// <summary>How many words two texts start with alike; parentheses, which Wikipedia changes most, are left out.</summary>
    private static int SharedStart(string left, string right) =>
        Parentheses().Replace(left, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Zip(Parentheses().Replace(right, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries)).TakeWhile(words => words.First == words.Second).Count();

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task<IReadOnlyList<HotPotQAQuestion>> LoadAsync() => HotPotQAQuestions.LoadAsync(SharedFolder.PathOf(Questions));

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    private sealed record RecordedSearch(string Title, string Observation)
    {
        internal static IEnumerable<RecordedSearch> ReadAll(string file)
        {
            foreach (string line in File.ReadLines(file).Where(line => line.Length > 0))
            {
                using JsonDocument trial = JsonDocument.Parse(line);
                foreach (JsonElement step in trial.RootElement.GetProperty("steps").EnumerateArray())
                {
                    if (step.GetProperty("action_type").GetString() == "Search" && step.GetProperty("argument").GetString() is { Length: > 0 } title)
                    {
                        yield return new(title, step.GetProperty("observation").GetString()!);
                    }
                }
            }
        }
    }
}
