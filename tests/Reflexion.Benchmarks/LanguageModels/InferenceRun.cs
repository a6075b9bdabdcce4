using System.Diagnostics;
using System.Globalization;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Tokens a second of reading a prompt, of decoding, and of several sequences at once, in turns with llama.cpp where it is installed; peak memory.</summary>
/// <remarks><c>lm MODEL.gguf|small [...]</c>; README.md beside this file says how llama.cpp joins in.</remarks>
internal static class InferenceRun
{
    private const int Prompt = 480;
    private const int Generated = 128;
    private const int Sequences = 8;
    private const int SmallSequences = 32;
    private const int Rounds = 5;
    private const int LongText = 2_048;

    internal static async Task RunAsync(string[] paths)
    {
        foreach (string path in paths)
        {
            if (path == "small")
            {
                using SmallModel small = await SmallModel.CreateAsync();
                await RunAsync(small.Path, SmallSequences);
            }
            else
            {
                await RunAsync(path, Sequences);
            }
        }
    }

    private static async Task RunAsync(string path, int sequences)
    {
        long before = PeakKilobytes();
        using LanguageModel model = await LanguageModel.LoadAsync(path, new() { Threads = 2, PrefixCacheTokens = 0, PromptBlock = 512, MaxSequences = sequences });
        Console.WriteLine($"{Path.GetFileName(path)}: peak memory {before / 1_024} MB before loading, {PeakKilobytes() / 1_024} MB after");
        await MeasureAsync(model, sequences);
        var peer = LlamaPeer.Find();
        List<InferenceSpeed> ours = [];
        List<InferenceSpeed> theirs = [];
        for (int round = 0; round < Rounds; round++)
        {
            ours.Add(await MeasureAsync(model, sequences));
            if (peer is not null)
            {
                theirs.Add(await peer.MeasureAsync(path, Prompt, Generated, sequences));
            }
        }

        Report("prefill", ours, theirs, speed => speed.Prefill);
        Report("decode", ours, theirs, speed => speed.Decode);
        Report($"{sequences} sequences", ours, theirs, speed => speed.Batched);
        if (model.ContextLength > LongText)
        {
            double seconds = await SecondsAsync(model, 1, 1, LongText - 1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  decoding up to {LongText} tokens: {LongText / seconds:F0} tokens/s, peak memory {PeakKilobytes() / 1_024} MB"));
        }
    }

    private static async Task<InferenceSpeed> MeasureAsync(LanguageModel model, int sequences)
    {
        double prefill = await SecondsAsync(model, 1, Prompt, 1);
        double one = await SecondsAsync(model, 1, 1, Generated);
        double many = await SecondsAsync(model, sequences, 1, Generated);
        return new(Prompt / prefill, Generated / one, sequences * Generated / many);
    }

    private static async Task<double> SecondsAsync(LanguageModel model, int sequences, int prompt, int generated)
    {
        GenerationRequest[] requests =
        [
            .. Enumerable.Range(0, sequences).Select(s => new GenerationRequest
            {
                PromptIds = [.. Enumerable.Range(0, prompt).Select(i => (((i + s) * 7_919) + 13) % model.Config.VocabularySize)],
                MaxTokens = generated,
                IgnoreEnd = true,
                Sampling = new() { Temperature = 0 },
            }),
        ];
        long started = Stopwatch.GetTimestamp();
        await model.GenerateAsync(requests);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Report(string work, List<InferenceSpeed> ours, List<InferenceSpeed> theirs, Func<InferenceSpeed, double> of)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"  {work,-12} {Median(ours.Select(of)),7:F0} tokens/s");
        if (theirs.Count > 0)
        {
            double ratio = Median(ours.Zip(theirs, (our, their) => of(our) / of(their)));
            line += string.Create(CultureInfo.InvariantCulture, $"   llama.cpp {Median(theirs.Select(of)),7:F0}   ratio {ratio:F2}");
        }

        Console.WriteLine(line);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static long PeakKilobytes()
    {
        const string Key = "VmHWM:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
