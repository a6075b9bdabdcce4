using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class TransientFaultTests
{
    public static TheoryData<string, bool, string> Faults
    {
        get
        {
            var data = new TheoryData<string, bool, string>();
            foreach (object[] way in Wired.Ways)
            {
                foreach (string fault in new[] { "408", "409", "429", "500", "502", "503", "504", "529", "cut", "truncated", "malformed", "html", "hollow", "silent" })
                {
                    data.Add((string)way[0], (bool)way[1], fault);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_transient_fault_is_survived_by_as_many_requests_as_it_takes(string provider, bool streaming, string fault)
    {
        await using Wired wired = await Wired.StartAsync(provider, ReplyOf(fault), ReplyOf(fault));

        ChatResponse response = await wired.AskAsync(streaming);

        response.Text.Should().Be(LoopbackServer.Answer);
        response.FinishReason.Should().Be(ChatFinishReason.Stop);
        response.Usage!.InputTokenCount.Should().Be(7);
        wired.Server.Requests.Should().HaveCount(3);
        wired.Server.Requests.Should().OnlyContain(request => request.Streams == streaming);
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_fault_that_stays_is_asked_about_five_times_and_no_more(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, [.. Enumerable.Repeat(Reply.Status(503, "Overloaded."), 20)]);

        ChatFaultException fault = (await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.Message.Should().Be(
            "The provider is overloaded or failing (503). Try again later, or add a fallback client. The provider said: Overloaded. The call was made 5 times.");
        fault.Attempts.Should().Be(5);
        fault.Fault.StatusCode.Should().Be(503);
        wired.Server.Requests.Should().HaveCount(5, "the SDK's own retries would multiply with these");
        wired.Time.Leaps.Should().HaveCount(4).And.OnlyContain(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task Without_retries_one_request_is_made(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, options => options.MaxRetries = 0, Reply.Status(500));

        await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowAsync<ChatFaultException>();

        wired.Server.Requests.Should().ContainSingle("neither the SDK nor the pipeline retries");
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_server_that_is_not_there_is_named_as_such(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, options => options.MaxRetries = 1);
        await wired.Server.DisposeAsync();

        ChatFaultException fault = (await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.Message.Should().Be(
            "The connection to the provider failed. Check the network and the endpoint. The cause: Connection refused The call was made 2 times.");
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_fallback_of_the_other_provider_answers_when_the_first_is_exhausted(string provider, bool streaming)
    {
        await using Wired other = await Wired.StartAsync(provider == "openai" ? "anthropic" : "openai", Reply.Text("From the other"));
        await using Wired wired = await Wired.StartAsync(
            provider, options => options.Fallbacks = [other.Client], [.. Enumerable.Repeat(Reply.Status(500), 5)]);

        ChatResponse response = await wired.AskAsync(streaming, new() { ModelId = "only-the-first-knows" });

        response.Text.Should().Be("From the other");
        wired.Server.Requests.Should().HaveCount(5).And.OnlyContain(request => request.Body["model"]!.GetValue<string>() == "only-the-first-knows");
        other.Server.Requests.Should().ContainSingle().Which.Body["model"]!.GetValue<string>().Should().Be("a-model");
    }

    private static Func<Exchange, Task> ReplyOf(string fault) => fault switch
    {
        "cut" => Reply.Cut(),
        "truncated" => Reply.Truncated(),
        "malformed" => Reply.Body("{ not json"),
        "html" => Reply.Body("<html>Sign in first</html>"),
        "hollow" => Reply.Body("{}"),
        "silent" => exchange => exchange.Request.Streams ? Reply.EndEarly()(exchange) : Reply.Body("")(exchange),
        _ => Reply.Status(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
