using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Real models beside figures that an independent engine computed in double precision.</summary>
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    // What llama.cpp's 8-bit activations deviate by on the same model.
    private const double PeerMean = 0.17;
    private const double PeerPercentile99 = 0.6;
    private const double PeerWorst = 1.6;
    private const double PeerDivergence = 0.003;
    private const double PeerSameTop = 0.97;
    private const double PeerGap = 0.35;

    [SharedFact("models")]
    public async Task Float_activations_agree_with_an_independent_engine()
    {
        foreach (string folder in ReferenceFigures.Folders)
        {
            await using LanguageModel model = await LanguageModel.LoadAsync(
                ReferenceFigures.ModelOf(folder)!, new() { Precision = ActivationPrecision.Float32 });
            var figures = new ReferenceFigures(folder, model);
            List<PositionDeviation> logits = await figures.LogitsAsync();
            double worstLogit = logits.Max(position => Math.Max(position.Logits.Max(), position.LogSumExp));
            double worstScore = (await figures.ScoresAsync()).DefaultIfEmpty(0).Max();
            double worstEmbedding = (await figures.EmbeddingsAsync()).DefaultIfEmpty(0).Max();
            List<double> departures = await figures.GreedyDeparturesAsync();
            output.WriteLine($"{Path.GetFileName(folder)}: logits {worstLogit:E1}, scores {worstScore:E1}, embeddings {worstEmbedding:E1} at worst");

            worstLogit.Should().BeLessThan(1e-3);
            worstScore.Should().BeLessThan(1e-3);
            worstEmbedding.Should().BeLessThan(1e-3);
            departures.Where(gap => gap > 2 * worstLogit).Should().BeEmpty();
        }
    }

    [SharedFact("models")]
    public async Task Integer_activations_deviate_less_than_llama_cpp()
    {
        foreach (string folder in ReferenceFigures.Folders)
        {
            await using LanguageModel model = await LanguageModel.LoadAsync(ReferenceFigures.ModelOf(folder)!);
            var figures = new ReferenceFigures(folder, model);
            List<PositionDeviation> positions = await figures.LogitsAsync();
            double[] logits = [.. positions.SelectMany(position => position.Logits).Order()];
            double mean = logits.Average();
            double percentile99 = logits[(int)(0.99 * (logits.Length - 1))];
            double divergence = positions.Average(position => position.Divergence);
            double sameTop = positions.Average(position => position.HasSameTop ? 1.0 : 0.0);
            double gap = (await figures.GreedyDeparturesAsync()).DefaultIfEmpty(0).Max();
            output.WriteLine(Path.GetFileName(folder));
            output.WriteLine("                     ours   llama.cpp");
            output.WriteLine($"mean deviation    {mean,8:F5}   {PeerMean}");
            output.WriteLine($"99th percentile   {percentile99,8:F5}   {PeerPercentile99}");
            output.WriteLine($"worst             {logits[^1],8:F5}   {PeerWorst}");
            output.WriteLine($"KL over the top   {divergence,8:E1}   {PeerDivergence}");
            output.WriteLine($"same top token    {sameTop,8:P1}   {PeerSameTop:P0}");
            output.WriteLine($"greedy text leaves at gaps up to {gap:F4}   {PeerGap}");

            mean.Should().BeLessThan(PeerMean);
            percentile99.Should().BeLessThan(PeerPercentile99);
            logits[^1].Should().BeLessThan(PeerWorst);
            divergence.Should().BeLessThan(PeerDivergence);
            sameTop.Should().BeGreaterThan(PeerSameTop);
            gap.Should().BeLessThan(PeerGap);
        }
    }

    [SharedFact("models")]
    public async Task A_chat_s_reply_is_the_reference_s_greedy_text()
    {
        foreach (string folder in ReferenceFigures.Folders)
        {
            await using LanguageModel model = await LanguageModel.LoadAsync(
                ReferenceFigures.ModelOf(folder)!, new() { Precision = ActivationPrecision.Float32 });
            using IChatClient chat = model.AsChatClient();
            foreach ((List<ChatMessage> messages, string text, int tokens) in new ReferenceFigures(folder, model).GreedyChats())
            {
                ChatResponse reply = await chat.GetResponseAsync(messages, new() { Temperature = 0, MaxOutputTokens = tokens });

                reply.Text.Should().Be(text);
            }
        }
    }
}
