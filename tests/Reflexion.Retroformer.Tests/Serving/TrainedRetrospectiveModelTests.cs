using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class TrainedRetrospectiveModelTests : IDisposable
{
    private readonly LanguageModel _model = RandomWriter.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task It_takes_the_place_of_a_prompted_one_and_is_metered_alike()
    {
        Episode prompted = await RandomWriter.Agent(null).UseRetrospectiveModel(new LlmRetrospectiveModel(new ScriptedChatClient("a", "b"))).Build().RunAsync(RandomWriter.Task);
        Episode trained = await RandomWriter.Agent(null).UseRetrospectiveModel(_model, options: RandomWriter.Options).Build().RunAsync(RandomWriter.Task);

        trained.EnsureNotFailed().Trials.Select(Kinds).Should().BeEquivalentTo(prompted.Trials.Select(Kinds), options => options.WithStrictOrdering());
        ComponentUsage used = trained.Usage.ByComponent[AgentComponent.RetrospectiveModel];
        used.Calls.Should().Be(prompted.Usage.ByComponent[AgentComponent.RetrospectiveModel].Calls).And.Be(2);
        used.Tokens.OutputTokens.Should().BeInRange(2, 24);
        ExperienceExtraction.FromEpisode(trained)[0].Prompt.Should().Be(ExperienceExtraction.FromEpisode(prompted)[0].Prompt, "both see the same state");

        static PromptPartKind[] Kinds(Trial trial) => [.. trial.Prompt.Parts.Select(part => part.Kind)];
    }

    [Fact]
    public async Task What_is_shown_and_how_it_is_put_can_be_said()
    {
        var asked = new List<RetrospectiveContext>();
        TrainedRetrospectiveOptions options = RandomWriter.Options with
        {
            Messages = context =>
            {
                asked.Add(context);
                return [new(ChatRole.User, "the agent opens the drawer")];
            },
            Header = "Advice:",
            Fenced = false,
            StopSequences = [],
        };

        Episode episode = await RandomWriter.Agent(null).UseRetrospectiveModel(_model, options: options).Build().RunAsync(RandomWriter.Task);

        asked.Select(context => context.Trials.Length).Should().Equal(1, 2);
        string text = episode.Trials[1].Prompt.Parts[^1].Text;
        text.Should().StartWith("Advice:\n").And.NotContain("<guidance>");
        text.Length.Should().BeGreaterThan("Advice:\n".Length);
    }

    [Fact]
    public async Task The_seed_of_the_run_decides_what_is_written()
    {
        async Task<string> WriteAsync(int seed, string task = "t1") => (await RandomWriter.Agent(null).UseRetrospectiveModel(_model, options: RandomWriter.Options).Build()
            .RunAsync(new AgentTask(task, "Open the door."), new() { Seed = seed })).Trials[1].Prompt.Parts[^1].Text;

        string first = await WriteAsync(1);

        (await WriteAsync(1)).Should().Be(first);
        (await WriteAsync(2)).Should().NotBe(first);
        (await WriteAsync(1, "t2")).Should().NotBe(first);
    }

    [Fact]
    public async Task An_adapter_is_read_from_its_folder()
    {
        using var folder = new TemporaryFolder();
        using LoraAdapter adapter = _model.CreateAdapter(new() { Rank = 2 }, 3);
        await adapter.SaveAsync(folder.Path);
        var journal = new InMemoryEpisodeJournal();

        await RandomWriter.Agent(journal).UseRetrospectiveModel(_model, folder.Path, RandomWriter.Options).Build().RunAsync(RandomWriter.Task);

        (await ExperienceExtraction.FromJournalAsync(journal, "e1")).Should().HaveCount(2).And.OnlyContain(experience => experience.PolicyHash == adapter.Hash);
    }

    [Fact]
    public async Task Tokens_are_not_recorded_where_nobody_wants_them()
    {
        var journal = new InMemoryEpisodeJournal();

        await RandomWriter.Agent(journal).UseRetrospectiveModel(_model, options: RandomWriter.Options with { RecordTokens = false }).Build().RunAsync(RandomWriter.Task);

        (await ExperienceExtraction.FromJournalAsync(journal, "e1")).Should().HaveCount(2).And.OnlyContain(experience => experience.RefinementIds.IsEmpty && experience.Refinement.Length > 0);
    }

    [Fact]
    public void Bad_arguments_are_refused_at_the_door()
    {
        var builder = new ReflexionAgentBuilder();

        FluentActions.Invoking(() => builder.UseRetrospectiveModel((LanguageModel)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => builder.UseRetrospectiveModel(_model, " ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => builder.UseRetrospectiveModel(_model, options: new() { MaxTokens = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => builder.UseRetrospectiveModel(_model, options: new() { MaxRefinementCharacters = 99 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => builder.UseRetrospectiveModel(_model, options: new() { Sampling = new() { TopP = 0 } })).Should().Throw<ArgumentOutOfRangeException>();
    }
}
