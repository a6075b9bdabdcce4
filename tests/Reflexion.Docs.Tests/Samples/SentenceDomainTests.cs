using Reflexion.Samples.Sentences;

namespace Reflexion.Tests;

public sealed class SentenceDomainTests
{
    [Fact]
    public void No_word_is_in_two_parts()
    {
        string[][] parts = [.. Enum.GetValues<SentencePart>().Select(part => new SentenceDomain(part, 200).Tasks.SelectMany(task => SentenceDomain.WordsOf(task.Task)).Distinct().ToArray())];

        parts.SelectMany(words => words).Should().OnlyHaveUniqueItems();
        parts.Should().OnlyContain(words => words.Length > 20);
    }

    [Fact]
    public void Tasks_are_drawn_by_the_seed()
    {
        Instructions(1).Should().Equal(Instructions(1)).And.NotEqual(Instructions(2));

        static IEnumerable<string> Instructions(int seed) => new SentenceDomain(SentencePart.Train, 20, seed: seed).Tasks.Select(task => task.Task.Instruction);
    }

    [Fact]
    public void A_task_asks_for_four_different_words()
    {
        foreach (DomainTask task in new SentenceDomain(SentencePart.Test, 50).Tasks)
        {
            string[] words = SentenceDomain.WordsOf(task.Task);

            words.Should().HaveCount(4).And.OnlyHaveUniqueItems();
            task.Task.Instruction.Should().Be($"Write one sentence with the words {words[0]}, {words[1]}, {words[2]} and {words[3]}.");
        }
    }

    [Theory]
    [InlineData("The {0} saw a {1}, {2}-like; and the {3}!")]
    [InlineData("{0}\n{1}\n{2}\n{3}")]
    [InlineData("The {0} and the {1} and the {2}s.", 2, 3)]
    [InlineData("Un{0}ed.", 0, 1, 2, 3)]
    [InlineData("", 0, 1, 2, 3)]
    public void Whole_words_count_in_any_case(string format, params int[] lacking)
    {
        AgentTask task = new SentenceDomain(SentencePart.Test, 1).Tasks[0].Task;
        string[] words = SentenceDomain.WordsOf(task);
        string sentence = string.Format(null, format, [.. words.Select(word => word.ToUpperInvariant())]);

        SentenceDomain.Lacking(task, sentence).Should().Equal(lacking.Select(index => words[index]));
    }
}
