using System.Text.Json;
using System.Text.Json.Nodes;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class TokenizerFilesTests
{
    private const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}""";

    [Theory]
    [InlineData("gpt2")]
    [InlineData("smollm")]
    [InlineData("qwen2")]
    [InlineData("llama3")]
    public async Task What_is_saved_is_read_again(string preTokenizer)
    {
        using var folder = new TemporaryFolder();
        Tokenizer saved = Trained.Of(preTokenizer);

        await saved.SaveAsync(folder.Path);
        Tokenizer read = await Tokenizer.LoadAsync(folder.Path);

        read.Encode(Trained.Text + "<|im_end|>", parseSpecial: true).Should().Equal(saved.Encode(Trained.Text + "<|im_end|>", parseSpecial: true));
        read.EndIds.Should().Equal(saved.EndIds);
        read.PadId.Should().Be(saved.PadId);
        read.ChatTemplate!.Source.Should().Be(saved.ChatTemplate!.Source);
        read.Spec.Tokens.Should().Equal(saved.Spec.Tokens);
    }

    [SharedFact("models")]
    public async Task Reference_tokenizers_are_written_as_hugging_face_files_and_mean_the_same()
    {
        foreach (ReferenceModel model in ReferenceModel.With("reference.json", "tokenizer"))
        {
            using var folder = new TemporaryFolder();
            await model.Tokenizer().SaveAsync(folder.Path);
            Tokenizer read = await Tokenizer.LoadAsync(folder.Path);

            foreach (JsonElement expected in model.Cases("tokenizer"))
            {
                string text = expected.GetProperty("text").GetString()!;
                read.Encode(text, parseSpecial: model.ParsesSpecial).Should()
                    .Equal(expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), $"{model.Name}: {text}");
            }
        }
    }

    [Fact]
    public async Task Merges_may_be_pairs_and_added_tokens_may_lie_beyond_the_vocabulary()
    {
        Tokenizer tokenizer = await Read(root =>
        {
            root["model"]!["merges"] = new JsonArray(new JsonArray("a", "b"));
            root["added_tokens"] = JsonNode.Parse("""[{"id":258,"content":"<x>","special":true},{"id":259,"content":"<y>","special":false}]""");
        });

        tokenizer.Encode("ab<x><y>", parseSpecial: true).Should().Equal(256, 258, 259);
        tokenizer.Encode("<x><y>").Should().Equal('<', 'x', '>', 259);
        tokenizer.VocabularySize.Should().Be(260);
        tokenizer.Decode([257]).Should().Be("[unused 257]");
    }

    [Theory]
    [InlineData("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"a","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"special_tokens":{"a":{"id":"a","ids":[97],"tokens":["a"]}}}""", true)]
    [InlineData("""{"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"a","type_id":0}}],"special_tokens":{"a":{"id":"a","ids":[97]}}}]}""", true)]
    [InlineData("""{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"special_tokens":{}}""", false)]
    [InlineData("""{"type":"ByteLevel"}""", false)]
    [InlineData("null", false)]
    public async Task The_begin_token_may_come_from_the_post_processor(string processor, bool begins)
    {
        Tokenizer tokenizer = await Read(root => root["post_processor"] = JsonNode.Parse(processor));

        tokenizer.Encode("b", addSpecial: true).Should().Equal(begins ? ['a', 'b'] : ['b']);
    }

    [Fact]
    public async Task The_config_says_which_tokens_do_what()
    {
        Tokenizer tokenizer = await Read(
            _ => { },
            """{"bos_token":{"content":"a"},"eos_token":"b","pad_token":"","unk_token":null,"add_bos_token":true,"add_eos_token":true,"chat_template":[{"name":"tool_use","template":"x"},{"name":"default","template":"y"}]}""");

        tokenizer.Encode("c", addSpecial: true).Should().Equal('a', 'c', 'b');
        tokenizer.PadId.Should().BeNull();
        tokenizer.ChatTemplate!.Source.Should().Be("y");
    }

    [Fact]
    public async Task A_template_in_a_file_of_its_own_counts_more()
    {
        using var folder = new TemporaryFolder();
        await Trained.Tokenizer.SaveAsync(folder.Path);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "chat_template.jinja"), "{{ 1 }}");

        (await Tokenizer.LoadAsync(folder.Path)).ChatTemplate!.Source.Should().Be("{{ 1 }}");
    }

    [Fact]
    public async Task Sentencepiece_shapes_are_read()
    {
        const string Json = """
            {"added_tokens":[{"id":0,"content":"<unk>","special":true},{"id":1,"content":"<s>","special":true}],
             "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
             "pre_tokenizer":null,
             "model":{"type":"BPE","unk_token":"<unk>","byte_fallback":true,"vocab":{"<unk>":0,"<s>":1,"<0x21>":2,"▁":3,"a":4,"▁a":5},"merges":["▁ a"]}}
            """;
        Tokenizer tokenizer = await Read(Json);

        tokenizer.Encode("a a!é").Should().Equal(5, 5, 2, 0);
        tokenizer.Encode("<unk>", parseSpecial: true).Should().NotContain(1);
        tokenizer.Decode([5, 2]).Should().Be("a!");
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("first", true)]
    [InlineData("never", false)]
    public async Task Metaspace_says_whether_text_begins_with_a_space(string scheme, bool puts)
    {
        Tokenizer tokenizer = await Read(root =>
        {
            root["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme, ["split"] = false };
            root["model"]!["byte_fallback"] = true;
            root["model"]!["unk_token"] = "!";
        });

        tokenizer.HasSpacePrefix.Should().Be(puts);
    }

    [Theory]
    [InlineData("""{"model":{"type":"Unigram"}}""", "its model is Unigram; only BPE is read.")]
    [InlineData("""{"model":{"continuing_subword_prefix":"##"}}""", "it marks the insides of words")]
    [InlineData("""{"model":{"end_of_word_suffix":"</w>"}}""", "it marks the ends of words")]
    [InlineData("""{"added_tokens":[{"id":300,"content":"<m>","special":true,"lstrip":true}]}""", "its token '<m>' takes in the blanks around it")]
    [InlineData("""{"added_tokens":[{"id":-1,"content":"<m>"}]}""", "a token has the id -1.")]
    [InlineData("""{"added_tokens":[{"id":1000000000,"content":"<m>"}]}""", "its highest token id is 1000000000, and it has only 258 tokens.")]
    [InlineData("""{"added_tokens":[{"content":"<m>"}]}""", "the tokenizer is not laid out as expected")]
    [InlineData("""{"pre_tokenizer":{"type":"Whitespace"}}""", "the way this tokenizer cuts text into words is not known: Whitespace")]
    [InlineData("""{"pre_tokenizer":null}""", "the way this tokenizer cuts text into words is not known: ")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":true}}""", "not known: bytes after a space")]
    [InlineData("""{"pre_tokenizer":{"type":"Split","behavior":"Isolated","pattern":{"String":" "}}}""", "not known: a plain text")]
    [InlineData("""{"pre_tokenizer":{"type":"Split","behavior":"Removed","pattern":{"Regex":"x"}}}""", "not known: Split")]
    [InlineData("""{"pre_tokenizer":{"type":"Digits","individual_digits":false}}""", "not known: Digits")]
    [InlineData("""{"model":{"merges":["a q"]}}""", "the merge 'a q' (number 0) is no two tokens that make a third.")]
    [InlineData("""{"model":{"vocab":[1]}}""", "the tokenizer is not laid out as expected")]
    [InlineData("""{"model":{"vocab":{"a":1,"b":1}}}""", "two tokens have the id 1.")]
    public async Task Tokenizers_of_other_kinds_and_damaged_ones_are_refused(string changes, string message)
    {
        Func<Task> read = () => Read(root => Merge(root, JsonNode.Parse(changes)!.AsObject()));

        (await read.Should().ThrowAsync<ModelFormatException>()).Which.Message.Should().Contain("tokenizer.json: ").And.Contain(message);
    }

    [Fact]
    public async Task A_config_that_names_no_token_is_refused()
    {
        Func<Task> read = () => Read(_ => { }, """{"eos_token":"<end>"}""");

        await read.Should().ThrowAsync<ModelFormatException>().WithMessage("*the eos_token is '<end>', which is none of its tokens.");
    }

    [Fact]
    public async Task A_folder_without_a_tokenizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        Func<Task> read = () => Tokenizer.LoadAsync(folder.Path);

        await read.Should().ThrowAsync<FileNotFoundException>().WithMessage("There is no tokenizer.json in *");
    }

    private static void Merge(JsonObject root, JsonObject changes)
    {
        foreach ((string name, JsonNode? value) in changes)
        {
            if (value is JsonObject inner && name == "model")
            {
                foreach ((string field, JsonNode? changed) in inner)
                {
                    root["model"]![field] = changed?.DeepClone();
                }
            }
            else
            {
                root[name] = value?.DeepClone();
            }
        }
    }

    private static Task<Tokenizer> Read(Action<JsonObject> change, string? config = null)
    {
        var vocabulary = new JsonObject();
        for (int value = 0; value < 256; value++)
        {
            vocabulary[ByteLetters.LetterOf((byte)value).ToString()] = value;
        }

        vocabulary["ab"] = 256;
        var root = new JsonObject
        {
            ["added_tokens"] = new JsonArray(),
            ["pre_tokenizer"] = JsonNode.Parse(ByteLevel),
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray("a b") },
        };
        change(root);
        return Read(root.ToJsonString(), config);
    }

    private static async Task<Tokenizer> Read(string tokenizer, string? config = null)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "tokenizer.json"), tokenizer);
        if (config is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "tokenizer_config.json"), config);
        }

        return await Tokenizer.LoadAsync(folder.Path);
    }
}
