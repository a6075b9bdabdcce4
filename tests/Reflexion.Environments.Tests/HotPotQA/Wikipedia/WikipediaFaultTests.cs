using Microsoft.AspNetCore.Http;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class WikipediaFaultTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task It_waits_as_long_as_it_is_told(int status)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(status, "7"));

        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();

        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(7));
        wiki.Server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task It_waits_until_the_date_it_is_told()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(503, "Mon, 05 Jan 2026 12:00:09 GMT"));

        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();

        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(9));
    }

    [Theory]
    [InlineData("maxlag", "Waiting for a database: 6 seconds lagged")]
    [InlineData("ratelimited", "Slow down.")]
    [InlineData("readonly", "The wiki is read-only.")]
    [InlineData("internal_api_error_DBQueryError", "A query failed.")]
    public async Task It_stands_back_when_the_wiki_is_not_ready(string code, string info)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Body($$$"""{"error":{"code":"{{{code}}}","info":"{{{info}}}","lag":6}}""", retryAfter: "5"));

        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();

        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Without_being_told_it_waits_longer_each_time_and_then_gives_up(int status)
    {
        Func<HttpContext, Task> fault = FakeWikipedia.Status(status);
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(fault, fault, fault, fault);

        WikipediaException failure = await wiki.FailAsync();

        failure.Message.Should().Be($"127.0.0.1 answered with status {status}. It was asked 4 times.");
        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        wiki.Server.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task It_does_not_wait_longer_than_allowed()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(429, "3600"));

        WikipediaException failure = await wiki.FailAsync();

        failure.Message.Should().Be("127.0.0.1 answered with status 429. It asks to wait 3600 s, longer than WikipediaOptions.MaxWait allows.");
        wiki.Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_for_good_is_not_repeated(int status)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(status));

        (await wiki.FailAsync()).Message.Should().Be($"127.0.0.1 answered with status {status}.");
        wiki.Server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_error_of_the_request_itself_is_not_repeated()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Body("""{"error":{"code":"badvalue","info":"Unrecognized value."}}"""));

        (await wiki.FailAsync()).Message.Should().Be("127.0.0.1 answered with the error 'badvalue': Unrecognized value.");
    }

    [Theory]
    [InlineData("<html>Log in to the network</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"query\":{\"pages\":{\"7\":{}}}}")]
    public async Task Garbage_is_named_as_such(string body)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Body(body));

        WikipediaException failure = await wiki.FailAsync();

        failure.Message.Should().StartWith("127.0.0.1 did not answer as MediaWiki's API does: ");
        failure.InnerException.Should().NotBeNull();
        wiki.Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"query\":{}}")]
    [InlineData("{\"query\":{\"pages\":null}}")]
    [InlineData("{\"query\":{\"pages\":[null,{\"title\":null,\"extract\":\"x\"}]}}")]
    [InlineData("{\"query\":{\"pages\":[{\"title\":\"x\",\"invalid\":true}]}}")]
    public async Task A_reply_without_a_page_is_a_missing_page(string body)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Body(body));

        (await wiki.SearchAsync("Mercury rising")).Similar.Should().Contain("Mercury (planet)");
    }

    [Fact]
    public async Task What_says_that_it_is_compressed_and_is_not_is_garbage()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync("plain text"u8.ToArray()).AsTask();
        });

        (await wiki.FailAsync()).Message.Should().StartWith("127.0.0.1 did not answer as MediaWiki's API does: ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_without_end_is_cut_off(bool isCompressed)
    {
        string huge = $$$"""{"query":{"pages":[{"title":"x","extract":"{{{new string('x', 3_000_000)}}}"}]}}""";
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(
            options => options with { MaxReplyBytes = 100_000 },
            isCompressed ? context => FakeWikipedia.WriteCompressedAsync(context, huge) : FakeWikipedia.Body(huge));

        (await wiki.FailAsync()).Message.Should().EndWith("The reply is longer than 100000 bytes, which WikipediaOptions.MaxReplyBytes allows.");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            },
            async context =>
            {
                context.Response.ContentLength = 1_000;
                await context.Response.WriteAsync("{\"query\"");
                await context.Response.Body.FlushAsync();
                context.Abort();
            });

        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();

        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(options => options with { MaxAttempts = 2 });
        await wiki.Server.DisposeAsync();

        (await wiki.FailAsync()).Message.Should().StartWith("127.0.0.1 could not be reached: ").And.EndWith(" It was asked 2 times.");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_asked_again()
    {
        var arrived = new TaskCompletionSource();
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        Task<DocumentSearch> search = wiki.SearchAsync("Nick Park");
        await arrived.Task;
        wiki.Time.Advance(wiki.Options.Timeout);

        (await search).Page.Should().NotBeNull();
        wiki.Time.Leaps.Should().Equal(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_server_that_never_answers_in_time_is_named()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(
            options => options with { Timeout = TimeSpan.FromSeconds(1.5), MaxAttempts = 2 },
            context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        (await wiki.FailAsync()).Message.Should().Be("127.0.0.1 did not answer within 1.5 s. It was asked 2 times.");
    }

    [Fact]
    public async Task The_callers_cancellation_is_the_callers_and_leaves_the_store_usable()
    {
        var arrived = new TaskCompletionSource();
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var cancellation = new CancellationTokenSource();

        Func<Task> search = async () =>
        {
            Task<DocumentSearch> asked = wiki.SearchAsync("Nick Park", cancellation.Token);
            await arrived.Task;
            await cancellation.CancelAsync();
            await asked;
        };

        await search.Should().ThrowAsync<OperationCanceledException>();
        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();
    }

    [Fact]
    public async Task Requests_go_out_one_at_a_time_with_a_pause_between_them()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => wiki.SearchAsync($"Nothing {i}")));

        wiki.Server.MostAtOnce.Should().Be(1);
        wiki.Server.Requests.Should().HaveCount(16);
        wiki.Time.Leaps.Should().HaveCount(15).And.OnlyContain(pause => pause == TimeSpan.FromMilliseconds(200));
    }
}
