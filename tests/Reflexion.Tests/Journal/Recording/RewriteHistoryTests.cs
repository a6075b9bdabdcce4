using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>How prompts came about, read back from the journal.</summary>
public sealed class RewriteHistoryTests
{
    private readonly InMemoryEpisodeJournal _journal = new();

    [Fact]
    public async Task Each_trial_tells_what_the_model_knew_and_replied()
    {
        var model = new ScriptedChatClient("Try Lyon.", "Try Nice.");
        Episode episode = await RunAsync(model);

        ImmutableArray<RecordedRewrite> rewrites = await _journal.ReadRewritesAsync("e1");

        rewrites.Select(rewrite => rewrite.Trial.Number).Should().Equal(1, 2, 3);
        rewrites.Select(rewrite => rewrite.Replies.Length).Should().Equal(0, 1, 1);
        rewrites.Select(rewrite => rewrite.Context.Trials.Length).Should().Equal(0, 1, 2);
        rewrites.Select(rewrite => rewrite.Context.Lessons.Length).Should().Equal(0, 1, 2);
        rewrites.Skip(1).Select(rewrite => RetrospectivePrompt.Render(rewrite.Context)).Should().Equal(model.Requests.Select(request => request.Last));
        rewrites[2].Replies[0].Text.Should().Be("Try Nice.");
        rewrites[2].Trial.Prompt.ToString().Should().Be(episode.Trials[2].Prompt.ToString());
        (await _journal.ReadRewritesAsync("e2")).Should().BeEmpty();
    }

    [Fact]
    public async Task Texts_with_our_keys_are_recorded_and_nothing_else_that_is_attached()
    {
        var model = new ScriptedChatClient().Then(_ => Attached("Try Lyon.")).Then(_ => Attached("Try Nice."));
        await RunAsync(model);

        foreach (ChatResponse reply in (await _journal.ReadRewritesAsync("e1")).SelectMany(rewrite => rewrite.Replies))
        {
            reply.AdditionalProperties!.Select(property => (property.Key, property.Value!.ToString())).Should().Equal(("reflexion.ids", "AQAAAA=="));
            reply.Messages[0].AdditionalProperties!.Select(property => (property.Key, property.Value!.ToString())).Should().Equal(("reflexion.mark", "m"));
        }
    }

    [Fact]
    public async Task An_episode_that_was_cut_off_tells_of_the_trials_that_ended()
    {
        await RunAsync(new ScriptedChatClient("Try Lyon.", "Try Nice."));
        int entries = await _journal.ReadAsync("e1").CountAsync();
        var cut = new InMemoryEpisodeJournal();
        await foreach (JournalEntry entry in _journal.ReadAsync("e1").Take(entries - 2))
        {
            await cut.AppendAsync(entry);
        }

        (await cut.ReadRewritesAsync("e1")).Select(rewrite => rewrite.Trial.Number).Should().Equal(1, 2);
    }

    private static ChatResponse Attached(string text) =>
        new(new ChatMessage(ChatRole.Assistant, text) { AdditionalProperties = new() { ["reflexion.mark"] = "m", ["other"] = "secret" } })
        {
            AdditionalProperties = new() { ["reflexion.ids"] = "AQAAAA==", ["reflexion.number"] = 1, ["reflexion.handle"] = new[] { "secret" }, ["handle"] = "secret" },
        };

    private Task<Episode> RunAsync(ScriptedChatClient model) => Agents.Answering("Rome", "Lyon", "Nice")
        .UseJournal(_journal)
        .UseRetrospectiveModel(new LlmRetrospectiveModel(model))
        .Configure(options => (options.Strategy, options.MaxTrials) = (ReflexionStrategy.Retrospective, 3))
        .Build()
        .RunAsync(Agents.Question);
}
