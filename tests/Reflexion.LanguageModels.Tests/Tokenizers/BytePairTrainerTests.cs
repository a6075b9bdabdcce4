using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class BytePairTrainerTests
{
    private static readonly BytePairTrainerOptions Bare = new() { SpecialTokens = [], EndToken = null, PadToken = null, MinFrequency = 1, PreTokenizer = "gpt2" };

    [Fact]
    public void The_most_frequent_pairs_become_tokens()
    {
        Tokenizer tokenizer = BytePairTrainer.Train(["hug hug hug pug pun bun hugs"], Bare with { VocabularySize = 260 });

        tokenizer.Spec.Merges.Should().Equal("u g", "h ug", "Ġ hug", "Ġ p");
        tokenizer.Encode("hug pun").Select(id => tokenizer.Decode([id])).Should().Equal("hug", " p", "u", "n");
    }

    [Fact]
    public void Of_equally_frequent_pairs_the_one_of_lower_bytes_comes_first() =>
        BytePairTrainer.Train(["dc", "ba"], Bare with { VocabularySize = 258 }).Spec.Merges.Should().Equal("b a", "d c");

    [Fact]
    public void Pairs_below_the_least_frequency_are_left_alone()
    {
        Tokenizer tokenizer = BytePairTrainer.Train(["ab ab ac"], Bare with { VocabularySize = 300, MinFrequency = 2 });

        tokenizer.Spec.Merges.Should().Equal("Ġ a");
    }

    [Fact]
    public void Learning_is_that_of_the_definition() =>
        Prop.ForAll(
            Gen.Elements("a", "b", "ab", "aab", " ", "c").ListOf().Select(string.Concat).ToArbitrary(),
            text => BytePairTrainer.Train([text], Bare with { VocabularySize = 270 }).Spec.Merges.SequenceEqual(ByDefinition(text, 14))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_text_makes_the_same_vocabulary_however_it_is_cut_into_texts()
    {
        string[] lines = Trained.Text.Split('\n').Select(line => line + "\n").ToArray();

        Tokenizer forwards = BytePairTrainer.Train(lines);
        Tokenizer backwards = BytePairTrainer.Train(lines.Reverse());

        forwards.Spec.Tokens.Should().Equal(backwards.Spec.Tokens);
        forwards.Spec.Merges.Should().Equal(backwards.Spec.Merges);
    }

    [Fact]
    public void Special_tokens_bytes_and_roles_lie_as_documented()
    {
        Tokenizer tokenizer = BytePairTrainer.Train(["text"], new BytePairTrainerOptions { VocabularySize = 259, BeginToken = "<|im_start|>" });

        tokenizer.VocabularySize.Should().Be(259);
        tokenizer.Decode([0, 1, 2, 3 + 'a']).Should().Be("<|endoftext|><|im_start|><|im_end|>a");
        (tokenizer.BosId, tokenizer.PadId).Should().Be((1, 0));
        tokenizer.EndIds.Should().Equal(2, 0);
        tokenizer.Encode("a", addSpecial: true).Should().Equal(1, 3 + 'a');
        tokenizer.ChatTemplate!.Source.Should().Contain("im_start");
    }

    [Fact]
    public void A_text_that_is_one_long_word_is_learnt_from_in_pieces()
    {
        Tokenizer tokenizer = BytePairTrainer.Train([new string('a', 300_000), "b" + string.Concat(Enumerable.Repeat("🙂", 70_000))], Bare with { VocabularySize = 300 });

        tokenizer.Encode(new string('a', 128)).Should().HaveCount(1);
    }

    [Fact]
    public void No_text_makes_a_vocabulary_of_bytes() =>
        BytePairTrainer.Train([], Bare).VocabularySize.Should().Be(256);

    [Fact]
    public void Options_that_contradict_themselves_are_refused()
    {
        Refusal(Bare with { VocabularySize = 255 }).Should().BeOfType<ArgumentOutOfRangeException>();
        Refusal(Bare with { MinFrequency = 0 }).Should().BeOfType<ArgumentOutOfRangeException>();
        Refusal(Bare with { SpecialTokens = ["a", "a"] }).Message.Should().StartWith("Special tokens must be different texts that are not empty.");
        Refusal(Bare with { SpecialTokens = [""] }).Message.Should().StartWith("Special tokens must be different texts that are not empty.");
        Refusal(Bare with { EndToken = "end" }).Message.Should().StartWith("The token 'end' is none of the special tokens.");
        Refusal(Bare with { PreTokenizer = "falcon" }).Message.Should().StartWith("The pre-tokenizer 'falcon' is not known; known are");
    }

    private static ArgumentException Refusal(BytePairTrainerOptions options)
    {
        Action train = () => BytePairTrainer.Train(["text"], options);
        return train.Should().Throw<ArgumentException>().Which;
    }

    private static List<string> ByDefinition(string text, int most)
    {
        List<List<string>> words = [.. Words.Cut("gpt2", text).Select(word => word.Select(letter => letter == ' ' ? "Ġ" : letter.ToString()).ToList())];
        List<string> order = [.. Enumerable.Range(0, 256).Select(value => ByteLetters.LetterOf((byte)value).ToString())];
        List<string> merges = [];
        while (order.Count < 256 + most)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1)))
                .GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => order.IndexOf(group.Key.First)).ThenBy(group => order.IndexOf(group.Key.Second))
                .FirstOrDefault();
            if (best is null)
            {
                break;
            }

            (string left, string right) = best.Key;
            merges.Add($"{left} {right}");
            if (!order.Contains(left + right))
            {
                order.Add(left + right);
            }

            foreach (List<string> word in words)
            {
                for (int at = 0; at + 1 < word.Count; at++)
                {
                    if (word[at] == left && word[at + 1] == right)
                    {
                        word[at] = left + right;
                        word.RemoveAt(at + 1);
                    }
                }
            }
        }

        return merges;
    }
}
