using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class SentencePieceTokenizerTests
{
    private const int FirstByte = 3;

    // After the control tokens and the bytes: pieces with their scores.
    private static readonly (string Text, float Score)[] Pieces =
    [
        ("▁", -10), ("a", -11), ("b", -12), ("ab", -1), ("▁a", -2), ("▁ab", -3), ("ba", -1), ("▁▁", -4), ("é", -13), ("🙂", -14), ("🙂a", -5), ("xa", -6),
    ];

    private static readonly Tokenizer Small = Tokenizer.Create(Spec());

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "▁a")]
    [InlineData("ab", "▁ab")]
    [InlineData(" ab", "▁ ▁ab")]
    [InlineData("ab ab", "▁ab ▁ab")]
    [InlineData("aba", "▁ab a")]
    [InlineData("bab", "▁ ba b")]
    [InlineData("é", "▁ é")]
    [InlineData("🙂a", "▁ 🙂a")]
    [InlineData("xa", "▁ xa")]
    public void Higher_scores_merge_first_and_of_equal_ones_the_leftmost(string text, string pieces) =>
        Names(Small.Encode(text)).Should().Be(pieces);

    [Fact]
    public void Characters_that_are_no_tokens_are_spelt_in_bytes()
    {
        Small.Encode("ß").Should().Equal(Id("▁"), FirstByte + 0xC3, FirstByte + 0x9F);
        Small.Encode("\0").Should().Equal(Id("▁"), FirstByte);
        Small.Encode("<0x41>").Should().NotContain(FirstByte + 0x41);
    }

    [Fact]
    public void Without_byte_tokens_neighbours_that_are_unknown_are_one_unknown_token()
    {
        TokenizerSpec spec = Spec() with { TokenTypes = [.. Spec().TokenTypes.Select(type => type == TokenType.Byte ? TokenType.Unused : type)] };

        Tokenizer.Create(spec).Encode("ßñaß").Should().Equal(Id("▁"), 0, Id("a"), 0);
        Action create = () => Tokenizer.Create(spec with { UnknownId = null });
        create.Should().Throw<ModelFormatException>().WithMessage("*the tokenizer has no token for the byte 0x00, nor one for what is unknown.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_text_comes_back_to_the_letter(bool addSpacePrefix)
    {
        Tokenizer tokenizer = Tokenizer.Create(Spec() with { AddSpacePrefix = addSpacePrefix });

        Prop.ForAll(Texts.WellFormed, text => tokenizer.Decode(tokenizer.Encode(text, parseSpecial: true).AsSpan()) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_after_a_control_token_begins_anew()
    {
        Small.Encode("a</s>a", parseSpecial: true).Should().Equal(Id("▁a"), 2, Id("▁a"));
        Small.Decode([Id("▁a"), 2, Id("▁a")]).Should().Be("a</s>a");
        Small.Decode([1, Id("▁a"), 2], skipSpecial: true).Should().Be("a");
        Small.Encode("</s>").Should().NotContain(2);
    }

    [Fact]
    public void No_space_is_put_before_text_where_the_model_does_not_want_it()
    {
        Tokenizer tokenizer = Tokenizer.Create(Spec() with { AddSpacePrefix = false });

        tokenizer.Encode("ab").Should().Equal(Id("ab"));
        tokenizer.Decode([Id("▁ab")]).Should().Be(" ab");
    }

    [Fact]
    public void Sequences_begin_with_their_token_unless_the_file_says_otherwise()
    {
        Small.Encode("a", addSpecial: true).Should().Equal(1, Id("▁a"));
        Tokenizer.Create(Spec() with { AddBos = false }).Encode("a", addSpecial: true).Should().Equal(Id("▁a"));
    }

    [Fact]
    public void Tokens_that_cross_words_are_found()
    {
        TokenizerSpec spec = Spec();
        Tokenizer tokenizer = Tokenizer.Create(spec with
        {
            Tokens = [.. spec.Tokens, "b▁", "ab▁a"],
            TokenTypes = [.. spec.TokenTypes, TokenType.Normal, TokenType.Normal],
            Scores = [.. spec.Scores, -0.5f, 0],
        });

        tokenizer.Encode("ab ab").Should().Equal(Id("▁a"), spec.Tokens.Length, Id("ab"));
        tokenizer.Encode("bab a").Should().Equal(Id("▁"), Id("ba"), spec.Tokens.Length, Id("a"));
    }

    [Fact]
    public void Merges_rank_pairs_where_there_are_no_scores()
    {
        Tokenizer tokenizer = Tokenizer.Create(Spec() with { Scores = [], Merges = ["a b", "▁ a"] });

        Names(tokenizer.Encode("ab a")).Should().Be("▁ ab ▁a");
    }

    [Fact]
    public void Scores_written_as_merges_mean_the_same()
    {
        // Merges cannot say that two tokens rank alike.
        TokenizerSpec spec = Spec() with { Scores = Spec().Scores.SetItem(Id("ba"), -1.5f) };
        Tokenizer byScores = Tokenizer.Create(spec);
        Tokenizer byMerges = Tokenizer.Create(spec with { Scores = [], Merges = MergeTables.MergesOfScores(spec) });

        Prop.ForAll(
            Gen.Elements("a", "b", " ", "é", "🙂", "ß").ListOf().Select(string.Concat).ToArbitrary(),
            text => byMerges.Encode(text).SequenceEqual(byScores.Encode(text))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_long_text_of_one_letter_is_read_and_comes_back()
    {
        string text = new('a', 200_000);

        Small.Decode(Small.Encode(text).AsSpan()).Should().Be(text);
    }

    [Fact]
    public void Descriptions_that_contradict_themselves_are_refused()
    {
        Refusal(Spec() with { Scores = [] }).Should().Contain("a SentencePiece tokenizer needs the scores of its tokens, or merges.");
        Refusal(Spec() with { Scores = [.. Spec().Scores.Select(_ => float.NaN)] }).Should().Contain("a token's score is not a number.");
        Refusal(Spec() with { Tokens = Spec().Tokens.SetItem(FirstByte, "<0xZZ>") }).Should().Contain("the byte token '<0xZZ>' is not written like <0x0A>.");
    }

    private static int Id(string piece) => FirstByte + 256 + Array.FindIndex(Pieces, known => known.Text == piece);

    private static string Names(ImmutableArray<int> ids) => string.Join(' ', ids.Select(id => Small.Spec.Tokens[id]));

    private static string Refusal(TokenizerSpec spec)
    {
        Action create = () => Tokenizer.Create(spec);
        return create.Should().Throw<ModelFormatException>().Which.Message;
    }

    private static TokenizerSpec Spec() => new()
    {
        Kind = TokenizerKind.SentencePiece,
        Tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), .. Pieces.Select(piece => piece.Text)],
        TokenTypes =
        [
            TokenType.Unknown, TokenType.Control, TokenType.Control, .. Enumerable.Repeat(TokenType.Byte, 256), .. Pieces.Select(_ => TokenType.Normal),
        ],
        Scores = [.. Enumerable.Repeat(0f, 259), .. Pieces.Select(piece => piece.Score)],
        UnknownId = 0,
        BosId = 1,
        EosId = 2,
    };
}
