using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class RefinementFeaturesTests
{
    [Fact]
    public async Task The_null_arm_has_the_state_and_zeros()
    {
        SelectorArms arms = await new RefinementFeatures().ExtractAsync(RefinementSamples.Context(before: 0.25, trials: 2), ["Open the drawer."]);

        arms.Features[0].Should().Equal([1, 0.25, 0.4, .. new double[RefinementFeatures.Names.Length - 3]]);
        arms.Features[1].Take(6).Should().Equal(1, 0.25, 0.4, 1, 0.25, 0.4);
        arms.FeatureCount.Should().Be(RefinementFeatures.Names.Length);
        RefinementFeatures.Names.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Features_are_what_their_names_say()
    {
        RetrospectiveContext context = RefinementSamples.Context(
            lessons: [RefinementSamples.Lesson("Open the drawer", 0.5), RefinementSamples.Lesson("Think", -1)], told: RefinementSamples.Told("Open the fridge"));

        SelectorArms arms = await new RefinementFeatures().ExtractAsync(context, ["Open the cabinet. The red mug stands there!", "Think; think"]);

        // "open the cabinet the red mug stands there": 8 words, 7 distinct, 2 sentences.
        Feature(arms, 1, "length").Should().BeApproximately(Math.Log(9) / Math.Log(501), 1e-4);
        Feature(arms, 1, "variety").Should().Be(0.875);
        Feature(arms, 1, "sentence_length").Should().Be(0.08);
        Feature(arms, 1, "task_words").Should().BeApproximately(3 / 7.0, 1e-4, "the, red and mug are in the task");
        Feature(arms, 1, "attempt_words").Should().BeApproximately(4 / 7.0, 1e-4, "open, cabinet, stands and there are in the attempt");
        Feature(arms, 1, "feedback_words").Should().Be(0);
        Feature(arms, 1, "lesson_words").Should().Be(0.25, "2 of 8 words are in both");
        Feature(arms, 1, "last_refinement").Should().Be(0.25);
        Feature(arms, 1, "agreement").Should().Be(0);
        Feature(arms, 1, "lesson_utility").Should().Be(0.5);
        Feature(arms, 2, "variety").Should().Be(0.5);
        Feature(arms, 2, "sentence_length").Should().Be(0.02);
        Feature(arms, 2, "lesson_words").Should().Be(1);
        Feature(arms, 2, "lesson_utility").Should().Be(-1);
        Feature(arms, 2, "task_meaning").Should().Be(0);
    }

    [Fact]
    public async Task Refinements_that_say_the_same_agree()
    {
        SelectorArms arms = await new RefinementFeatures().ExtractAsync(RefinementSamples.Context(), ["Open drawers", "open DRAWERS", "wrong colour"]);

        Feature(arms, 1, "agreement").Should().Be(0.5);
        Feature(arms, 3, "agreement").Should().Be(0);
        Feature(arms, 3, "feedback_words").Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("…!?")]
    public async Task A_text_without_words_has_zeros(string text)
    {
        SelectorArms arms = await new RefinementFeatures().ExtractAsync(RefinementSamples.Context(), [text]);

        arms.Features[1].Skip(6).Should().AllSatisfy(feature => feature.Should().Be(0));
    }

    [Fact]
    public async Task All_features_lie_between_minus_one_and_one()
    {
        RetrospectiveContext context = RefinementSamples.Context(before: 1, trials: 40, lessons: [RefinementSamples.Lesson("word", -1)]);
        SelectorArms arms = await new RefinementFeatures().ExtractAsync(context, [string.Join(' ', Enumerable.Repeat("word", 5_000))]);

        arms.Features.SelectMany(arm => arm).Should().OnlyContain(feature => feature >= -1 && feature <= 1);
        Feature(arms, 1, "length").Should().Be(1);
        Feature(arms, 1, "sentence_length").Should().Be(1);
    }

    [Fact]
    public async Task Meaning_is_the_cosine_of_embeddings_asked_for_in_one_call()
    {
        var generator = new FakeEmbeddings(text => text.Contains("red mug", StringComparison.Ordinal) ? [1, 0] : text.Contains("cabinet", StringComparison.Ordinal) ? [0, 2] : [3, 4]);

        SelectorArms arms = await new RefinementFeatures(generator).ExtractAsync(RefinementSamples.Context(), ["elsewhere", "the red mug"]);

        Feature(arms, 1, "task_meaning").Should().Be(0.6);
        Feature(arms, 1, "attempt_meaning").Should().Be(0.8);
        Feature(arms, 2, "task_meaning").Should().Be(1);
        Feature(arms, 2, "attempt_meaning").Should().Be(0);
        generator.Calls.Should().ContainSingle().Which.Should().Equal("Find the red mug.", "Look here.\nopen cabinet\nThere stands a blue cup.\ncup", "elsewhere", "the red mug");
    }

    [Fact]
    public async Task Embeddings_without_a_direction_or_of_different_lengths_are_not_alike()
    {
        SelectorArms none = await new RefinementFeatures(new FakeEmbeddings(_ => [0, 0])).ExtractAsync(RefinementSamples.Context(), ["a"]);
        SelectorArms uneven = await new RefinementFeatures(new FakeEmbeddings(text => new float[text.Length])).ExtractAsync(RefinementSamples.Context(), ["a"]);

        Feature(none, 1, "task_meaning").Should().Be(0);
        Feature(uneven, 1, "task_meaning").Should().Be(0);
    }

    [Fact]
    public async Task A_generator_that_returns_too_few_is_named()
    {
        var features = new RefinementFeatures(new FakeEmbeddings(_ => [1]) { Missing = 1 });

        await FluentActions.Awaiting(() => features.ExtractAsync(RefinementSamples.Context(), ["a"]).AsTask())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("FakeEmbeddings returned 2 embeddings for 3 texts*");
    }

    [Fact]
    public async Task Only_the_end_of_a_very_long_attempt_is_looked_at()
    {
        Trial trial = RefinementSamples.Trial(1, 0);
        RetrospectiveContext context = RefinementSamples.Context() with
        {
            Trials = [trial with { Trajectory = trial.Trajectory with { Answer = new string('x', 7_999) } }],
        };

        SelectorArms arms = await new RefinementFeatures().ExtractAsync(context, ["cabinet"]);

        Feature(arms, 1, "attempt_words").Should().Be(0);
    }

    [Fact]
    public async Task There_is_nothing_to_describe_before_a_first_trial()
    {
        RetrospectiveContext context = RefinementSamples.Context(trials: 0);

        await FluentActions.Awaiting(() => new RefinementFeatures().ExtractAsync(context, ["a"]).AsTask()).Should().ThrowAsync<ArgumentException>();
    }

    private static double Feature(SelectorArms arms, int arm, string name) => arms.Features[arm][RefinementFeatures.Names.IndexOf(name)];

    private sealed class FakeEmbeddings(Func<string, float[]> embed) : IEmbeddingGenerator<string, Embedding<float>>
    {
        internal List<ImmutableArray<string>> Calls { get; } = [];

        internal int Missing { get; init; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls.Add([.. values]);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Skip(Missing).Select(text => new Embedding<float>(embed(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
