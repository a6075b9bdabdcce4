using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class ExperienceExportTests
{
    private static readonly Experience[] s_experiences =
    [
        Samples.Experience("good", 0.25, 1),
        Samples.Experience("bad", 0.25, 0),
        Samples.Experience("same", 0.25, 0.25),
        Samples.Experience("good", 0.25, 0.5),
        Samples.Experience("", 0.25, 1),
        Samples.Experience("elsewhere", 0, 0.5) with { Prompt = "another state", Instructions = null },
    ];

    [Fact]
    public void Positively_rated_refinements_are_imitated()
    {
        Answers(s_experiences.ToSft()).Should().Equal("good", "good", "elsewhere");
        Answers(s_experiences.ToSft(above: 0.5)).Should().Equal("good");
        Answers(s_experiences.ToSft(experience => -experience.DeltaG)).Should().Equal("bad");
        s_experiences.ToSft().Last().Messages.Select(message => message.Role).Should().Equal("user", "assistant");

        static IEnumerable<string> Answers(IEnumerable<SftExample> examples) => examples.Select(example => example.Messages[^1].Content);
    }

    [Fact]
    public void Pairs_are_of_one_state_and_differ_enough()
    {
        Pairs(0.01).Should().Equal(("good", "bad", 1), ("good", "same", 0.75), ("same", "bad", 0.25), ("good", "bad", 0.5), ("good", "same", 0.25));
        Pairs(0.75).Should().Equal(("good", "bad", 1), ("good", "same", 0.75));
        FluentActions.Invoking(() => s_experiences.ToDpo(minMargin: 0)).Should().Throw<ArgumentOutOfRangeException>();

        static IEnumerable<(string, string, double)> Pairs(double minMargin) =>
            s_experiences.ToDpo(minMargin: minMargin).Select(pair => (pair.Chosen[0].Content, pair.Rejected[0].Content, pair.Margin));
    }

    [Fact]
    public void Rewards_are_the_ones_asked_for()
    {
        s_experiences.ToRl().Select(prompt => prompt.Reward).Should().Equal(0.75, -0.25, 0, 0.25, 0.5);
        s_experiences.Select(experience => experience.WithNullReturns(0.5)).ToRl(experience => experience.Gain!.Value).Select(prompt => prompt.Reward).Should().Equal(0.5, -0.5, -0.25, 0, 0);
    }
}
