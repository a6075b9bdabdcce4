using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ByteLevelTokenizerTests
{
    private static readonly Tokenizer Trained = Reflexion.Tests.Trained.Tokenizer;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_text_comes_back_to_the_letter(bool parseSpecial) =>
        Prop.ForAll(Texts.WellFormed, text => Trained.Decode(Trained.Encode(text, parseSpecial).AsSpan()) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_read_as_text_come_back() =>
        Prop.ForAll(Texts.Bytes, bytes => Trained.Decode(Trained.Encode(Texts.Utf8(bytes)).AsSpan()) == Texts.Utf8(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Lone_surrogates_become_replacement_characters()
    {
        foreach ((string text, string expected) in new[]
        {
            ("a\uD83Db", "a\uFFFDb"), ("\uDE42", "\uFFFD"), ("🙂\uD83D", "🙂\uFFFD"), ("\uDE42\uD83D\uD83D\uDE42", "\uFFFD\uFFFD🙂"),
        })
        {
            Trained.Decode(Trained.Encode(text).AsSpan()).Should().Be(expected);
        }
    }

    [Fact]
    public void Words_cached_and_not_cached_are_the_same()
    {
        Tokenizer fresh = Tokenizer.Create(Trained.Spec);

        for (int times = 0; times < 2; times++)
        {
            fresh.Encode(Reflexion.Tests.Trained.Text).Should().Equal(Trained.Encode(Reflexion.Tests.Trained.Text));
        }
    }

    [Fact]
    public void Threads_share_a_tokenizer()
    {
        ImmutableArray<int> expected = Trained.Encode(Reflexion.Tests.Trained.Text);

        Parallel.For(0, 20, _ => Trained.Encode(Reflexion.Tests.Trained.Text).SequenceEqual(expected).Should().BeTrue());
    }

    [Theory]
    [InlineData("a", 1_000_000)]
    [InlineData("🙂")]
    [InlineData(" ")]
    [InlineData("<")]
    [InlineData("<|im_end|>")]
    [InlineData("'")]
    [InlineData("1")]
    [InlineData("\n")]
    public void A_long_text_of_one_thing_is_read_and_comes_back(string piece, int length = 100_000)
    {
        string text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));

        Trained.Decode(Trained.Encode(text).AsSpan()).Should().Be(text);
    }

    [Fact]
    public void Control_tokens_are_read_on_request_only()
    {
        Trained.Encode("<|im_end|>").Should().NotContain(2).And.HaveCountGreaterThan(1);
        Trained.Encode("a<|im_end|>b", parseSpecial: true).Should().Equal([.. Trained.Encode("a"), 2, .. Trained.Encode("b")]);
        Trained.Decode([2, 2]).Should().Be("<|im_end|><|im_end|>");
        Trained.Decode([1, .. Trained.Encode("hi"), 2], skipSpecial: true).Should().Be("hi");
    }

    [Fact]
    public void User_defined_tokens_are_always_read_and_the_longest_wins()
    {
        Tokenizer tokenizer = Tokenizer.Create(Bytes() with
        {
            Tokens = [.. Bytes().Tokens, "<a", "<ab>", "<ab"],
            TokenTypes = [.. Bytes().TokenTypes, TokenType.UserDefined, TokenType.UserDefined, TokenType.Control],
        });

        tokenizer.Encode("x<ab>").Should().Equal('x', 257);
        tokenizer.Encode("<ab<a").Should().Equal(256, 'b', 256);
        tokenizer.Encode("<ab<a", parseSpecial: true).Should().Equal(258, 256);
        tokenizer.Decode([256, 257]).Should().Be("<a<ab>");
    }

    [Fact]
    public void A_word_that_is_a_token_needs_no_merges_where_they_are_ignored()
    {
        TokenizerSpec spec = Bytes() with { Tokens = [.. Bytes().Tokens, "abc"], TokenTypes = [.. Bytes().TokenTypes, TokenType.Normal] };

        Tokenizer.Create(spec with { IgnoreMerges = true }).Encode("abc abc").Should().Equal(256, ' ', 'a', 'b', 'c');
        Tokenizer.Create(spec with { PreTokenizer = "llama-bpe" }).Encode("abc").Should().Equal(256);
        Tokenizer.Create(spec).Encode("abc").Should().Equal('a', 'b', 'c');
    }

    [Fact]
    public void Begin_and_end_tokens_are_added_on_request_where_the_model_wants_them()
    {
        TokenizerSpec spec = Bytes() with { BosId = 1, EosId = 2, AddBos = true, AddEos = true };

        Tokenizer.Create(spec).Encode("a").Should().Equal('a');
        Tokenizer.Create(spec).Encode("a", addSpecial: true).Should().Equal(1, 'a', 2);
        Tokenizer.Create(spec with { AddBos = null, AddEos = null }).Encode("a", addSpecial: true).Should().Equal('a');
        Tokenizer.Create(spec with { BosId = null, EosId = null }).Encode("a", addSpecial: true).Should().Equal('a');
    }

    [Fact]
    public void Generation_ends_at_the_end_of_text_of_turn_and_at_what_models_call_so()
    {
        TokenizerSpec spec = Bytes() with
        {
            Tokens = [.. Bytes().Tokens, "<|im_end|>", "<|endoftext|>", "</s>"],
            TokenTypes = [.. Bytes().TokenTypes, TokenType.Control, TokenType.Control, TokenType.Normal],
            EosId = 7,
            EotId = 256,
        };

        Tokenizer.Create(spec).EndIds.Should().Equal(7, 256, 257);
    }

    [Fact]
    public void Bytes_without_a_token_are_unknown()
    {
        TokenizerSpec spec = Bytes() with { Tokens = Bytes().Tokens.SetItem('q', "qq") };

        Tokenizer.Create(spec with { UnknownId = 5 }).Encode("aqa").Should().Equal('a', 5, 'a');
        Refusal(spec).Should().Be("the tokenizer: the tokenizer has no token for the byte 0x71, nor one for what is unknown.");
    }

    [Fact]
    public void Descriptions_that_contradict_themselves_are_refused()
    {
        Refusal(Bytes() with { Tokens = [], TokenTypes = [] }).Should().EndWith("the tokenizer has no tokens.");
        Refusal(Bytes() with { TokenTypes = [TokenType.Normal] }).Should().EndWith("the tokenizer has 256 tokens and 1 token types.");
        Refusal(Bytes() with { Scores = [1f] }).Should().EndWith("the tokenizer has 256 tokens and 1 scores.");
        Refusal(Bytes() with { BosId = 256 }).Should().EndWith("the token that begins a sequence is 256, and there are 256 tokens.");
        Refusal(Bytes() with { EosId = -1 }).Should().EndWith("the token that ends a sequence is -1, and there are 256 tokens.");
        Refusal(Bytes() with { PreTokenizer = "falcon" }).Should().Contain("the pre-tokenizer 'falcon' is not known; known are deepseek-r1-qwen, default, gpt-2");
        Refusal(Bytes() with { Merges = ["a"] }).Should().Contain("the merge 'a' (number 0) is no two tokens that make a third.");
        Refusal(Bytes() with { Merges = ["a b"], Source = "x.gguf" }).Should().Be("x.gguf: the merge 'a b' (number 0) is no two tokens that make a third.");
    }

    [Fact]
    public void Types_that_are_not_known_count_as_text() =>
        Tokenizer.Create(Bytes() with { TokenTypes = [.. Enumerable.Repeat((TokenType)0, 256)] }).Encode("ab").Should().Equal('a', 'b');

    [Fact]
    public void What_a_tokenizer_is_can_be_asked()
    {
        Tokenizer tokenizer = Tokenizer.Create(Bytes() with { BosId = 1, PadId = 2 });

        (tokenizer.VocabularySize, tokenizer.BosId, tokenizer.PadId).Should().Be((256, 1, 2));
        tokenizer.ChatTemplate.Should().BeNull();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void An_id_that_is_no_token_is_refused(int id)
    {
        Action decode = () => Tokenizer.Create(Bytes()).Decode([id]);

        decode.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The vocabulary has 256 tokens.*");
    }

    private static string Refusal(TokenizerSpec spec)
    {
        Action create = () => Tokenizer.Create(spec);
        return create.Should().Throw<ModelFormatException>().Which.Message;
    }

    /// <summary>A vocabulary of the 256 bytes, each byte its own id.</summary>
    private static TokenizerSpec Bytes() => new()
    {
        Kind = TokenizerKind.ByteLevel,
        Tokens = [.. Enumerable.Range(0, 256).Select(value => ByteLetters.LetterOf((byte)value).ToString())],
        TokenTypes = [.. Enumerable.Repeat(TokenType.Normal, 256)],
    };
}
