using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class AgentRolloutSourceTests(TinyPolicy tiny) : IClassFixture<TinyPolicy>
{
    private static readonly AgentTask[] Doors = [.. Enumerable.Range(0, 6).Select(i => new AgentTask($"door {i}", i < 2 ? $"Open the easy door {i}." : $"Open the locked door {i}."))];
    private readonly ConcurrentBag<int> _seeds = [];

    [Fact]
    public async Task First_trials_that_fail_become_attempts()
    {
        using ScriptedChatClient client = Client();
        AgentRolloutSource source = Source(client);

        ImmutableArray<FailedAttempt> attempts = await source.CollectAsync(4, seed: 7, default);

        attempts.Select(attempt => attempt.TaskId).Should().BeEquivalentTo("door 2", "door 3", "door 4", "door 5");
        attempts.Should().OnlyContain(attempt => attempt.Return == 0.25 && attempt.Instructions == RetrospectivePrompt.Instructions);
        attempts[0].Prompt.Should().Contain("locked door").And.Contain("The key was forgotten.");
        tiny.Model.Tokenizer.Decode(attempts[0].PromptIds.AsSpan()).Should().Contain("The key was forgotten.");
        attempts.Select(attempt => attempt.Id).Should().OnlyHaveUniqueItems();
        client.Requests.Should().NotContain(request => request.Contains("guidance"));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_attempts_and_another_one_others()
    {
        using ScriptedChatClient client = Client();
        AgentRolloutSource source = Source(client);

        string[] first = await Ids(7);
        string[] again = await Ids(7);
        string[] other = await Ids(8);

        again.Should().Equal(first);
        other.Should().NotEqual(first);

        async Task<string[]> Ids(long seed) => [.. (await source.CollectAsync(6, seed, default)).Select(attempt => attempt.Id)];
    }

    [Fact]
    public async Task Tasks_are_gone_through_again_until_there_are_enough_failures()
    {
        using ScriptedChatClient client = Client();

        (await Source(client).CollectAsync(10, 1, default)).Should().HaveCount(10);
        (await Source(client, new() { MaxPasses = 2 }).CollectAsync(10, 1, default)).Should().HaveCount(8);
        (await Source(client, tasks: Doors[..2]).CollectAsync(1, 1, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_retry_sees_the_refinement_as_it_will_in_use_and_the_null_arm_sees_none()
    {
        using ScriptedChatClient client = Client();
        AgentRolloutSource source = Source(client);
        FailedAttempt attempt = (await source.CollectAsync(1, 7, default))[0];

        double helped = await source.RetryAsync(attempt, "Take the key first.", 3, default);
        string request = client.LastRequest.Text;
        double useless = await source.RetryAsync(attempt, "Sing a song.", 3, default);
        double nothing = await source.RetryAsync(attempt, null, 3, default);

        (helped, useless, nothing).Should().Be((1, 0.25, 0.25));
        request.Should().Contain(new RetrospectiveOptions().Header).And.Contain("<guidance>\nTake the key first.\n</guidance>");
        client.LastRequest.Contains("guidance").Should().BeFalse();
        _seeds.Count(seed => seed == 3).Should().Be(3);
    }

    [Fact]
    public async Task Retries_whose_seeds_differ_in_high_bits_only_are_others()
    {
        using ScriptedChatClient client = Client();
        AgentRolloutSource source = Source(client);
        FailedAttempt attempt = (await source.CollectAsync(1, 1, default))[0];
        _seeds.Clear();

        for (int again = 0; again < 3; again++)
        {
            await source.RetryAsync(attempt, null, 5 + ((long)again << 32), default);
        }

        _seeds.Should().HaveCount(3).And.OnlyHaveUniqueItems().And.OnlyContain(seed => seed >= 0);
    }

    [Fact]
    public async Task Lessons_of_the_failed_trial_reach_the_state()
    {
        using ScriptedChatClient client = Client();
        AgentRolloutSource source = Source(client, strategy: ReflexionStrategy.Retrospective);

        FailedAttempt attempt = (await source.CollectAsync(1, 7, default))[0];
        await source.RetryAsync(attempt, "", 3, default);

        attempt.Prompt.Should().Contain("Doors want keys.");
        client.LastRequest.Contains("Doors want keys.").Should().BeTrue("where nothing was written, lessons stand in as in use");
    }

    [Fact]
    public async Task What_cannot_be_tried_is_refused()
    {
        using ScriptedChatClient client = Client();
        using var failing = new ScriptedChatClient();
        AgentRolloutSource source = Source(client);
        var foreign = new FailedAttempt { Id = "a", TaskId = "t", PromptIds = [1], Return = 0 };

        Action none = () => Source(client, tasks: []);
        Action passes = () => Source(client, new() { MaxPasses = 0 });
        Func<Task> retry = () => source.RetryAsync(foreign, null, 0, default);
        Func<Task> collect = () => Source(failing).CollectAsync(1, 0, default);

        none.Should().Throw<ArgumentException>().WithMessage("There is no task to fail at*");
        passes.Should().Throw<ArgumentOutOfRangeException>();
        await retry.Should().ThrowAsync<ArgumentException>().WithMessage("'a' was not collected by a source over agents*");
        await collect.Should().ThrowAsync<EpisodeFailedException>();
    }

    private static ScriptedChatClient Client() =>
        new ScriptedChatClient().Otherwise(request => request.Contains("easy") || request.Contains("Take the key") ? "open" : "stuck");

    private AgentRolloutSource Source(
        IChatClient client, AgentRolloutOptions? options = null, AgentTask[]? tasks = null, ReflexionStrategy strategy = ReflexionStrategy.Retry) => new(
        () => ReflexionAgent.CreateBuilder(client)
            .UseReflector(_ => new DelegateReflector(_ => "Doors want keys."))
            .UseEvaluator(Judge)
            .Configure(agent => agent.Strategy = strategy),
        tasks ?? Doors,
        tiny.Model,
        options: options);

    private TrajectoryEvaluation Judge(EvaluationContext context)
    {
        _seeds.Add(context.Run.Seed);
        return context.Trajectory.Answer == "open" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("The key was forgotten.", 0.25);
    }
}
