using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Products with packed weights of a 135 M model's shapes, and the sum over all its matrices as tokens a second (matrix work only), beside how fast the same bytes are only read.</summary>
/// <remarks>Others share the machine, so types take turns in short rounds, each beside its own reading; medians count.</remarks>
internal static unsafe class GemvRun
{
    private const int Rounds = 15;
    private const int Layers = 30;

    private static readonly (int Outputs, int Inputs)[] Layer = [(960, 576), (576, 576), (3_072, 576), (576, 1_536)];
    private static readonly (int Outputs, int Inputs) Head = (49_152, 576);
    private static readonly (int Outputs, int Inputs)[] Shapes = [(192, 576), (576, 576), (1_536, 576), (576, 1_536), Head];
    private static readonly int[] Tokens = [1, 8, 480];

    private static bool s_isAlone;

    internal static void Run(string[] arguments)
    {
        int threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2;
        s_isAlone = threads == 1;
        StorageType[] types = arguments.Length > 1
            ? [.. arguments[1].Split(',').Select(Enum.Parse<StorageType>)]
            : [StorageType.Q8_0, StorageType.Q4_0, StorageType.Q4_1, StorageType.Q6_K, StorageType.F16];
        using var pool = new WorkerPool(threads);
        foreach (ActivationPrecision precision in Enum.GetValues<ActivationPrecision>())
        {
            PrintShapes(pool, precision, types);
            PrintModel(pool, precision, types);
        }
    }

    private static void PrintShapes(WorkerPool pool, ActivationPrecision precision, StorageType[] types)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nactivations {precision}, {pool.Threads} threads: GB/s of weights (1 token), GOP/s"));
        Console.WriteLine("type    weight            1 token      8 tokens  480 tokens");
        foreach (StorageType type in types)
        {
            foreach ((int outputs, int inputs) in Shapes)
            {
                if (inputs % Dequantizer.BlockSize(type) != 0)
                {
                    continue;
                }

                using var matrix = new Weights(type, outputs, inputs, precision, pool);
                string line = string.Create(CultureInfo.InvariantCulture, $"{type,-6}  {inputs,4} → {outputs,-6}");
                foreach (int tokens in Tokens)
                {
                    if (tokens * (long)outputs > 3_000_000)
                    {
                        line += "           –";
                        continue;
                    }

                    double seconds = Median(() => matrix.Multiply(pool, tokens));
                    double rate = tokens == 1 ? matrix.Packed.ByteCount / seconds : 2.0 * tokens * outputs * inputs / seconds;
                    line += string.Create(CultureInfo.InvariantCulture, $"  {rate * 1e-9,10:F1}");
                }

                Console.WriteLine(line);
            }
        }
    }

    private static void PrintModel(WorkerPool pool, ActivationPrecision precision, StorageType[] types)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nactivations {precision}: all matrices of the model, tokens/s"));
        Console.WriteLine("type      MB    reading GB/s    1 token (of reading)   8 tokens     480 tokens");
        foreach (StorageType type in types)
        {
            if (Layer.Any(shape => shape.Inputs % Dequantizer.BlockSize(type) != 0))
            {
                continue;
            }

            List<Weights> layers = [.. Enumerable.Range(0, Layers).SelectMany(_ => Layer.Select(shape => new Weights(type, shape.Outputs, shape.Inputs, precision, pool)))];
            using var head = new Weights(type, Head.Outputs, Head.Inputs, precision, pool);
            long bytes = layers.Sum(matrix => matrix.Packed.ByteCount) + head.Packed.ByteCount;
            var one = new List<double>();
            var ratios = new List<double>();
            var reading = new List<double>();
            var eight = new List<double>();
            var prompt = new List<double>();
            for (int round = 0; round <= Rounds; round++)
            {
                double read = Time(() => layers.Append(head).ToList().ForEach(matrix => matrix.Read(pool)));
                double single = Time(() => Pass(pool, layers, head, 1, 1));
                double several = Time(() => Pass(pool, layers, head, 8, 8));
                double many = round % 3 == 0 ? Time(() => Pass(pool, layers, head, 480, 1)) : prompt[^1];
                if (round > 0)
                {
                    reading.Add(read);
                    one.Add(single);
                    ratios.Add(read / single);
                    eight.Add(several);
                }

                prompt.Add(many);
            }

            prompt.RemoveAt(0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{type,-6} {bytes * 1e-6,6:F0}  {bytes * 1e-9 / Middle(reading),10:F1}      {1 / Middle(one),10:F0} ({Middle(ratios):F2})     {8 / Middle(eight),10:F0}     {480 / Middle(prompt),10:F0}"));
            layers.ForEach(matrix => matrix.Dispose());
        }
    }

    private static void Pass(WorkerPool pool, List<Weights> layers, Weights head, int tokens, int headTokens)
    {
        foreach (Weights matrix in layers)
        {
            matrix.Multiply(pool, tokens);
        }

        head.Multiply(pool, headTokens);
    }

    private static double Median(Action action)
    {
        Time(action);
        double once = Time(action);
        int times = (int)Math.Clamp(0.002 / once, 1, 10_000);
        return Middle([.. Enumerable.Range(0, Rounds).Select(_ => Time(() => Repeat(action, times)) / times)]);
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    // One thread's processor time does not depend on who else wants the processor.
    private static double Time(Action action)
    {
        if (s_isAlone)
        {
            double processor = ThreadClock.Seconds;
            action();
            return ThreadClock.Seconds - processor;
        }

        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A random matrix, packed, with activations for it.</summary>
    private sealed class Weights : IDisposable
    {
        private readonly NativeBuffer<float> _x;
        private readonly NativeBuffer<float> _y;

        public Weights(StorageType type, int outputs, int inputs, ActivationPrecision precision, WorkerPool pool)
        {
            int block = Dequantizer.BytesPerBlock(type);
            long bytes = (long)outputs * inputs / Dequantizer.BlockSize(type) * block;
            using var stored = new NativeBuffer<byte>(bytes);
            new Random(1).NextBytes(stored.Span);
            Packed = PackedWeights.Pack(new StoredTensor("w", type, ImmutableArray.Create<long>(outputs, inputs), stored.Pointer, bytes), precision, pool);
            int most = outputs > 10_000 ? 8 : 480;
            _x = new NativeBuffer<float>(most * inputs);
            _y = new NativeBuffer<float>((long)most * outputs);
            for (int i = 0; i < _x.Length; i++)
            {
                _x.Pointer[i] = (i % 17) - 8;
            }
        }

        public PackedWeights Packed { get; }

        public void Multiply(WorkerPool pool, int tokens) => Packed.Multiply(pool, _x.Pointer, tokens, Packed.Inputs, _y.Pointer, Packed.Outputs);

        public void Read(WorkerPool pool) => Reading.Run(pool, Packed.Memory);

        public void Dispose()
        {
            Packed.Dispose();
            _x.Dispose();
            _y.Dispose();
        }
    }
}
