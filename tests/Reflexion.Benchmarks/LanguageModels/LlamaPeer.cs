using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Reflexion.Benchmarks;

/// <summary>llama.cpp through the small program <c>llama_peer</c>; see README.md.</summary>
internal sealed class LlamaPeer
{
    private readonly string _program;
    private readonly string _libraries;

    private LlamaPeer(string program, string libraries) => (_program, _libraries) = (program, libraries);

    /// <summary>What LLAMA_PEER and LLAMA_LIBRARIES name, or null.</summary>
    public static LlamaPeer? Find()
    {
        string? program = Environment.GetEnvironmentVariable("LLAMA_PEER");
        string? libraries = Environment.GetEnvironmentVariable("LLAMA_LIBRARIES");
        return File.Exists(program) && Directory.Exists(libraries) ? new(program, libraries) : null;
    }

    public async Task<InferenceSpeed> MeasureAsync(string model, int prompt, int generated, int sequences)
    {
        string[] arguments =
        [
            "speed", _libraries, model, "2", .. new[] { prompt, generated, sequences, 1 }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        ];
        using Process process = Process.Start(new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{_program} did not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using JsonDocument output = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        JsonElement run = output.RootElement.GetProperty("tokens_per_second")[0];
        return new(run.GetProperty("prefill").GetDouble(), run.GetProperty("decode").GetDouble(), run.GetProperty("batched").GetDouble());
    }
}
