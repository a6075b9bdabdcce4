using System.Collections.Immutable;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>What a language model sampled in an ordinary run comes out of the journal as it was sampled.</summary>
public sealed class SampledExperienceTests : IDisposable
{
    private readonly LanguageModel _model = RandomWriter.Create();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_and_log_probabilities_are_those_that_were_sampled(bool inFiles)
    {
        using var folder = new TemporaryFolder();
        IEpisodeJournal journal = inFiles ? new FileEpisodeJournal(folder.Path, new() { FlushToDisk = false }) : new InMemoryEpisodeJournal();
        using LoraAdapter adapter = _model.CreateAdapter(new() { Rank = 2 }, 3);
        Episode episode = await RunAsync(journal, adapter);

        ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(journal, "e1");

        experiences.Select(experience => experience.Trial).Should().Equal(2, 3);
        using var trainer = new ModelTrainer(_model.Weights, adapter);
        foreach (Experience experience in experiences)
        {
            GenerationResult again = await _model.GenerateAsync(new GenerationRequest
            {
                PromptIds = experience.PromptIds,
                MaxTokens = RandomWriter.Options.MaxTokens,
                Seed = (ulong)new EpisodeRun(seed: 7).SeedFor(RandomWriter.Task, experience.Trial - 1),
                Adapter = adapter,
            });
            ImmutableArray<SequenceScore> scores = trainer.Score(new([new TrainingSequence(experience.PromptIds, experience.RefinementIds)]));

            experience.RefinementIds.Should().Equal(again.Ids).And.HaveCountGreaterThan(1);
            experience.Refinement.Should().Be(again.Text);
            experience.PolicyHash.Should().Be(adapter.Hash);
            experience.LogProbs.Should().Equal(again.LogProbs, (sampled, anew) => Math.Abs(sampled - anew) < 1e-4);
            experience.LogProbs.Should().Equal(scores[0].LogProbs, (sampled, scored) => Math.Abs(sampled - scored) < 1e-4);
            experience.PromptIds.Should().Equal(_model.Tokenizer.Encode(_model.Tokenizer.RenderChat(
                [new(Microsoft.Extensions.AI.ChatRole.System, experience.Instructions!), new(Microsoft.Extensions.AI.ChatRole.User, experience.Prompt)])));
            experience.DeltaG.Should().Be(episode.Trials[experience.Trial - 1].DeltaG);
            (experience.ReturnBefore, experience.ReturnAfter).Should().Be((episode.Trials[experience.Trial - 2].Return!.Value, episode.Trials[experience.Trial - 1].Return!.Value));
        }
    }

    [Fact]
    public async Task A_run_that_was_killed_and_taken_up_gives_the_same_experiences()
    {
        var whole = new InMemoryEpisodeJournal();
        await RunAsync(whole, null);
        ImmutableArray<Experience> expected = await ExperienceExtraction.FromJournalAsync(whole, "e1");
        int entries = await whole.ReadAsync("e1").CountAsync();
        for (int appends = 1; appends < entries; appends += 3)
        {
            var journal = new InMemoryEpisodeJournal();
            var memory = new InMemoryEpisodicMemory();
            await RunAsync(new ShortLivedJournal(journal, appends), null, memory);
            await RunAsync(journal, null, memory);

            ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(journal, "e1");

            experiences.Should().BeEquivalentTo(expected, options => options.WithStrictOrdering(), "it was killed after {0} entries", appends);
        }

        expected.Should().HaveCount(2).And.OnlyContain(experience => experience.PolicyHash == _model.Hash);
    }

    [Fact]
    public async Task Streamed_runs_record_the_same()
    {
        var awaited = new InMemoryEpisodeJournal();
        var streamed = new InMemoryEpisodeJournal();
        await RunAsync(awaited, null);
        await foreach (AgentEvent _ in RandomWriter.Agent(streamed).UseRetrospectiveModel(_model, options: RandomWriter.Options).Build().RunStreamingAsync(RandomWriter.Task, new() { Seed = 7 }))
        {
        }

        (await ExperienceExtraction.FromJournalAsync(streamed, "e1")).Should().BeEquivalentTo(await ExperienceExtraction.FromJournalAsync(awaited, "e1"));
    }

    private Task<Episode> RunAsync(IEpisodeJournal journal, LoraAdapter? adapter, IEpisodicMemory? memory = null) => RandomWriter.Agent(journal)
        .UseMemory(memory ?? new InMemoryEpisodicMemory())
        .UseRetrospectiveModel(_model, adapter, RandomWriter.Options)
        .Build()
        .RunAsync(RandomWriter.Task, new() { Seed = 7 });
}
