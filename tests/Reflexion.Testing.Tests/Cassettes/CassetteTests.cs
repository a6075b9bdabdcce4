using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class CassetteTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_recorded_call_is_replayed_without_the_model()
    {
        using (var client = new ScriptedChatClient("four").WithCassette(_file.Path, CassetteMode.Record))
        {
            (await client.TextAsync("2+2?")).Should().Be("four");
        }

        using var cassette = Cassette.Open(_file.Path);
        using var replay = new ReplayChatClient(cassette);
        cassette.Count.Should().Be(1);
        cassette.Unplayed.Should().Be(1);

        ChatResponse response = await replay.GetResponseAsync([Ask.User("2+2?")]);

        response.Text.Should().Be("four");
        response.FinishReason.Should().Be(ChatFinishReason.Stop);
        response.ModelId.Should().Be("scripted");
        response.Usage!.TotalTokenCount.Should().Be(2);
        cassette.Unplayed.Should().Be(0);
        cassette.AssertAllPlayed();
    }

    [Fact]
    public async Task The_file_starts_with_name_and_version_and_is_readable()
    {
        using (var client = new ScriptedChatClient("vier € <b>").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.TextAsync("zwei + zwei?");
        }

        _file.Lines.Should().HaveCount(2);
        _file.Lines[0].Should().Be("""{"format":"reflexion-cassette","version":1}""");
        _file.Lines[1].Should().MatchRegex("^" + System.Text.RegularExpressions.Regex.Escape(
            """{"hash":"HASH","request":{"messages":[{"role":"user","contents":[{"kind":"text","text":"zwei + zwei?"}]}]},"response":{"messages":[{"role":"assistant","contents":[{"kind":"text","text":"vier € <b>"}]}],"finish":"stop","model":"scripted","usage":{"input":3,"output":3,"total":6}}}""")
            .Replace("HASH", "[0-9a-f]{32}") + "$");
        _file.Text.Should().EndWith("\n");
    }

    [Fact]
    public async Task Equal_requests_are_answered_in_recorded_order_and_different_ones_in_any()
    {
        using (var client = new ScriptedChatClient("a1", "b1", "a2").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.TextAsync("a");
            await client.TextAsync("b");
            await client.TextAsync("a");
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.TextAsync("b")).Should().Be("b1");
        (await replay.TextAsync("a")).Should().Be("a1");
        (await replay.TextAsync("a")).Should().Be("a2");
    }

    [Fact]
    public async Task Unplayed_calls_can_be_asserted()
    {
        using (var client = new ScriptedChatClient("a", "b").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.TextAsync("first");
            await client.TextAsync("second");
        }

        using IChatClient replay = new ScriptedChatClient().WithCassette(_file.Path, CassetteMode.Replay);
        await replay.TextAsync("first");

        CassetteNotFinishedException fault = replay.GetRequiredService<Cassette>().Invoking(c => c.AssertAllPlayed()).Should().Throw<CassetteNotFinishedException>().Which;
        fault.Message.Should().Be($"1 of 2 calls in '{_file.Path}' were not asked for. The first of them is call 2:\n  1. user: second");
        fault.Left.Should().Be(1);
    }

    [Fact]
    public async Task Auto_asks_the_model_only_for_what_is_missing()
    {
        using var model = new ScriptedChatClient("one", "two");
        using (IChatClient client = model.WithCassette(_file.Path))
        {
            (await client.TextAsync("a")).Should().Be("one");
            client.GetRequiredService<Cassette>().AssertAllPlayed();
        }

        using (IChatClient client = model.WithCassette(_file.Path))
        {
            (await client.TextAsync("a")).Should().Be("one");
            (await client.StreamTextAsync("b")).Should().Be("two");
            client.GetRequiredService<Cassette>().Count.Should().Be(2);
        }

        model.RequestCount.Should().Be(2);
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Replay))
        {
            (await client.TextAsync("b")).Should().Be("two");
            (await client.TextAsync("a")).Should().Be("one");
        }
    }

    [Fact]
    public async Task Recording_adds_to_what_is_there()
    {
        using var model = new ScriptedChatClient("one", "two");
        foreach (string _ in new[] { "first", "second" })
        {
            using IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record);
            await client.TextAsync("a");
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        (await replay.TextAsync("a")).Should().Be("one");
        (await replay.TextAsync("a")).Should().Be("two");
    }

    [Fact]
    public async Task An_entry_is_in_the_file_when_the_answer_arrives()
    {
        using IChatClient client = new ScriptedChatClient("one", "two").WithCassette(_file.Path, CassetteMode.Record);

        await client.TextAsync("a");
        new FileInfo(_file.Path).Length.Should().BeGreaterThan(100);
    }

    [Fact]
    public async Task Hundreds_of_calls_at_once_are_recorded_and_replayed_exactly()
    {
        const int Count = 400;
        using var model = new ScriptedChatClient { KeepsRequests = false };
        model.Otherwise(request => $"{request.Last} {request.Turn}");
        string[] recorded;
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record))
        {
            // Each question is asked four times.
            recorded = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(() => i % 2 == 0 ? client.TextAsync($"q{i % 100}") : client.StreamTextAsync($"q{i % 100}"))));
        }

        _file.Lines.Should().HaveCount(Count + 1);
        using var cassette = Cassette.Open(_file.Path);
        using var replay = new ReplayChatClient(cassette);
        string[] replayed = await Task.WhenAll(Enumerable.Range(0, Count).Reverse().Select(i => Task.Run(() => i % 3 == 0 ? replay.TextAsync($"q{i % 100}") : replay.StreamTextAsync($"q{i % 100}"))));

        replayed.Should().BeEquivalentTo(recorded);
        cassette.AssertAllPlayed();
    }

    [Fact]
    public async Task Replay_heeds_cancellation_and_takes_nothing_then()
    {
        using (var client = new ScriptedChatClient("a").WithCassette(_file.Path, CassetteMode.Record))
        {
            await client.TextAsync("q");
        }

        using var cassette = Cassette.Open(_file.Path);
        using var replay = new ReplayChatClient(cassette);
        var cancelled = new CancellationToken(true);

        await replay.Awaiting(r => r.GetResponseAsync([Ask.User("q")], null, cancelled)).Should().ThrowAsync<OperationCanceledException>();
        (await replay.StreamToItsFaultAsync("q", cancelled)).Fault.Should().BeAssignableTo<OperationCanceledException>();
        cassette.Unplayed.Should().Be(1);
    }

    [Fact]
    public void Clients_give_their_cassette_their_own_kind_and_the_services_of_the_model()
    {
        using var cassette = Cassette.Open(_file.Path);
        using var model = new DelegateChatClient();

        foreach (CassetteMode mode in new[] { CassetteMode.Record, CassetteMode.Auto })
        {
            IChatClient client = model.WithCassette(cassette, mode);
            client.GetService<Cassette>().Should().BeSameAs(cassette);
            client.GetService<DelegateChatClient>().Should().BeSameAs(model);
            client.GetService<RecordingChatClient>().Should().NotBeNull();
            client.GetService<object>("key").Should().Be("keyed service");
            (client.GetService<ReplayChatClient>() is null).Should().Be(mode == CassetteMode.Record);
        }

        IChatClient replay = model.WithCassette(cassette, CassetteMode.Replay);
        replay.GetService<Cassette>().Should().BeSameAs(cassette);
        replay.GetService<ReplayChatClient>().Should().NotBeNull();
        replay.GetService<DelegateChatClient>().Should().BeNull("the model is not asked");
        replay.GetService<object>("key").Should().BeNull();
    }

    [Theory]
    [InlineData(CassetteMode.Replay)]
    [InlineData(CassetteMode.Record)]
    [InlineData(CassetteMode.Auto)]
    public async Task The_model_is_disposed_of_and_the_file_closed_with_the_client(CassetteMode mode)
    {
        var model = new DelegateChatClient((_, _) => Task.FromResult(ScriptedReply.Text("x")));
        IChatClient client = model.WithCassette(_file.Path, mode);
        if (mode != CassetteMode.Replay)
        {
            await client.TextAsync("a");
        }

        client.Dispose();

        model.IsDisposed.Should().BeTrue();
        using FileStream? free = mode == CassetteMode.Replay ? null : new(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task A_cassette_that_is_closed_records_nothing_more_and_calls_no_model()
    {
        using var model = new ScriptedChatClient("x");
        var cassette = Cassette.Open(_file.Path);
        cassette.Dispose();

        await model.WithCassette(cassette, CassetteMode.Record).Awaiting(c => c.TextAsync("a")).Should().ThrowAsync<ObjectDisposedException>();
        model.RequestCount.Should().Be(0);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        using var cassette = Cassette.Open(_file.Path);
        using var model = new ScriptedChatClient();

        FluentActions.Invoking(() => Cassette.Open(" ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new ReplayChatClient(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new RecordingChatClient(model, null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => model.WithCassette(cassette, (CassetteMode)9)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("This is no cassette mode.*");
        FluentActions.Invoking(() => model.WithCassette((Cassette)null!)).Should().Throw<ArgumentNullException>();
    }
}
