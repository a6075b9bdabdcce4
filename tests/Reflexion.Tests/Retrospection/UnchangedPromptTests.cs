namespace Reflexion.Tests;

public class UnchangedPromptTests
{
    [Fact]
    public async Task The_prompt_is_left_as_it_is()
    {
        var context = new RetrospectiveContext { Task = EvaluationSamples.Task, BasePrompt = EvaluationSamples.BasePrompt, Lessons = [EvaluationSamples.Lesson("a")] };
        (await new UnchangedPrompt().RewriteAsync(context, CancellationToken.None)).Should().BeSameAs(EvaluationSamples.BasePrompt);
        await FluentActions.Awaiting(() => new UnchangedPrompt().RewriteAsync(null!, CancellationToken.None).AsTask()).Should().ThrowAsync<ArgumentNullException>();
    }
}
