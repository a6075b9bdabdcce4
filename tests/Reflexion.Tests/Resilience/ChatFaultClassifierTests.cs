using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Reflexion.Tests;

public class ChatFaultClassifierTests
{
    [Theory]
    [InlineData(300, ChatFaultKind.InvalidRequest)]
    [InlineData(400, ChatFaultKind.InvalidRequest)]
    [InlineData(401, ChatFaultKind.Authentication)]
    [InlineData(402, ChatFaultKind.QuotaExhausted)]
    [InlineData(403, ChatFaultKind.PermissionDenied)]
    [InlineData(404, ChatFaultKind.NotFound)]
    [InlineData(405, ChatFaultKind.InvalidRequest)]
    [InlineData(407, ChatFaultKind.Authentication)]
    [InlineData(408, ChatFaultKind.Transient)]
    [InlineData(409, ChatFaultKind.Transient)]
    [InlineData(410, ChatFaultKind.NotFound)]
    [InlineData(413, ChatFaultKind.InvalidRequest)]
    [InlineData(422, ChatFaultKind.InvalidRequest)]
    [InlineData(425, ChatFaultKind.Transient)]
    [InlineData(429, ChatFaultKind.RateLimited)]
    [InlineData(499, ChatFaultKind.InvalidRequest)]
    [InlineData(500, ChatFaultKind.Transient)]
    [InlineData(501, ChatFaultKind.InvalidRequest)]
    [InlineData(502, ChatFaultKind.Transient)]
    [InlineData(503, ChatFaultKind.Transient)]
    [InlineData(504, ChatFaultKind.Transient)]
    [InlineData(505, ChatFaultKind.InvalidRequest)]
    [InlineData(529, ChatFaultKind.Transient)]
    public void A_status_decides_the_kind(int status, ChatFaultKind kind)
    {
        ChatFault fault = Classify(new HttpRequestException("why", null, (HttpStatusCode)status))!;

        fault.Kind.Should().Be(kind);
        fault.StatusCode.Should().Be(status);
        fault.RetryAfter.Should().BeNull();
        fault.IsTransient.Should().Be(kind is ChatFaultKind.Transient or ChatFaultKind.RateLimited);
        fault.Message.Should().Contain($"({status})").And.EndWith("The provider said: why");
    }

    [Theory]
    [InlineData("HTTP 429 (rate_limit: slow)\n\nSlow down.", 429, "Slow down.")]
    [InlineData("Status Code: TooManyRequests\n{\"error\":{\"message\":\"Slow down.\"}}", 429, "Slow down.")]
    [InlineData("Status Code: 529\n{\"message\":\"Busy.\"}", 529, "Busy.")]
    [InlineData("Too many requests.\nStatus: 429 (Too Many Requests)", 429, "Too many requests. Status: 429 (Too Many Requests)")]
    [InlineData("Service request failed.\nStatus: 401 (Unauthorized)", 401, "Service request failed. Status: 401 (Unauthorized)")]
    [InlineData("Response status code does not indicate success: 503 (Service Unavailable).", 503, "Response status code does not indicate success: 503 (Service Unavailable).")]
    [InlineData("SSE error: '{\"type\":\"error\",\"error\":{\"type\": \"overloaded_error\",\"message\":\"Overloaded\"}}'", 529, "Overloaded")]
    [InlineData("{\"type\":\"rate_limit_error\"}", 429, "{\"type\":\"rate_limit_error\"}")]
    [InlineData("{\"type\":\"timeout_error\"}", 504, "{\"type\":\"timeout_error\"}")]
    [InlineData("{\"type\":\"authentication_error\"}", 401, "{\"type\":\"authentication_error\"}")]
    [InlineData("{\"type\":\"permission_error\"}", 403, "{\"type\":\"permission_error\"}")]
    [InlineData("{\"type\":\"billing_error\"}", 402, "{\"type\":\"billing_error\"}")]
    [InlineData("{\"type\":\"not_found_error\"}", 404, "{\"type\":\"not_found_error\"}")]
    [InlineData("{\"type\":\"invalid_request_error\"}", 400, "{\"type\":\"invalid_request_error\"}")]
    [InlineData("{\"type\":\"api_error\",\"error\":\"Oh dear\"}", 500, "Oh dear")]
    [InlineData("HTTP 500", 500, "HTTP 500")]
    [InlineData("HTTP 300", 300, "HTTP 300")]
    [InlineData("HTTP 599", 599, "HTTP 599")]
    public void A_status_in_the_message_of_an_SDK_is_understood(string message, int status, string said)
    {
        ChatFault fault = Classify(new SdkException(message))!;

        fault.StatusCode.Should().Be(status);
        fault.Message.Should().EndWith($" The provider said: {said}");
    }

    [Theory]
    [InlineData("It is 429 of them.")]
    [InlineData("The page said HTTP 404")]
    [InlineData("HTTP 200 but odd")]
    [InlineData("HTTP 999")]
    [InlineData("Status Code: Whatever")]
    [InlineData("Status Code: OK")]
    public void Other_numbers_and_words_in_a_message_are_no_status(string message) => Classify(new SdkException(message)).Should().BeNull();

    public static TheoryData<Exception> Bugs => new()
    {
        new InvalidOperationException("HTTP 429"),
        new ArgumentException("HTTP 429"),
        new NotSupportedException("HTTP 429"),
        new FileNotFoundException(),
        new DirectoryNotFoundException(),
        new PathTooLongException(),
        new DriveNotFoundException(),
        new SdkException("Something else"),
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public void What_is_not_the_providers_is_left_alone(Exception exception) => Classify(exception).Should().BeNull();

    public static TheoryData<Exception, ChatFaultKind, string> Transport => new()
    {
        { new TimeoutException(), ChatFaultKind.Timeout, "The provider's client gave up waiting for an answer. Try again later, or raise the client's own timeout." },
        { new TaskCanceledException(), ChatFaultKind.Timeout, "The provider's client gave up waiting for an answer. Try again later, or raise the client's own timeout." },
        { new HttpRequestException("No route"), ChatFaultKind.Transient, "The connection to the provider failed. Check the network and the endpoint. The cause: No route" },
        { new HttpRequestException("Outer", new IOException("Middle", new SocketException(111))), ChatFaultKind.Transient, "The connection to the provider failed. Check the network and the endpoint. The cause: Connection refused" },
        { new HttpIOException(HttpRequestError.ResponseEnded, "Cut"), ChatFaultKind.Transient, "The connection to the provider failed. Check the network and the endpoint. The cause: Cut (ResponseEnded)" },
        { new SocketException(104), ChatFaultKind.Transient, "The connection to the provider failed. Check the network and the endpoint. The cause: Connection reset by peer" },
        { new JsonException("Odd"), ChatFaultKind.Transient, "The provider's reply could not be read. Check that the endpoint speaks this provider's format. The cause: Odd" },
        { new InvalidDataException("Odder"), ChatFaultKind.Transient, "The provider's reply could not be read. Check that the endpoint speaks this provider's format. The cause: Odder" },
    };

    [Theory]
    [MemberData(nameof(Transport))]
    public void Faults_of_the_network_and_of_unreadable_replies_are_transient(Exception exception, ChatFaultKind kind, string message)
    {
        var expected = new ChatFault(kind, message);

        Classify(exception).Should().Be(expected);
        Classify(new SdkException("Wrapped", exception)).Should().Be(expected);
        Classify(new AggregateException(new SdkException("Another"), exception)).Should().Be(expected);
        expected.IsTransient.Should().BeTrue();
    }

    [Fact]
    public void A_status_deep_inside_outweighs_the_network_fault_around_it() =>
        Classify(new IOException("Outer", new HttpRequestException("Inner", null, HttpStatusCode.Unauthorized)))!.Kind.Should().Be(ChatFaultKind.Authentication);

    [Fact]
    public void A_status_in_words_outweighs_the_network_fault_that_carries_it() =>
        Classify(new IOException("HTTP 401 (no such key)"))!.Kind.Should().Be(ChatFaultKind.Authentication);

    [Theory]
    [InlineData("insufficient_quota")]
    [InlineData("Your Credit Balance is too low to access the API")]
    public void A_used_up_quota_is_recognised_by_its_words(string words) =>
        Classify(new HttpRequestException(words, null, HttpStatusCode.BadRequest))!.Kind.Should().Be(ChatFaultKind.QuotaExhausted);

    [Fact]
    public void A_fault_that_is_known_already_stays_what_it_is()
    {
        var fault = new ChatFault(ChatFaultKind.CircuitOpen, "Open.");

        Classify(new SdkException("Around it", new ChatFaultException(fault))).Should().BeSameAs(fault);
    }

    [Fact]
    public void A_reader_tells_what_an_SDK_knows_and_the_last_one_is_asked_first()
    {
        ChatFaultClassifier first = ChatFaultClassifier.Default.Reading<SdkException>(_ => new(503));
        ChatFaultClassifier second = first.Reading<SdkException>(e => e.Message == "none" ? null : new(429, TimeSpan.FromSeconds(3), "Slow."));

        second.Classify(new SdkException("x")).Should().Be(
            new ChatFault(ChatFaultKind.RateLimited, "The provider limits the rate of calls (429). Make fewer at once, or raise the plan's limit. The provider said: Slow.")
            { StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(3) });
        second.Classify(new SdkException("none"))!.StatusCode.Should().Be(503);
        first.Classify(new SdkException("x"))!.StatusCode.Should().Be(503);
        ChatFaultClassifier.Default.Classify(new SdkException("x")).Should().BeNull();
        second.Classify(new IOException("Other"))!.StatusCode.Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(299)]
    public void A_status_of_success_tells_nothing(int status) => ChatFaultClassifier.Default.Reading<SdkException>(_ => new(status))
        .Classify(new SdkException("x", new IOException("Cut")))!.Message.Should().Contain("The connection to the provider failed");

    [Fact]
    public void A_status_of_300_tells_something() =>
        ChatFaultClassifier.Default.Reading<SdkException>(_ => new(300)).Classify(new SdkException("x"))!.StatusCode.Should().Be(300);

    [Fact]
    public void A_reader_may_set_the_kind_itself() => ChatFaultClassifier.Default.Reading<SdkException>(_ => new(null, Kind: ChatFaultKind.Timeout))
        .Classify(new SdkException("late")).Should().Be(
            new ChatFault(ChatFaultKind.Timeout, "The provider did not answer in time. Try again later. The provider said: late"));

    [Fact]
    public void A_long_message_is_quoted_in_part() =>
        ChatFaultText.Quote(new string('x', 301)).Should().Be(new string('x', 300) + "…");

    [Theory]
    [InlineData("a\n\n  b\tc", "a b c")]
    [InlineData("{ broken", "{ broken")]
    [InlineData("} { ", "} {")]
    [InlineData("{\"error\":7}", "{\"error\":7}")]
    [InlineData("{\"error\":{\"message\":7}}", "{\"error\":{\"message\":7}}")]
    [InlineData("{not json}", "{not json}")]
    [InlineData("[{\"message\":\"in a list\"}]", "in a list")]
    [InlineData("HTTP 400\n", "HTTP 400")]
    [InlineData("No status\nhere", "No status here")]
    public void A_message_is_quoted_as_well_as_it_can_be(string message, string quoted) => ChatFaultText.Quote(message).Should().Be(quoted);

    [Fact]
    public void A_quote_of_300_characters_is_whole() => ChatFaultText.Quote(new string('x', 300)).Should().HaveLength(300);

    [Fact]
    public void Null_is_refused()
    {
        FluentActions.Invoking(() => Classify(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ChatFaultClassifier.Default.Reading<SdkException>(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ChatFaultException(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ChatStreamInterruptedException(new(ChatFaultKind.Transient, "x"), null!)).Should().Throw<ArgumentNullException>();
    }

    private static ChatFault? Classify(Exception exception) => ChatFaultClassifier.Default.Classify(exception);

    private sealed class SdkException(string message, Exception? inner = null) : Exception(message, inner);
}
