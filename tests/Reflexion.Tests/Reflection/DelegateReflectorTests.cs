namespace Reflexion.Tests;

public class DelegateReflectorTests
{
    private static readonly ReflectionContext Context = new() { Task = EvaluationSamples.Task, Trial = EvaluationSamples.Trial(EvaluationSamples.Searched, null, number: 4) };

    [Fact]
    public async Task A_lambda_may_wait()
    {
        using var source = new CancellationTokenSource();
        var reflector = new DelegateReflector(async (context, token) =>
        {
            await Task.Yield();
            token.Should().Be(source.Token);
            return new LessonDraft($"trial {context.Trial.Number}") { Plan = "p" };
        });
        LessonDraft? draft = await reflector.ReflectAsync(Context, source.Token);
        (draft!.Text, draft.Plan).Should().Be(("trial 4", "p"));
    }

    [Theory]
    [InlineData("Search first.", "Search first.")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public async Task A_lambda_may_give_a_text_or_nothing(string? text, string? expected) =>
        (await new DelegateReflector(_ => text).ReflectAsync(Context, CancellationToken.None))?.Text.Should().Be(expected);

    [Fact]
    public async Task Blank_is_no_lesson() => (await new DelegateReflector(_ => " ").ReflectAsync(Context, CancellationToken.None)).Should().BeNull();

    [Fact]
    public void Null_is_refused()
    {
        FluentActions.Invoking(() => new DelegateReflector((Func<ReflectionContext, string?>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new DelegateReflector((Func<ReflectionContext, CancellationToken, ValueTask<LessonDraft?>>)null!)).Should().Throw<ArgumentNullException>();
    }
}
