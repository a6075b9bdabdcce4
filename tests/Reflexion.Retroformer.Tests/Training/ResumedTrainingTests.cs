using System.Text.Json;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class ResumedTrainingTests(TinyPolicy tiny) : IClassFixture<TinyPolicy>
{
    private static readonly RetrospectiveTrainerOptions Options = TinyPolicy.Quick with { Updates = 6, EvaluateEvery = 2, HeldOutFailures = 16 };

    [Theory]
    [InlineData(PolicyObjective.Rloo, 1, 1)]
    [InlineData(PolicyObjective.Rloo, 4, 3)]
    [InlineData(PolicyObjective.Ppo, 3, 1)]
    public async Task A_training_killed_after_any_update_goes_on_to_the_same_weights(PolicyObjective objective, int killedAt, int checkpointEvery)
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        RetrospectiveTrainerOptions options = Options with { Objective = objective, CheckpointEvery = checkpointEvery };

        RetrospectiveTrainingResult uninterrupted = await RunAsync(In(whole, options));
        await Killed(In(parts, options), killedAt);
        RetrospectiveTrainingResult resumed = await RunAsync(In(parts, options));

        resumed.AdapterHash.Should().Be(uninterrupted.AdapterHash);
        resumed.Should().BeEquivalentTo(uninterrupted, same => same.Excluding(result => result.Decisions));
        File.ReadAllText(parts.File("log.jsonl")).Should().Be(File.ReadAllText(whole.File("log.jsonl")));
    }

    [Fact]
    public async Task Where_other_held_out_failures_come_after_a_kill_the_incumbent_is_rated_on_them()
    {
        using var folder = new TemporaryFolder();
        RetrospectiveTrainerOptions options = In(folder, Options);
        await Killed(options, 5);
        HeldOutIds(folder).Should().HaveCount(16).And.AllSatisfy(id => id.Should().StartWith("attempt "));
        var others = new LetterWorld { Name = "other" };

        await RunAsync(options, heldOut: others);

        HeldOutIds(folder).Should().HaveCount(16).And.AllSatisfy(id => id.Should().StartWith("other "));
        // The incumbent, the null arm, and the policies after updates that were due.
        others.Retries.Count(retry => retry.Refinement is null).Should().Be(16);
        others.Retries.Count(retry => retry.Refinement is not null).Should().BeGreaterThanOrEqualTo(32);
    }

    [Fact]
    public async Task A_training_that_was_over_gives_its_result_again_and_can_be_made_longer()
    {
        using var folder = new TemporaryFolder();
        RetrospectiveTrainingResult first = await RunAsync(In(folder, Options));
        string log = File.ReadAllText(folder.File("log.jsonl"));

        RetrospectiveTrainingResult again = await RunAsync(In(folder, Options));
        RetrospectiveTrainingResult longer = await RunAsync(In(folder, Options with { Updates = 8 }));

        again.Should().BeEquivalentTo(first, same => same.Excluding(result => result.Decisions));
        File.ReadAllText(folder.File("log.jsonl")).Should().StartWith(log);
        longer.Updates.Should().Be(8);
    }

    [Fact]
    public async Task The_log_is_one_object_a_line()
    {
        using var folder = new TemporaryFolder();
        RetrospectiveTrainingResult result = await RunAsync(In(folder, Options));

        JsonElement[] lines = [.. File.ReadLines(folder.File("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

        lines.Select(line => line.GetProperty("event").GetString()).Should().Equal(
            "update", "update", "evaluation", "update", "update", "evaluation", "update", "update", "evaluation", "end");
        lines[0].GetProperty("update").GetInt32().Should().Be(1);
        lines[0].GetProperty("samples").GetInt32().Should().BeGreaterThan(0);
        lines[2].GetProperty("gain").GetDouble().Should().Be(result.Decisions[0].Gain.Value);
        lines[^1].GetProperty("adapterHash").GetString().Should().Be(result.AdapterHash);
    }

    [Fact]
    public async Task Only_weights_in_use_are_kept()
    {
        using var folder = new TemporaryFolder();
        RetrospectiveTrainingResult result = await RunAsync(In(folder, Options));

        Directory.GetFiles(folder.File("checkpoints"), "policy-*").Select(Path.GetFileName).Should().BeEquivalentTo(
            new[] { "policy-6.ckpt", $"policy-{result.PromotedUpdate}.ckpt" }.Distinct());
    }

    [Fact]
    public async Task A_checkpoint_of_other_options_is_refused()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(In(folder, Options with { Updates = 1 }));

        Func<Task> other = () => RunAsync(In(folder, Options with { KlCoefficient = 0.5 }));

        await other.Should().ThrowAsync<CheckpointException>().WithMessage("*training with other options*kl=0.001*kl=0.5*");
    }

    [Theory]
    [InlineData("{", "*the state is damaged*")]
    [InlineData("{\"version\": 9, \"training\": \"\"}", "*of version 9*")]
    public async Task A_damaged_state_is_refused(string json, string message)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("checkpoints"));
        await File.WriteAllTextAsync(Path.Combine(folder.File("checkpoints"), "state.json"), json);

        Func<Task> run = () => RunAsync(In(folder, Options));

        await run.Should().ThrowAsync<CheckpointException>().WithMessage(message);
    }

    private static IEnumerable<string> HeldOutIds(TemporaryFolder folder) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.File("checkpoints"), "state.json"))).RootElement
            .GetProperty("heldOutIds").EnumerateArray().Select(id => id.GetString()!);

    private static RetrospectiveTrainerOptions In(TemporaryFolder folder, RetrospectiveTrainerOptions options) =>
        options with { CheckpointFolder = folder.File("checkpoints"), LogPath = folder.File("log.jsonl") };

    private async Task<RetrospectiveTrainingResult> RunAsync(RetrospectiveTrainerOptions options, Told? told = null, LetterWorld? heldOut = null, CancellationToken cancellationToken = default)
    {
        using LoraAdapter adapter = tiny.Adapter(hasValueHead: true);
        using var trainer = new RetrospectiveTrainer(tiny.Model, adapter, new LetterWorld(), heldOut ?? new LetterWorld(), options);
        RetrospectiveTrainingResult result = await trainer.RunAsync(told, cancellationToken);
        adapter.Hash.Should().Be(result.AdapterHash);
        return result;
    }

    private async Task Killed(RetrospectiveTrainerOptions options, int update)
    {
        using var kill = new CancellationTokenSource();
        var told = new Told(happened =>
        {
            if (happened.Update == update)
            {
                kill.Cancel();
            }
        });
        Func<Task> run = () => RunAsync(options, told, cancellationToken: kill.Token);
        await run.Should().ThrowAsync<OperationCanceledException>();
    }
}
