using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>What an independent engine computed with a real model, beside what this one computes.</summary>
internal sealed class ReferenceFigures(string folder, LanguageModel model)
{
    private readonly JsonElement _root = Read(folder);

    /// <summary>The folders with a model and figures of its forward pass.</summary>
    public static List<string> Folders =>
    [
        .. Directory.EnumerateDirectories(SharedFolder.PathOf("models"))
            .Where(folder => ModelOf(folder) is not null && File.Exists(Path.Combine(folder, "reference.json")) && Read(folder).TryGetProperty("logits", out _))
            .Order(StringComparer.Ordinal),
    ];

    public static string? ModelOf(string folder) =>
        File.Exists(Path.Combine(folder, "config.json")) ? folder : Directory.EnumerateFiles(folder, "*.gguf").FirstOrDefault();

    /// <summary>For every position listed: deviations of the listed logits, of the log-sum-exp, the divergence over the listed tokens, and whether the top token is the same.</summary>
    public async Task<List<PositionDeviation>> LogitsAsync()
    {
        var deviations = new List<PositionDeviation>();
        foreach (JsonElement text in Cases("logits"))
        {
            ImmutableArray<int> ids = Ids(text.GetProperty("ids"));
            JsonElement positions = text.GetProperty("positions");
            await model.ReadAsync(
                ids, 0, RowOutput.Logits, null, (position, row) => deviations.Add(PositionDeviation.Of(positions[position], row)), default);
        }

        return deviations;
    }

    /// <summary>Deviations of the scored tokens' log-probabilities.</summary>
    public async Task<List<double>> ScoresAsync()
    {
        var deviations = new List<double>();
        foreach (JsonElement score in Cases("score"))
        {
            ImmutableArray<float> logProbs = await model.ScoreAsync(Ids(score.GetProperty("prompt_ids")), Ids(score.GetProperty("completion_ids")));
            deviations.AddRange(logProbs.Zip(Numbers(score.GetProperty("logprobs")), (ours, theirs) => Math.Abs(ours - theirs)));
        }

        return deviations;
    }

    /// <summary>The gap to the second choice wherever greedy text leaves the reference's.</summary>
    public async Task<List<double>> GreedyDeparturesAsync()
    {
        List<JsonElement> cases = Cases("greedy");
        ImmutableArray<GenerationResult> results = await model.GenerateAsync([.. cases.Select(greedy => new GenerationRequest
        {
            PromptIds = Ids(greedy.GetProperty("prompt_ids")),
            MaxTokens = greedy.GetProperty("ids").GetArrayLength(),
            Sampling = new() { Temperature = 0 },
        })]);
        var departures = new List<double>();
        for (int i = 0; i < cases.Count; i++)
        {
            ImmutableArray<int> expected = Ids(cases[i].GetProperty("ids"));
            int same = results[i].Ids.AsSpan().CommonPrefixLength(expected.AsSpan());
            if (same < expected.Length)
            {
                departures.Add(cases[i].GetProperty("gap")[same].GetDouble());
            }
            else if (cases[i].TryGetProperty("text", out JsonElement text))
            {
                results[i].Text.TrimEnd().Should().Be(text.GetString()!.TrimEnd());
            }
        }

        return departures;
    }

    /// <summary>Deviations of the embeddings' listed numbers, norms and cosines.</summary>
    public async Task<List<double>> EmbeddingsAsync()
    {
        var deviations = new List<double>();
        float[]? first = null;
        var generator = new MeanPoolingGenerator(model);
        foreach (JsonElement embedding in Cases("embedding"))
        {
            float[] vector = (await generator.EmbedAsync(Ids(embedding.GetProperty("ids")), default)).Vector.ToArray();
            first ??= vector;
            deviations.Add(Math.Abs(Norm(vector) - embedding.GetProperty("norm").GetDouble()));
            deviations.AddRange(Numbers(embedding.GetProperty("first8")).Select((expected, i) => Math.Abs(vector[i] - expected)));
            double cosine = vector.Zip(first, (a, b) => (double)a * b).Sum() / (Norm(vector) * Norm(first));
            deviations.Add(Math.Abs(cosine - embedding.GetProperty("cosine_with_first").GetDouble()));
        }

        return deviations;
    }

    /// <summary>The chats whose greedy reply is known and hangs on no close choice.</summary>
    public IEnumerable<(List<ChatMessage> Messages, string Text, int Tokens)> GreedyChats() =>
        from greedy in Cases("greedy")
        from chat in Cases("chat")
        where Ids(greedy.GetProperty("prompt_ids")).SequenceEqual(Ids(chat.GetProperty("ids"))) && Numbers(greedy.GetProperty("gap")).Min() > 0.002
        select (
            chat.GetProperty("messages").EnumerateArray().Select(message =>
                new ChatMessage(new(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString())).ToList(),
            greedy.GetProperty("text").GetString()!,
            greedy.GetProperty("ids").GetArrayLength());

    private static ImmutableArray<int> Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    private static IEnumerable<double> Numbers(JsonElement numbers) => numbers.EnumerateArray().Select(number => number.GetDouble());

    private static double Norm(float[] vector) => Math.Sqrt(vector.Sum(number => (double)number * number));

    private static JsonElement Read(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")));
        return document.RootElement.Clone();
    }

    private List<JsonElement> Cases(string section) => _root.TryGetProperty(section, out JsonElement cases) ? [.. cases.EnumerateArray()] : [];
}
