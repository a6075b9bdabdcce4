namespace Reflexion.Samples;

/// <summary>What the command line says about the model to use.</summary>
/// <param name="Provider"><c>scripted</c>, <c>anthropic</c> or <c>openai</c>.</param>
/// <param name="Model">The model's name, or null for the provider's default.</param>
/// <param name="Endpoint">The server's address, or null for the provider's own.</param>
/// <param name="Help">Whether help was asked for.</param>
public sealed record ProviderArguments(string Provider = "scripted", string? Model = null, Uri? Endpoint = null, bool Help = false)
{
    internal static readonly string[] Names = ["--provider", "--model", "--endpoint"];

    private static readonly string[] Providers = ["scripted", "anthropic", "openai"];

    /// <summary>The help text.</summary>
    public const string HelpText = """
        Options:
          --provider NAME   scripted (default; canned replies, no key and no network), anthropic or openai
          --model NAME      the model; default claude-haiku-4-5 (anthropic) or gpt-4.1-mini (openai)
          --endpoint URL    another server; with openai any that speaks its format, such as
                            Ollama      --endpoint http://localhost:11434/v1 --model llama3.2
                            vLLM        --endpoint http://localhost:8000/v1  --model NAME
                            llama.cpp   --endpoint http://localhost:8080/v1  --model NAME
          --help            this text

        Keys come from the environment: ANTHROPIC_API_KEY, OPENAI_API_KEY. A server named by
        --endpoint may do without one.
        """;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <exception cref="UsageException">An option is unknown, lacks its value or has a wrong one.</exception>
    public static ProviderArguments Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return From(CommandLine.Read(args, Names));
    }

    /// <summary>Takes the options about the model out of a command line.</summary>
    /// <exception cref="UsageException">One has a wrong value.</exception>
    internal static ProviderArguments From(CommandLine line)
    {
        var parsed = new ProviderArguments
        {
            Provider = line["--provider"] is { } name ? Known(name) : "scripted",
            Model = line["--model"],
            Endpoint = line["--endpoint"] is { } address ? Address(address) : null,
            Help = line.Help,
        };
        return !parsed.Help && parsed.Provider == "scripted" && (parsed.Model ?? parsed.Endpoint?.ToString()) is not null
            ? throw new UsageException("--model and --endpoint need --provider anthropic or --provider openai; the scripted model has neither.")
            : parsed;
    }

    private static string Known(string name) => Providers.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? name.ToLowerInvariant()
        : throw new UsageException($"There is no provider '{name}'. The providers are {string.Join(", ", Providers)}.");

    private static Uri Address(string value) => Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address is { Scheme: "http" or "https" }
        ? address
        : throw new UsageException($"--endpoint '{value}' is no address; write it like http://localhost:11434/v1.");
}
