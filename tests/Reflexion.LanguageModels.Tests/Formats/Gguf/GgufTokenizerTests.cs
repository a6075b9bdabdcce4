using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GgufTokenizerTests
{
    private static readonly TokenizerSpec s_spec = new()
    {
        Kind = TokenizerKind.ByteLevel,
        Tokens = ["<s>", "a", "b", "ab"],
        TokenTypes = [TokenType.Control, TokenType.Normal, TokenType.Normal, TokenType.UserDefined],
        Merges = ["a b"],
        PreTokenizer = "smollm",
        BosId = 0,
        EosId = 1,
        EotId = 2,
        UnknownId = 3,
        PadId = 0,
        AddBos = true,
        AddEos = false,
        AddSpacePrefix = false,
        ChatTemplate = "{{ messages }}",
    };

    [Fact]
    public async Task A_tokenizer_comes_back_as_it_was()
    {
        (await WrittenAsync(s_spec)).Should().BeEquivalentTo(s_spec);
        TokenizerSpec pieces = new() { Kind = TokenizerKind.SentencePiece, Tokens = ["a", "b"], Scores = [0, -1.5f] };
        (await WrittenAsync(pieces)).Should().BeEquivalentTo(pieces);
    }

    [Theory]
    [InlineData("model", "bert", "the tokenizer model 'bert' is not supported; 'gpt2' and 'llama' are.")]
    [InlineData("model", null, "the metadata 'tokenizer.ggml.model' is missing")]
    [InlineData("tokens", null, "the metadata 'tokenizer.ggml.tokens' is missing")]
    [InlineData("tokens", new[] { 1 }, "is an array; an array of strings is expected")]
    [InlineData("token_type", new[] { 1 }, "'tokenizer.ggml.token_type' has 1 elements for 4 tokens")]
    [InlineData("scores", new[] { 1f }, "'tokenizer.ggml.scores' has 1 elements for 4 tokens")]
    [InlineData("token_type", "none", "an array of integers is expected")]
    [InlineData("bos_token_id", 4u, "'tokenizer.ggml.bos_token_id' is 4, but there are 4 tokens")]
    [InlineData("bos_token_id", -2, "'tokenizer.ggml.bos_token_id' is -2")]
    [InlineData("add_bos_token", 1u, "a truth value is expected")]
    public async Task What_is_wrong_is_refused_by_name(string key, object? value, string problem)
    {
        using TemporaryFolder folder = await ChangedAsync(key, value);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        FluentActions.Invoking(file.ReadTokenizer).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(-1)]
    public async Task A_token_that_is_said_not_to_be_is_none(object id)
    {
        using TemporaryFolder folder = await ChangedAsync("bos_token_id", id);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        file.ReadTokenizer().Should().BeEquivalentTo(s_spec with { BosId = null });
    }

    [Fact]
    public async Task Types_may_be_unsigned()
    {
        using TemporaryFolder folder = await ChangedAsync("token_type", (uint[])[3, 1, 1, 4]);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        file.ReadTokenizer().TokenTypes.Should().Equal(TokenType.Control, TokenType.Normal, TokenType.Normal, TokenType.UserDefined);
    }

    [SharedFact("models")]
    public void The_reference_models_have_tokenizers_and_shapes_that_go_together()
    {
        foreach (string path in Directory.EnumerateFiles(SharedFolder.PathOf("models"), "*.gguf", SearchOption.AllDirectories))
        {
            using GgufFile file = GgufFile.Open(path);
            if (file.Metadata.Contains("tokenizer.ggml.model"))
            {
                TokenizerSpec tokenizer = file.ReadTokenizer();
                tokenizer.Tokens.Should().NotBeEmpty();
                tokenizer.TokenTypes.Should().HaveSameCount(tokenizer.Tokens);
            }

            if (file.Find("model.embed_tokens.weight") is not null)
            {
                file.Config.VocabularySize.Should().Be(file.ReadTokenizer().Tokens.Length);
                file.Tensors.Should().OnlyContain(tensor => GgufNames.FromGguf(tensor.Name) != null);
                ModelShapes.Of(file.Config).Should().HaveSameCount(file.Tensors);
            }
        }
    }

    private static async Task<TokenizerSpec> WrittenAsync(TokenizerSpec spec)
    {
        using var folder = new TemporaryFolder();
        await GgufModelWriter.WriteAsync(folder.File("a.gguf"), SmallModels.Llama, [], tokenizer: spec);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));
        return file.ReadTokenizer();
    }

    private static async Task<TemporaryFolder> ChangedAsync(string key, object? value)
    {
        var folder = new TemporaryFolder();
        await GgufModelWriter.WriteAsync(folder.File("sound.gguf"), SmallModels.Llama, [], tokenizer: s_spec);
        using GgufFile sound = GgufFile.Open(folder.File("sound.gguf"));
        Dictionary<string, object> metadata = new(sound.Metadata.Values, StringComparer.Ordinal);
        metadata.Remove("tokenizer.ggml." + key);
        if (value is not null)
        {
            metadata["tokenizer.ggml." + key] = value;
        }

        await GgufWriter.WriteAsync(folder.File("a.gguf"), metadata, []);
        return folder;
    }
}
