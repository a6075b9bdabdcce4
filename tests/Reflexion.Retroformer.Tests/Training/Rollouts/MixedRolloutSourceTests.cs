using System.Collections.Immutable;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class MixedRolloutSourceTests
{
    private readonly LetterWorld _first = new() { Name = "first", Worth = share => share };
    private readonly LetterWorld _second = new() { Name = "second", Worth = share => 1 - share };

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(4, 2, 2)]
    [InlineData(7, 4, 3)]
    public async Task Failures_come_in_equal_shares(int count, int first, int second)
    {
        ImmutableArray<FailedAttempt> attempts = await new MixedRolloutSource(_first, _second).CollectAsync(count, seed: 1, default);

        attempts.Count(attempt => attempt.Id.StartsWith("1/first", StringComparison.Ordinal)).Should().Be(first);
        attempts.Count(attempt => attempt.Id.StartsWith("2/second", StringComparison.Ordinal)).Should().Be(second);
    }

    [Fact]
    public async Task Tasks_of_different_sources_stay_apart_and_prompts_are_the_sources_own()
    {
        ImmutableArray<FailedAttempt> attempts = await new MixedRolloutSource(_first, _second).CollectAsync(2, seed: 5, default);
        ImmutableArray<FailedAttempt> own = await _second.CollectAsync(1, seed: 5, default);

        attempts.Select(attempt => attempt.TaskId).Should().Equal("1/task 0", "2/task 0");
        attempts[1].PromptIds.Should().Equal(own[0].PromptIds);
        attempts[1].Return.Should().Be(own[0].Return);
    }

    [Fact]
    public async Task Each_attempt_is_retried_by_the_source_it_came_from()
    {
        var mixed = new MixedRolloutSource(_first, _second);
        ImmutableArray<FailedAttempt> attempts = await mixed.CollectAsync(2, seed: 1, default);

        double[] returns = [await mixed.RetryAsync(attempts[0], "word", 3, default), await mixed.RetryAsync(attempts[1], "word", 3, default)];

        returns.Should().Equal(1, 0);
        _second.Retries.Should().Equal(("second 0", "word", 3L));
    }

    [Fact]
    public async Task An_attempt_of_another_source_is_refused()
    {
        ImmutableArray<FailedAttempt> stray = await _first.CollectAsync(1, seed: 1, default);

        Func<Task> retry = () => new MixedRolloutSource(_first, _second).RetryAsync(stray[0], null, 1, default);

        await retry.Should().ThrowAsync<ArgumentException>().WithMessage("'first 0' was not collected by this mixture*");
    }

    [Fact]
    public void One_source_is_no_mixture() =>
        new Action(() => _ = new MixedRolloutSource(_first)).Should().Throw<ArgumentException>().WithMessage("There are 1 sources to mix*");

    [Fact]
    public Task A_count_below_one_is_refused() =>
        new Func<Task>(() => new MixedRolloutSource(_first, _second).CollectAsync(0, 1, default)).Should().ThrowAsync<ArgumentOutOfRangeException>();
}
