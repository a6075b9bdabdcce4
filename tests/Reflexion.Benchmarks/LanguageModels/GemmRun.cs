using System.Diagnostics;
using System.Globalization;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Matrix products of a model's shapes, beside OpenBLAS, interleaved: forward x·Wᵀ, gradient of the input dy·W, gradient of the weight dyᵀ·x.</summary>
/// <remarks>Others share the machine, so rounds are short and the median of their ratios counts.</remarks>
internal static unsafe class GemmRun
{
    private const int Rounds = 9;
    private const double RoundSeconds = 0.006;

    private static readonly (int Inputs, int Outputs)[] Weights = [(576, 576), (576, 192), (576, 1_536), (1_536, 576), (576, 49_152), (192, 192), (192, 512), (512, 192), (192, 2_048)];
    private static readonly int[] Tokens = [1, 8, 60, 480, 2_048];

    private enum Form
    {
        Forward,
        InputGradient,
        WeightGradient,
    }

    internal static void Run(string[] arguments)
    {
        OpenBlas? peer = OpenBlas.Find();
        Console.WriteLine(peer?.Description ?? "OpenBLAS is not installed (apt-get install libopenblas0-openmp); only our own figures follow.");
        int[] tokens = arguments.Length > 0 ? [.. arguments[0].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : Tokens;
        int[] threads = arguments.Length > 1 ? [.. arguments[1].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : [1, 2];
        foreach (int count in threads)
        {
            Run(peer, tokens, count);
        }
    }

    private static void Run(OpenBlas? peer, int[] tokens, int threads)
    {
        using var pool = new WorkerPool(threads);
        peer?.SetThreads(threads);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{threads} threads, GFLOP/s (ratio to OpenBLAS)"));
        Console.WriteLine("tokens  weight          forward            dX                 dW");
        var ratios = new List<double>();
        foreach (int rows in tokens)
        {
            foreach ((int inputs, int outputs) in Weights)
            {
                // A head's logits are only worked out for the tokens of responses.
                if (rows * (long)outputs > 30_000_000)
                {
                    continue;
                }

                string line = string.Create(CultureInfo.InvariantCulture, $"{rows,6}  {inputs,4} → {outputs,-6}");
                foreach (Form form in Enum.GetValues<Form>())
                {
                    (double own, double other, double ratio) = Measure(pool, peer, rows, inputs, outputs, form);
                    line += string.Create(CultureInfo.InvariantCulture, $"  {own,6:F1} {(peer is null ? "" : $"/{other,6:F1} ({ratio:F2})"),-14}");
                    ratios.Add(ratio);
                }

                Console.WriteLine(line);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"geometric mean of ratios {Math.Exp(ratios.Average(Math.Log)):F2}, least {ratios.Min():F2}, below 0.9: {ratios.Count(ratio => ratio < 0.9)} of {ratios.Count}"));
    }

    private static (double Own, double Other, double Ratio) Measure(WorkerPool pool, OpenBlas? peer, int rows, int inputs, int outputs, Form form)
    {
        using var x = Filled((long)rows * inputs, 1);
        using var y = Filled((long)rows * outputs, 2);
        using var w = Filled((long)inputs * outputs, 3);
        var inputRows = new Matrix<float>(x.Pointer, rows, inputs);
        var outputRows = new Matrix<float>(y.Pointer, rows, outputs);
        var weight = new Matrix<float>(w.Pointer, outputs, inputs);
        (Product<float> product, Matrix<float> c) = form switch
        {
            Form.Forward => (new Product<float>(inputRows, weight.Transposed), outputRows),
            Form.InputGradient => (new Product<float>(outputRows, weight), inputRows),
            _ => (new Product<float>(outputRows.Transposed, inputRows), weight),
        };
        double operations = 2.0 * rows * inputs * outputs;
        int times = Math.Max(1, (int)(RoundSeconds * 100e9 / operations));
        var own = new double[Rounds];
        var other = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            double ownSeconds = Time(pool.Threads, times, () => Gemm.Multiply(pool, [product], c));
            double otherSeconds = peer is null ? ownSeconds : Time(pool.Threads, times, () => peer.Multiply(product.A, product.B, c));
            if (round >= 0)
            {
                own[round] = ownSeconds;
                other[round] = otherSeconds;
            }
        }

        double ratio = Median([.. own.Zip(other, (mine, theirs) => theirs / mine)]);
        return (operations / Median(own) / 1e9, operations / Median(other) / 1e9, ratio);
    }

    private static double Time(int threads, int times, Action action)
    {
        double started = Seconds(threads);
        for (int i = 0; i < times; i++)
        {
            action();
        }

        return (Seconds(threads) - started) / times;
    }

    // One thread's own time does not pass while another program has the core.
    private static double Seconds(int threads) =>
        threads == 1 && OperatingSystem.IsLinux() ? ThreadClock.Seconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static NativeBuffer<float> Filled(long length, int seed)
    {
        var buffer = new NativeBuffer<float>(length);
        var random = new Random(seed);
        for (long i = 0; i < length; i++)
        {
            buffer.Pointer[i] = random.NextSingle() - 0.5f;
        }

        return buffer;
    }
}
