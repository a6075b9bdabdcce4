using System.Net;

namespace Reflexion.Tests;

public class RetryAfterTests
{
    private static readonly LeapingTime Time = new(TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("17", 17)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("Mon, 05 Jan 2026 12:00:30 GMT", 30)]
    [InlineData(" Mon, 05 Jan 2026 12:00:30 GMT ", 30)]
    [InlineData("Mon, 05 Jan 2026 12:00:00 GMT", 0)]
    [InlineData("Mon, 05 Jan 2026 11:59:00 GMT", 0)]
    public void Seconds_and_dates_are_read(string value, double seconds) =>
        RetryAfterHeader.Parse(value, Time).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("12:00")]
    [InlineData("2026-01-05")]
    public void Other_values_are_not(string? value) => RetryAfterHeader.Parse(value, Time).Should().BeNull();

    [Fact]
    public void A_number_beyond_all_time_is_a_very_long_wait() =>
        RetryAfterHeader.Parse(new string('9', 40)).Should().BeGreaterThan(TimeSpan.FromDays(365 * 1000));

    [Fact]
    public void Without_a_clock_a_date_is_compared_with_the_systems() => RetryAfterHeader.Parse("Thu, 01 Jan 1970 00:00:00 GMT").Should().Be(TimeSpan.Zero);

    [Theory]
    [InlineData(429, "retry-after", "7", 7)]
    [InlineData(503, "Retry-After", "Mon, 05 Jan 2026 12:00:30 GMT", 30)]
    [InlineData(429, "retry-after-ms", "250", 0.25)]
    public async Task The_handler_turns_an_error_with_the_header_into_an_exception(int status, string header, string value, double seconds)
    {
        using HttpMessageInvoker client = Client(new((HttpStatusCode)status) { Content = new StringContent("Slow down."), Headers = { { header, value } } });

        HttpFaultException fault = (await FluentActions.Awaiting(() => SendAsync(client)).Should().ThrowAsync<HttpFaultException>()).Which;

        fault.StatusCode.Should().Be((HttpStatusCode)status);
        fault.RetryAfter.Should().Be(TimeSpan.FromSeconds(seconds));
        fault.Message.Should().Be($"HTTP {status}\nSlow down.");
        ChatFault known = ChatFaultClassifier.Default.Classify(new InvalidOperationException("An SDK's", fault))!;
        known.RetryAfter.Should().Be(TimeSpan.FromSeconds(seconds));
        known.Message.Should().EndWith("The provider said: Slow down.");
    }

    [Fact]
    public async Task Milliseconds_outweigh_seconds()
    {
        using HttpMessageInvoker client = Client(new(HttpStatusCode.TooManyRequests) { Headers = { { "retry-after", "9" }, { "retry-after-ms", "100" } } });

        (await FluentActions.Awaiting(() => SendAsync(client)).Should().ThrowAsync<HttpFaultException>()).Which.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(429, "soon")]
    [InlineData(200, "7")]
    public async Task Other_responses_pass(int status, string? value)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("Body") };
        if (value is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        }

        using HttpMessageInvoker client = Client(response);

        (await SendAsync(client)).Should().BeSameAs(response);
        (await response.Content.ReadAsStringAsync()).Should().Be("Body");
    }

    private static HttpMessageInvoker Client(HttpResponseMessage response) => new(new RetryAfterHandler(Time) { InnerHandler = new Fixed(response) });

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://host/"));
        return await client.SendAsync(request, CancellationToken.None);
    }

    private sealed class Fixed(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(response);
    }
}
