using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Milliseconds of a training step, tokens a second and peak memory, on the shapes and the token pattern of the PyTorch script beside the reference data.</summary>
/// <remarks>
/// One workload a process, so that its peak memory is its own: <c>train lora|full|group|long [steps] [model file]</c>. <c>NT</c> in the environment is the number
/// of threads (2), <c>RECOMPUTE=1</c> has feed-forward activations computed again. Processor time is shown because it counts on a machine that others use.
/// </remarks>
internal static class TrainRun
{
    private const double OldLogProb = -10.8;
    private const double Clip = 0.2;
    private const int Rounds = 3;

    private static readonly TransformerConfig s_large = Shape(49_152, 576, 1_536, 30, 9, 3);
    private static readonly TransformerConfig s_small = Shape(2_048, 192, 512, 4, 6, 6);

    internal static void Run(string[] arguments)
    {
        string workload = arguments.Length > 0 ? arguments[0] : "lora";
        int steps = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 9;
        bool isFull = workload == "full";
        using ModelWeights model = arguments.Length > 2 ? ModelWeights.Open(arguments[2]) : ModelWeights.Create(isFull ? s_small : s_large, seed: 1);
        TrainingBatch batch = Batch(workload, model.Config.VocabularySize);
        TrainerOptions options = new()
        {
            Threads = int.Parse(Environment.GetEnvironmentVariable("NT") ?? "2", CultureInfo.InvariantCulture),
            Optimizer = new() { MaxGradientNorm = null },
            RecomputeFeedForward = Environment.GetEnvironmentVariable("RECOMPUTE") == "1",
        };
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { Rank = 16, Alpha = 32 });
        using ModelTrainer trainer = isFull ? new(model, options) : new(model, adapter, options);
        double median = Steps(trainer, batch, isFull, steps);
        int tokens = batch.Sequences.Sum(sequence => sequence.Length);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload}: {median:F0} ms a step, {1_000 * tokens / median:F0} tokens/s of {tokens} ({batch.TokenCount} computed), peak {PeakMegabytes():F0} MB"));
        if (PyTorchPeer.Find(model, workload, batch, options.Threads) is { } peer)
        {
            using (peer)
            {
                Compare(peer, () => Steps(trainer, batch, isFull, steps), steps);
            }
        }
    }

    // A B A B: what the machine does to one, it does to the other.
    private static void Compare(PyTorchPeer peer, Func<double> own, int steps)
    {
        double[] ratios = [.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            double theirs = peer.Median(steps);
            double ours = own();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PyTorch {theirs:F0} ms, ours {ours:F0} ms: {theirs / ours:F2} times as fast"));
            return theirs / ours;
        })];
        Array.Sort(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {ratios[Rounds / 2]:F2} times as fast as PyTorch"));
    }

    private static double Steps(ModelTrainer trainer, TrainingBatch batch, bool isFull, int steps)
    {
        double[] milliseconds = [.. Enumerable.Range(0, steps).Select(_ => Step(trainer, batch, isFull))];
        Array.Sort(milliseconds);
        return milliseconds[steps / 2];
    }

    private static double Step(ModelTrainer trainer, TrainingBatch batch, bool isFull)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        TrainingPass pass = trainer.Forward(batch);
        double forward = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        double loss = isFull ? Likelihood(pass) : Ppo(pass);
        trainer.Backward(pass);
        double backward = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        trainer.Update();
        double all = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  loss {loss:F5}  {all:F0} ms: forward {forward:F0}, backward {backward - forward:F0}, update {all - backward:F1}; processor {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:F0}"));
        return all;
    }

    private static double Likelihood(TrainingPass pass)
    {
        int tokens = pass.Batch.ResponseTokenCount;
        double loss = 0;
        for (int i = 0; i < pass.Batch.Sequences.Length; i++)
        {
            pass.LogProbGradients(i).Fill(-1f / tokens);
            foreach (float logProb in pass.LogProbs(i))
            {
                loss -= logProb / tokens;
            }
        }

        return loss;
    }

    private static double Ppo(TrainingPass pass)
    {
        int tokens = pass.Batch.ResponseTokenCount;
        double loss = 0;
        for (int i = 0; i < pass.Batch.Sequences.Length; i++)
        {
            TrainingSequence sequence = pass.Batch.Sequences[i];
            for (int t = 0; t < sequence.Response.Length; t++)
            {
                double advantage = (((sequence.Prompt.Length + t - 1) * 37 % 11) - 5) / 5.0;
                double ratio = Math.Exp(pass.LogProbs(i)[t] - OldLogProb);
                double plain = ratio * advantage;
                double clipped = Math.Clamp(ratio, 1 - Clip, 1 + Clip) * advantage;
                loss -= Math.Min(plain, clipped) / tokens;
                pass.LogProbGradients(i)[t] = (float)(plain <= clipped ? -plain / tokens : 0);
            }
        }

        return loss;
    }

    private static TrainingBatch Batch(string workload, int vocabulary) => workload switch
    {
        "lora" => new([Sequence(0, 420, 60, vocabulary)]),
        "full" => new(Enumerable.Range(0, 8).Select(i => Sequence(i * 256, 1, 255, vocabulary))),
        "group" => new(Enumerable.Range(0, 8).Select(i => Sequence(0, 400, 0, vocabulary) with { Response = Tokens(400 + (i * 60), 60, vocabulary) })),
        "long" => new(Enumerable.Range(0, 8).Select(i => Sequence(i * 512, 452, 60, vocabulary))),
        _ => throw new ArgumentException($"There is no workload '{workload}'; choose lora, full, group or long.", nameof(workload)),
    };

    private static TrainingSequence Sequence(int first, int prompt, int response, int vocabulary) =>
        new(Tokens(first, prompt, vocabulary), Tokens(first + prompt, response, vocabulary));

    private static ImmutableArray<int> Tokens(int first, int count, int vocabulary) =>
        [.. Enumerable.Range(first, count).Select(i => (int)(((i * 7_919L) + 13) % vocabulary))];

    private static TransformerConfig Shape(int vocabulary, int width, int feedForward, int layers, int heads, int groups) => new()
    {
        VocabularySize = vocabulary,
        HiddenSize = width,
        IntermediateSize = feedForward,
        LayerCount = layers,
        HeadCount = heads,
        KeyValueHeadCount = groups,
        ContextLength = 2_048,
        TiedEmbeddings = true,
        RotaryLayout = RotaryLayout.Pairs,
    };

    private static double PeakMegabytes()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }
}
