using Microsoft.Extensions.AI;
using Reflexion.Samples;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class ProviderSelectionTests
{
    [Theory]
    [InlineData("openai", "/v1", "/v1/chat/completions")]
    [InlineData("openai", "/proxy/v2", "/proxy/v2/chat/completions")]
    [InlineData("anthropic", "", "/v1/messages")]
    [InlineData("anthropic", "/proxy/", "/proxy/v1/messages")]
    public async Task The_server_is_sent_model_and_key_at_its_endpoint(string provider, string path, string expectedPath)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(provider);
        var endpoint = new Uri(server.Address, path);
        using IChatClient client = ChatProvider.Create(
            ProviderArguments.Parse(["--provider", provider, "--endpoint", endpoint.ToString(), "--model", "my-model"]),
            () => throw new InvalidOperationException(),
            environment: name => name == (provider == "openai" ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY") ? "the-key" : null);

        (await client.GetResponseAsync("Hi")).Text.Should().Be(LoopbackServer.Answer);

        RecordedRequest request = server.Requests.Should().ContainSingle().Subject;
        request.Path.Should().Be(expectedPath);
        request.Headers.Should().Contain("Authorization", "Bearer the-key");
        request.Body["model"]!.GetValue<string>().Should().Be("my-model");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_local_endpoint_needs_no_key(string provider)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(provider);
        using IChatClient client = ChatProvider.Create(Wired.Arguments(server), () => throw new InvalidOperationException(), environment: _ => null);

        (await client.GetResponseAsync("Hi")).Text.Should().Be(LoopbackServer.Answer);
    }

    [Theory]
    [InlineData("openai", "OPENAI_API_KEY is not set. Set it to your key, name a server that needs none with --endpoint, or use --provider scripted.")]
    [InlineData("anthropic", "ANTHROPIC_API_KEY is not set. Set it to your key, name a server that needs none with --endpoint, or use --provider scripted.")]
    public void A_missing_key_is_named(string provider, string message) =>
        FluentActions.Invoking(() => ChatProvider.Create(new(provider), () => new ScriptedChatClient(), environment: _ => ""))
            .Should().Throw<UsageException>().WithMessage(message);

    [Theory]
    [InlineData("openai", "gpt-4.1-mini", "gpt-4.1-mini (openai)")]
    [InlineData("anthropic", "claude-haiku-4-5", "claude-haiku-4-5 (anthropic)")]
    public void Each_provider_has_a_model_by_default(string provider, string model, string described)
    {
        using IChatClient client = ChatProvider.Create(new(provider), () => new ScriptedChatClient(), environment: _ => "key");

        client.GetService<ChatClientMetadata>()!.DefaultModelId.Should().Be(model);
        ChatProvider.Describe(new(provider)).Should().Be(described);
    }

    [Fact]
    public void A_server_of_ones_own_needs_a_model_to_be_named()
    {
        ProviderArguments arguments = ProviderArguments.Parse(["--provider=openai", "--endpoint=http://localhost:11434/v1"]);

        FluentActions.Invoking(() => ChatProvider.Create(arguments, () => new ScriptedChatClient(), environment: _ => null))
            .Should().Throw<UsageException>().WithMessage("Which model does http://localhost:11434/v1 serve? Name it with --model.");
    }

    [Fact]
    public async Task The_scripted_model_is_the_default_and_says_what_it_is()
    {
        using IChatClient client = ChatProvider.FromArguments([], () => new ScriptedChatClient("Canned."));

        (await client.GetResponseAsync("Hi")).Text.Should().Be("Canned.");
        ChatProvider.Describe(new()).Should().Be("scripted (canned replies, no real model; see --help)");
    }

    [Fact]
    public void A_server_is_described_with_its_address() => ChatProvider
        .Describe(new("openai", "llama3.2", new("http://localhost:11434/v1"))).Should().Be("llama3.2 (openai at http://localhost:11434/v1)");

    [Theory]
    [InlineData("There is no option '--modle'. The options are --provider, --model, --endpoint and --help.", "--modle", "x")]
    [InlineData("There is no option 'anthropic'. The options are --provider, --model, --endpoint and --help.", "anthropic")]
    [InlineData("There is no provider 'gemini'. The providers are scripted, anthropic, openai.", "--provider", "gemini")]
    [InlineData("--provider needs a value.", "--provider")]
    [InlineData("--model needs a value.", "--provider", "openai", "--model", "--endpoint", "http://localhost")]
    [InlineData("--model needs a value.", "--model=")]
    [InlineData("--endpoint 'localhost' is no address; write it like http://localhost:11434/v1.", "--endpoint", "localhost")]
    [InlineData("--endpoint 'ftp://localhost' is no address; write it like http://localhost:11434/v1.", "--endpoint", "ftp://localhost")]
    [InlineData("--model and --endpoint need --provider anthropic or --provider openai; the scripted model has neither.", "--model", "x")]
    [InlineData("--model and --endpoint need --provider anthropic or --provider openai; the scripted model has neither.", "--endpoint", "http://localhost")]
    public void A_wrong_command_line_is_refused_with_what_is_wrong(string message, params string[] args) =>
        FluentActions.Invoking(() => ProviderArguments.Parse(args)).Should().Throw<UsageException>().WithMessage(message);

    [Fact]
    public void Options_are_read_in_both_spellings() => ProviderArguments.Parse(["--provider=OpenAI", "--model", "a=b", "--endpoint=https://host/v1?x=y"])
        .Should().Be(new ProviderArguments("openai", "a=b", new("https://host/v1?x=y")));

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "-h")]
    [InlineData(0, "--provider", "openai", "-?")]
    [InlineData(2, "--nonsense")]
    public void Help_and_errors_end_the_program_with_their_exit_code(int expected, params string[] args)
    {
        ChatProvider.TryCreate(args, "A sample.", () => new ScriptedChatClient(), out IChatClient? client, out int exitCode).Should().BeFalse();

        client.Should().BeNull();
        exitCode.Should().Be(expected);
    }

    [Fact]
    public void A_sound_command_line_gives_a_client()
    {
        using var scripted = new ScriptedChatClient();

        ChatProvider.TryCreate(["--provider", "scripted"], "A sample.", () => scripted, out IChatClient? client, out int exitCode).Should().BeTrue();

        client.Should().BeSameAs(scripted);
        exitCode.Should().Be(0);
    }
}
