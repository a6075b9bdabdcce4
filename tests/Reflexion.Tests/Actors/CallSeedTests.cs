using Reflexion.Testing;

namespace Reflexion.Tests;

public class CallSeedTests
{
    private static readonly AgentTask Question = new("q1", "Where was Ada born?");

    [Fact]
    public async Task Each_call_has_a_seed_of_its_own_and_a_run_repeats_them()
    {
        long?[] first = await SeedsAsync(true, seed: 7, trial: 1);

        first.Should().HaveCount(3).And.OnlyHaveUniqueItems().And.NotContainNulls();
        (await SeedsAsync(true, seed: 7, trial: 1)).Should().Equal(first);
        (await SeedsAsync(true, seed: 7, trial: 2)).Should().NotIntersectWith(first);
        (await SeedsAsync(true, seed: 8, trial: 1)).Should().NotIntersectWith(first);
    }

    [Fact]
    public async Task Without_being_asked_the_options_keep_their_own() =>
        (await SeedsAsync(false, seed: 7, trial: 1)).Should().Equal(5, 5, 5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_single_completion_is_seeded_by_task_and_trial_where_asked(bool seedsCalls)
    {
        long? first = await SeedAsync(trial: 1);

        (await SeedAsync(trial: 1)).Should().Be(first);
        if (seedsCalls)
        {
            (await SeedAsync(trial: 2)).Should().NotBe(first);
        }
        else
        {
            first.Should().Be(5);
        }

        async Task<long?> SeedAsync(int trial)
        {
            var client = new ScriptedChatClient("In London.");
            await PlayAsync(new ChatActor(client, new() { SeedsCalls = seedsCalls, ChatOptions = new() { Seed = 5 } }), seed: 7, trial);
            return client.Requests.Single().Options?.Seed;
        }
    }

    private static async Task<long?[]> SeedsAsync(bool seedsCalls, int seed, int trial)
    {
        var client = new ScriptedChatClient("Action: Search[a]", "Action: Search[b]", "Action: Finish[c]");
        var environment = new ReActTestEnvironment(new("One."), new("Two."));
        var actor = new ReActActor(client, _ => environment, new() { SeedsCalls = seedsCalls, ChatOptions = new() { Seed = 5 } });
        await PlayAsync(actor, seed, trial);
        return [.. client.Requests.Select(request => request.Options?.Seed)];
    }

    private static async Task PlayAsync(IActor actor, int seed, int trial)
    {
        var context = new ActorContext { Task = Question, Prompt = actor.CreatePrompt(Question), Trial = trial, Run = new EpisodeRun(seed: seed) };
        await foreach (AgentEvent _ in actor.ActAsync(context, default))
        {
            // Played to its end.
        }
    }
}
