using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class TokenizerReferenceTests(ITestOutputHelper output)
{
    [SharedFact("models")]
    public void Token_ids_and_decoded_texts_are_those_of_independent_engines()
    {
        foreach (ReferenceModel model in ReferenceModel.With("reference.json", "tokenizer"))
        {
            Tokenizer tokenizer = model.Tokenizer();
            List<JsonElement> cases = model.Cases("tokenizer");
            foreach (JsonElement expected in cases)
            {
                string text = expected.GetProperty("text").GetString()!;
                int[] ids = Ids(expected);

                tokenizer.Encode(text, parseSpecial: model.ParsesSpecial).Should().Equal(ids, $"{model.Name} reads {JsonSerializer.Serialize(text)} so");
                tokenizer.Decode(ids).Should().Be(expected.GetProperty("decoded").GetString(), model.Name);
            }

            output.WriteLine($"{model.Name}: {cases.Count} texts, {cases.Sum(expected => Ids(expected).Length)} tokens");
        }
    }

    [SharedFact("models")]
    public void Streamed_tokens_make_the_same_text()
    {
        foreach (ReferenceModel model in ReferenceModel.With("reference.json", "tokenizer"))
        {
            Tokenizer tokenizer = model.Tokenizer();
            foreach (JsonElement expected in model.Cases("tokenizer"))
            {
                TokenDecoder decoder = tokenizer.CreateDecoder();
                string streamed = string.Concat(Ids(expected).Select(decoder.Append)) + decoder.Flush();

                streamed.Should().Be(expected.GetProperty("decoded").GetString(), model.Name);
            }
        }
    }

    [SharedFact("models")]
    public void Chat_texts_and_ids_are_those_of_the_models_own_template()
    {
        foreach (ReferenceModel model in ReferenceModel.With("reference.json", "chat"))
        {
            Tokenizer tokenizer = model.Tokenizer();
            List<JsonElement> cases = model.Cases("chat");
            foreach (JsonElement expected in cases)
            {
                RenderedChat chat = tokenizer.RenderChat(expected.GetProperty("messages").EnumerateArray()
                    .Select(message => new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString())));

                chat.Text.Should().Be(expected.GetProperty("text").GetString(), model.Name);
                tokenizer.Encode(chat).Should().Equal(Ids(expected), model.Name);
            }

            output.WriteLine($"{model.Name}: {cases.Count} chats");
        }
    }

    [SharedFact("models")]
    public void Words_are_cut_as_by_the_models_regular_expressions()
    {
        foreach (ReferenceModel model in ReferenceModel.With("pretokenizers.json", "cases"))
        {
            List<JsonElement> cases = model.Cases("cases", "pretokenizers.json");
            foreach (JsonElement expected in cases)
            {
                string text = expected.GetProperty("text").GetString()!;
                foreach (JsonProperty cuts in expected.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array))
                {
                    Words.Cut(cuts.Name, text).Should().Equal(
                        cuts.Value.EnumerateArray().Select(word => word.GetString()), $"{cuts.Name} cuts {JsonSerializer.Serialize(text)} so");
                }
            }

            output.WriteLine($"{model.Name}: {cases.Count} texts");
        }
    }

    private static int[] Ids(JsonElement expected) => [.. expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
}
