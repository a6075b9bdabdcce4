using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class WordCutterTests
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    [Theory]
    [InlineData("gpt2", Gpt2)]
    [InlineData("llama3", Llama3)]
    [InlineData("qwen2", @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")]
    public void Cutters_cut_as_their_regular_expressions_do(string name, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);

        Prop.ForAll(Texts.OfBasicCharacters, text => Words.Cut(name, text).SequenceEqual(regex.Matches(text).Select(match => match.Value))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Smollm_cuts_numeric_characters_out_before_it_cuts_words()
    {
        var regex = new Regex(Gpt2, RegexOptions.CultureInvariant);
        IEnumerable<string> Cut(string text) => Regex.Split(text, @"(\p{N})").SelectMany(part => regex.Matches(part)).Select(match => match.Value);

        Prop.ForAll(Texts.OfBasicCharacters, text => Words.Cut("smollm", text).SequenceEqual(Cut(text))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("smollm")]
    [InlineData("qwen2")]
    [InlineData("llama3")]
    public void Every_character_falls_into_a_word_and_no_surrogate_pair_is_torn(string name) =>
        Prop.ForAll(Texts.WellFormed, text =>
        {
            List<string> words = Words.Cut(name, text);
            return string.Concat(words) == text && words.TrueForAll(word => word.Length > 0 && !char.IsLowSurrogate(word[0]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("gpt2", "𝒳𐌰 𝟘1", "𝒳𐌰| 𝟘1")]
    [InlineData("smollm", "𝒳𐌰 𝟘1", "𝒳𐌰| |𝟘|1")]
    [InlineData("llama3", "🙂𝒳 𝟘123", "🙂𝒳| |𝟘12|3")]
    [InlineData("qwen2", "I'ſ it'LL", "I|'ſ| it|'LL")]
    [InlineData("gpt2", "I'ſ it'LL", "I|'|ſ| it|'|LL")]
    public void Characters_beyond_the_basic_plane_and_folded_letters_count_by_their_category(string name, string text, string words) =>
        string.Join('|', Words.Cut(name, text)).Should().Be(words);

    [Theory]
    [InlineData("default", "gpt2")]
    [InlineData("gpt-2", "gpt2")]
    [InlineData("llama-bpe", "llama3")]
    [InlineData("llama-v3", "llama3")]
    [InlineData("deepseek-r1-qwen", "qwen2")]
    public void Cutters_go_by_several_names(string name, string other) => WordCutter.Find(name).Should().BeSameAs(WordCutter.Find(other));

    [Fact]
    public void A_name_that_is_not_known_finds_nothing() => WordCutter.Find("falcon").Should().BeNull();
}
