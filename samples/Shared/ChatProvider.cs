using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Reflexion.Samples;

/// <summary>Makes the chat client that a sample's command line asks for, resilient and with the SDK's own retries off.</summary>
public static class ChatProvider
{
    // Resilience has the timeouts; the SDKs' own only have to be longer.
    private static readonly TimeSpan SdkTimeout = TimeSpan.FromHours(1);

    /// <summary>Makes the client, or prints what is wrong with the command line, or the help that it asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="about">What the sample shows, for its help.</param>
    /// <param name="scripted">The scripted model, for <c>--provider scripted</c>.</param>
    /// <param name="client">The client; null where the program is to end.</param>
    /// <param name="exitCode">What to end with: 0 after help, 2 after a wrong command line.</param>
    public static bool TryCreate(string[] args, string about, Func<IChatClient> scripted, [NotNullWhen(true)] out IChatClient? client, out int exitCode)
    {
        client = null;
        exitCode = 0;
        try
        {
            var arguments = ProviderArguments.Parse(args);
            if (arguments.Help)
            {
                Console.WriteLine($"{about}\n\n{ProviderArguments.HelpText}");
                return false;
            }

            client = Create(arguments, scripted);
            Console.WriteLine($"Model: {Describe(arguments)}");
            return true;
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message}\nSee --help.");
            exitCode = 2;
            return false;
        }
    }

    /// <summary>Makes the client that a command line asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="scripted">The scripted model, for <c>--provider scripted</c>.</param>
    /// <exception cref="UsageException">The command line is wrong, or a key is missing.</exception>
    public static IChatClient FromArguments(string[] args, Func<IChatClient> scripted) => Create(ProviderArguments.Parse(args), scripted);

    /// <summary>Makes the client that arguments ask for.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="scripted">The scripted model, for <c>scripted</c>.</param>
    /// <param name="resilience">How to cope with faults; null for the defaults. Its classifier is set to one that knows the SDKs.</param>
    /// <param name="environment">Looks up a variable; null for the process's environment.</param>
    /// <exception cref="UsageException">A key or a model's name is missing.</exception>
    public static IChatClient Create(
        ProviderArguments arguments, Func<IChatClient> scripted, ChatResilienceOptions? resilience = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(scripted);
        resilience ??= new();
        environment ??= Environment.GetEnvironmentVariable;
        if (arguments.Provider == "scripted")
        {
            return scripted();
        }

        IChatClient client = arguments.Provider == "anthropic"
            ? Anthropic(arguments, Key("ANTHROPIC_API_KEY", arguments, environment), resilience.TimeProvider)
            : OpenAI(arguments, Key("OPENAI_API_KEY", arguments, environment));
        resilience.Classifier = ProviderFaults.Classifier(resilience.TimeProvider);
        return client.WithResilience(resilience);
    }

    /// <summary>Names the model and the server in one line.</summary>
    /// <param name="arguments">The arguments.</param>
    public static string Describe(ProviderArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Provider == "scripted"
            ? "scripted (canned replies, no real model; see --help)"
            : $"{ModelOf(arguments)} ({arguments.Provider}{(arguments.Endpoint is { } endpoint ? $" at {endpoint}" : "")})";
    }

    private static IChatClient Anthropic(ProviderArguments arguments, string key, TimeProvider time)
    {
        var options = new ClientOptions { ApiKey = key, MaxRetries = 0, Timeout = SdkTimeout, Handlers = [new RetryAfterHandler(time)] };
        if (arguments.Endpoint is { } endpoint)
        {
            options.BaseUrl = endpoint.ToString().TrimEnd('/');
        }

        return new AnthropicClient(options).AsIChatClient(ModelOf(arguments));
    }

    private static OpenAIChatClient OpenAI(ProviderArguments arguments, string key)
    {
        var options = new OpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(maxRetries: 0), NetworkTimeout = SdkTimeout, Endpoint = arguments.Endpoint };
        return new(new ChatClient(ModelOf(arguments), new ApiKeyCredential(key), options));
    }

    private static string ModelOf(ProviderArguments arguments) => arguments.Model
        ?? (arguments.Provider == "anthropic" ? "claude-haiku-4-5"
            : arguments.Endpoint is null ? "gpt-4.1-mini"
            : throw new UsageException($"Which model does {arguments.Endpoint} serve? Name it with --model."));

    private static string Key(string variable, ProviderArguments arguments, Func<string, string?> environment) =>
        environment(variable) is { Length: > 0 } key ? key
        : arguments.Endpoint is not null ? "none"
        : throw new UsageException($"{variable} is not set. Set it to your key, name a server that needs none with --endpoint, or use --provider scripted.");
}
