using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class TokenDecoderTests
{
    private static readonly Tokenizer Trained = Reflexion.Tests.Trained.Tokenizer;

    [Fact]
    public void No_half_character_is_given_out()
    {
        Tokenizer bytes = BytePairTrainer.Train([], new BytePairTrainerOptions { VocabularySize = 259 });
        TokenDecoder decoder = bytes.CreateDecoder();

        bytes.Encode("é🙂!").Select(decoder.Append).Should().Equal("", "é", "", "", "", "🙂", "!");
        decoder.Flush().Should().BeEmpty();
    }

    [Fact]
    public void What_stays_incomplete_is_replaced_at_the_end_and_the_decoder_is_as_new()
    {
        TokenDecoder decoder = Trained.CreateDecoder();

        decoder.Append([3 + 0xF0, 3 + 0x9F]).Should().BeEmpty();
        decoder.Flush().Should().Be("\uFFFD");
        decoder.Append(Trained.Encode("ok").AsSpan()).Should().Be("ok");
        decoder.Flush().Should().BeEmpty();
    }

    [Fact]
    public void Bytes_that_cannot_go_on_are_replaced_at_once()
    {
        TokenDecoder decoder = Trained.CreateDecoder();

        decoder.Append(3 + 0xF0).Should().BeEmpty();
        decoder.Append(3 + 'a').Should().Be("\uFFFDa");
        decoder.Append(3 + 0xFF).Should().Be("\uFFFD");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pieces_put_together_are_the_whole(bool skipSpecial) =>
        Prop.ForAll(Gen.Choose(0, Trained.VocabularySize - 1).ArrayOf().ToArbitrary(), ids =>
        {
            TokenDecoder decoder = Trained.CreateDecoder(skipSpecial);
            return string.Concat(ids.Select(decoder.Append)) + decoder.Flush() == Trained.Decode(ids, skipSpecial);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_become_the_text_that_utf8_makes_of_them() =>
        Prop.ForAll(Texts.Bytes, bytes => Trained.Decode([.. bytes.Select(value => value + 3)]) == Texts.Utf8(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_very_long_token_is_decoded()
    {
        string letter = new('a', 3_000);
        Tokenizer tokenizer = Tokenizer.Create(Trained.Spec with
        {
            Tokens = [.. Trained.Spec.Tokens, letter],
            TokenTypes = [.. Trained.Spec.TokenTypes, TokenType.UserDefined],
        });

        tokenizer.Decode([tokenizer.VocabularySize - 1]).Should().Be(letter);
    }
}
