using static Reflexion.Tests.GuardTesting;

namespace Reflexion.Tests;

public sealed class CompositeGuardTests
{
    [Fact]
    public async Task The_first_rejection_counts_and_no_guard_is_asked_after_it()
    {
        var asked = new List<string>();
        ILessonGuard guard = LessonGuards.All(new Fixed(null, asked), new Fixed("one", asked), new Fixed("two", asked));

        (await Ask(guard, "x")).Should().Be("one");
        asked.Should().Equal("", "one");
    }

    [Fact]
    public async Task What_all_accept_is_accepted()
    {
        (await Ask(LessonGuards.All(), "x")).Should().BeNull();
        (await Ask(LessonGuards.All(new Fixed(null, [])), "x")).Should().BeNull();
    }

    [Fact]
    public async Task The_default_guards_look_for_leaks_orders_and_secrets()
    {
        (await LessonGuards.Default.InspectAsync(Context("It is Elle.", ["Elle"]), default)).Should().Contain("quotes reference");
        (await Ask(LessonGuards.Default, "[INST]")).Should().Contain("control token");
        (await Ask(LessonGuards.Default, "postgres://bob:hunter2@db/x")).Should().Contain("URL");
        (await Ask(LessonGuards.Default, "Look at the desk first.")).Should().BeNull();
    }

    [Fact]
    public void A_missing_guard_is_refused()
    {
        Action none = () => _ = new CompositeGuard([null!]);
        Action nothing = () => _ = new CompositeGuard(null!);

        none.Should().Throw<ArgumentException>().WithMessage("A guard is null.*");
        nothing.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task Guards_refuse_null_and_stop_when_cancelled()
    {
        foreach (ILessonGuard guard in new ILessonGuard[] { new ReferenceLeakGuard(), new PromptInjectionGuard(), new SecretGuard(), LessonGuards.Default })
        {
            Func<Task> nothing = async () => await guard.InspectAsync(null!, default);
            Func<Task> cancelled = async () => await guard.InspectAsync(Context("x"), new(canceled: true));
            await nothing.Should().ThrowAsync<ArgumentNullException>();
            await cancelled.Should().ThrowAsync<OperationCanceledException>();
        }
    }

    private sealed class Fixed(string? reason, List<string> asked) : ILessonGuard
    {
        public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken)
        {
            asked.Add(reason ?? "");
            return new(reason);
        }
    }
}
