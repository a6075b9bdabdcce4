using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class ExperienceExtractionTests
{
    private readonly InMemoryEpisodeJournal _journal = new();

    [Fact]
    public async Task Without_tokens_the_texts_are_kept()
    {
        Episode episode = await RunAsync(new ScriptedChatClient("Guidance: Try the window.", "<think>hm</think>Try the roof."));

        ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(_journal, "e1");

        experiences.Select(experience => (experience.EpisodeId, experience.TaskId, experience.Trial, experience.Refinement)).Should().Equal(
            ("e1", "t1", 2, "Guidance: Try the window."), ("e1", "t1", 3, "<think>hm</think>Try the roof."));
        experiences.Should().OnlyContain(experience =>
            experience.RefinementIds.IsEmpty && experience.PromptIds.IsEmpty && experience.LogProbs.IsEmpty && experience.PolicyHash == null && !experience.IsNullArm);
        experiences[0].ReturnBefore.Should().Be(episode.Trials[0].Return);
        experiences[0].ReturnAfter.Should().Be(episode.Trials[1].Return);
    }

    [Fact]
    public async Task The_state_is_the_very_text_that_the_model_was_sent()
    {
        var client = new ScriptedChatClient("Try the window.", "Try the roof.");
        await RunAsync(client);

        ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(_journal, "e1");

        experiences.Select(experience => experience.Instructions).Should().Equal(client.Requests.Select(request => request.System));
        experiences.Select(experience => experience.Prompt).Should().Equal(client.Requests.Select(request => request.Last));
        experiences[1].Prompt.Should().Contain("<lessons>").And.Contain("The door is locked.");
    }

    [Fact]
    public async Task An_episode_alone_tells_the_texts()
    {
        Episode episode = await RunAsync(new ScriptedChatClient("Try the window.", "Try the roof."));

        ExperienceExtraction.FromEpisode(episode).Should().BeEquivalentTo(await ExperienceExtraction.FromJournalAsync(_journal, "e1"), options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Bare_refinements_are_read_off_an_episode_too()
    {
        Episode episode = await RunAsync(new ScriptedChatClient("window", "roof"), options: new() { Header = "", Fenced = false });

        ExperienceExtraction.FromEpisode(episode).Select(experience => experience.Refinement).Should().Equal("window", "roof");
    }

    [Fact]
    public async Task Trials_whose_recalled_lessons_are_unknown_are_left_out_unless_these_are_given()
    {
        Episode episode = await RunAsync(new ScriptedChatClient("window", "roof"));
        ImmutableArray<Lesson> lessons = [.. episode.Trials.Select(trial => trial.Lesson).OfType<Lesson>()];
        Episode forgetful = episode with { Trials = [.. episode.Trials.Select(trial => trial with { Lesson = null })] };

        ExperienceExtraction.FromEpisode(forgetful).Should().BeEmpty();
        ExperienceExtraction.FromEpisode(forgetful, new() { Lessons = lessons }).Should().BeEquivalentTo(ExperienceExtraction.FromEpisode(episode));
    }

    [Fact]
    public async Task Retries_are_observations_of_the_null_arm_and_lessons_alone_are_none()
    {
        Episode retried = await RandomWriter.Agent(_journal, ReflexionStrategy.Retry).Build().RunAsync(RandomWriter.Task);
        Episode reflected = await RandomWriter.Agent(null, ReflexionStrategy.Reflexion).Build().RunAsync(RandomWriter.Task);

        ExperienceExtraction.FromEpisode(retried).Should().HaveCount(2).And.OnlyContain(experience => experience.IsNullArm);
        (await ExperienceExtraction.FromJournalAsync(_journal, "e1")).Should().BeEquivalentTo(ExperienceExtraction.FromEpisode(retried));
        ExperienceExtraction.FromEpisode(reflected).Should().BeEmpty();
    }

    [Fact]
    public async Task A_rejected_refinement_is_left_out_and_a_silent_one_is_not()
    {
        Episode episode = await RunAsync(new ScriptedChatClient("Say Abracadabra.", " "), new() { References = ["Abracadabra"] });

        ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(_journal, "e1");

        episode.Trials[1].Prompt.Parts.Should().NotContain(part => part.Kind == PromptPartKind.Refinement);
        experiences.Should().ContainSingle().Which.Should().Match<Experience>(experience => experience.Trial == 3 && experience.Refinement == " ");
    }

    [Theory]
    [InlineData("roof", "window", "roof")]
    [InlineData("lost", "window", null)]
    public async Task Of_several_candidates_the_one_in_the_prompt_was_tried(string first, string second, string? expected)
    {
        RecordedRewrite rewrite = await RewriteAsync();
        RecordedRewrite several = rewrite with { Replies = [Reply(first), Reply(second), Reply(" "), Reply("cellar")] };

        ExperienceProjection.Of(several with { Trial = WithRefinement(several.Trial, "Climb to the roof.") }, new())?.Refinement.Should().Be(expected);
        (ExperienceProjection.Of(several with { Trial = WithRefinement(several.Trial, "Climb to the roof.") }, new()) is null).Should().Be(expected is null);
    }

    [Fact]
    public async Task Options_say_what_was_shown_and_what_counts()
    {
        await RunAsync(new ScriptedChatClient("window", "roof"));

        ImmutableArray<Experience> experiences = await ExperienceExtraction.FromJournalAsync(_journal, "e1", new ExperienceOptions
        {
            Messages = context => [new(ChatRole.User, $"After {context.Trials.Length}"), new(ChatRole.User, context.Task.Id)],
            Return = trial => trial.Number == 3 ? null : trial.Number / 2.0,
        });

        Experience only = experiences.Should().ContainSingle().Subject;
        (only.Instructions, only.Prompt, only.ReturnBefore, only.ReturnAfter).Should().Be((null, "After 1\n\nt1", 0.5, 1.0));
    }

    [Fact]
    public async Task A_journal_is_read_episode_by_episode()
    {
        foreach (string id in (string[])["b", "a", "c"])
        {
            await RandomWriter.Agent(_journal).UseRetrospectiveModel(new LlmRetrospectiveModel(new ScriptedChatClient("window", "roof"))).Build()
                .RunAsync(RandomWriter.Task, new() { EpisodeId = id });
        }

        List<Experience> all = await ExperienceExtraction.FromJournalAsync(_journal).ToListAsync();
        List<Experience> some = await ExperienceExtraction.FromJournalAsync(_journal, new JournalQuery { Prefix = "b" }).ToListAsync();

        all.Select(experience => (experience.EpisodeId, experience.Trial)).Should().Equal(("a", 2), ("a", 3), ("b", 2), ("b", 3), ("c", 2), ("c", 3));
        some.Select(experience => experience.EpisodeId).Should().Equal("b", "b");
        (await ExperienceExtraction.FromJournalAsync(_journal, "unknown")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_measured_the_agent_is_no_part_of_the_state()
    {
        RecordedRewrite rewrite = await RewriteAsync();

        rewrite.Trial.HeldOutEvaluation.Should().NotBeNull();
        rewrite.Context.Trials.Should().ContainSingle().Which.HeldOutEvaluation.Should().BeNull();
        rewrite.Context.BasePrompt.Parts.Should().OnlyContain(part => part.Kind < PromptPartKind.LastAttempt);
        (rewrite.Context.Run.EpisodeId, rewrite.Context.Run.Seed).Should().Be(("e1", 5));
    }

    private static ChatResponse Reply(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    private static Trial WithRefinement(Trial trial, string text) => trial with { Prompt = new([new(PromptPartKind.Refinement, text, TextIntegrity.Model)]) };

    private Task<Episode> RunAsync(ScriptedChatClient client, EpisodeOptions? episode = null, RetrospectiveOptions? options = null) =>
        RandomWriter.Agent(_journal).UseRetrospectiveModel(new LlmRetrospectiveModel(client, options)).Build().RunAsync(RandomWriter.Task, episode ?? new());

    private async Task<RecordedRewrite> RewriteAsync()
    {
        await RandomWriter.Agent(_journal)
            .UseHeldOutEvaluator(new DelegateEvaluator(_ => TrajectoryEvaluation.Passed()))
            .UseRetrospectiveModel(new LlmRetrospectiveModel(new ScriptedChatClient("window", "roof")))
            .Build()
            .RunAsync(RandomWriter.Task, new() { Seed = 5 });
        return (await _journal.ReadRewritesAsync("e1"))[1];
    }
}
