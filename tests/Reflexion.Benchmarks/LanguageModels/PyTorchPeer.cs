using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>The same training step in PyTorch, by the script beside the reference data; the model is handed over in a file of llama2.c's layout.</summary>
internal sealed partial class PyTorchPeer : IDisposable
{
    private readonly string _model = Path.GetTempFileName();
    private readonly string _script;
    private readonly string _arguments;
    private readonly int _threads;

    private PyTorchPeer(string script, ModelWeights model, string arguments, int threads)
    {
        (_script, _arguments, _threads) = (script, arguments, threads);
        WriteModel(model);
    }

    /// <summary>The peer, or null, having said why, where something of it is missing.</summary>
    public static PyTorchPeer? Find(ModelWeights model, string workload, TrainingBatch batch, int threads)
    {
        string script = Path.Combine(Environment.GetEnvironmentVariable("REFLEXION_SHARED") ?? "../shared", "peers", "train_pt.py");
        if (!model.IsTrainable || !File.Exists(script) || Run("-c \"import torch\"", 1).ExitCode != 0)
        {
            Console.WriteLine("PyTorch (python3-torch), its script (REFLEXION_SHARED) or a model of floats is missing; only our own figures are shown.");
            return null;
        }

        int longest = batch.Sequences.Max(sequence => sequence.Length);
        int responses = batch.Sequences[0].Response.Length;
        string shape = string.Create(CultureInfo.InvariantCulture, $"{batch.Sequences.Length} {longest} {responses}");
        return new(script, model, $"{(workload == "full" ? "full" : "lora")} {shape}", threads);
    }

    /// <summary>Median milliseconds of so many steps.</summary>
    public double Median(int steps)
    {
        (int exitCode, string output) = Run(string.Create(CultureInfo.InvariantCulture, $"\"{_script}\" \"{_model}\" {_arguments} {steps}"), _threads);
        Match median = MedianStep().Match(output);
        return exitCode == 0 && median.Success
            ? double.Parse(median.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The script ended with {exitCode}: {output}");
    }

    public void Dispose() => File.Delete(_model);

    [GeneratedRegex(@"median step ([\d.]+) ms")]
    private static partial Regex MedianStep();

    private static (int ExitCode, string Output) Run(string arguments, int threads)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NT"] = start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "python3 is not installed");
        }
    }

    // Seven numbers, then each kind of tensor for all layers.
    private void WriteModel(ModelWeights model)
    {
        TransformerConfig config = model.Config;
        ParameterBlock<float> block = model.Store.Block!;
        using var writer = new BinaryWriter(File.Create(_model));
        foreach (int number in (int[])[
            config.HiddenSize, config.IntermediateSize, config.LayerCount, config.HeadCount, config.KeyValueHeadCount, config.VocabularySize, config.ContextLength])
        {
            writer.Write(number);
        }

        Write(writer, block, [TensorNames.Embedding]);
        Write(writer, block, PerLayer(TensorNames.AttentionNorm));
        foreach (Projection projection in (Projection[])[Projection.Query, Projection.Key, Projection.Value, Projection.Output])
        {
            Write(writer, block, PerLayer(layer => TensorNames.Weight(layer, projection)));
        }

        Write(writer, block, PerLayer(TensorNames.FeedForwardNorm));
        foreach (Projection projection in (Projection[])[Projection.Gate, Projection.Down, Projection.Up])
        {
            Write(writer, block, PerLayer(layer => TensorNames.Weight(layer, projection)));
        }

        Write(writer, block, [TensorNames.FinalNorm]);

        IEnumerable<string> PerLayer(Func<int, string> name) => Enumerable.Range(0, config.LayerCount).Select(name);
    }

    private static unsafe void Write(BinaryWriter writer, ParameterBlock<float> block, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Matrix<float> tensor = block[name];
            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<float>(tensor.Pointer, tensor.Rows * tensor.Columns)));
        }
    }
}
