using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

public class BudgetLedgerTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "Hello you")];

    [Fact]
    public async Task A_call_is_reserved_before_it_is_made_and_settled_after()
    {
        // 4 for the message, 3 for nine characters, 20 reserved for the reply: 27 of 27.
        var ledger = new BudgetLedger(new() { MaxTokens = 27, ReservedOutputTokens = 20 });
        var model = new ScriptedChatClient("ok", "ok");
        IChatClient chat = model.WithBudget(ledger, AgentComponent.Reflector);

        await chat.GetResponseAsync(Hello);

        ledger.Snapshot().ByComponent[AgentComponent.Reflector].Should().Be(new ComponentUsage(1, 0, new(3, 1), 0));
        (await chat.Invoking(it => it.GetResponseAsync(Hello)).Should().ThrowAsync<BudgetExhaustedException>())
            .WithMessage("The next call may need 27 tokens, and 4 of 27 are used or reserved; raise EpisodeBudget.MaxTokens or set ChatOptions.MaxOutputTokens.");
        model.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Max_output_tokens_are_what_is_reserved()
    {
        IChatClient chat = new ScriptedChatClient("ok", "ok").WithBudget(new(new() { MaxTokens = 20 }));

        await chat.Invoking(it => it.GetResponseAsync(Hello)).Should().ThrowAsync<BudgetExhaustedException>();
        (await chat.GetResponseAsync(Hello, new() { MaxOutputTokens = 13 })).Text.Should().Be("ok");
    }

    [Fact]
    public async Task Concurrent_calls_cannot_pass_a_limit_together()
    {
        var ledger = new BudgetLedger(new() { MaxModelCalls = 5 });
        IChatClient chat = new ScriptedChatClient().Otherwise(_ => "ok").WithBudget(ledger);

        Task[] calls = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(() => chat.GetResponseAsync(Hello)))];
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));

        calls.Count(call => call.IsCompletedSuccessfully).Should().Be(5);
        ledger.Snapshot().Total.Calls.Should().Be(5);
    }

    [Fact]
    public async Task A_failed_call_counts_with_its_prompt()
    {
        var ledger = new BudgetLedger(new());
        IChatClient chat = new ScriptedChatClient().Then(_ => throw new HttpRequestException("no")).WithBudget(ledger);

        await chat.Invoking(it => it.GetResponseAsync(Hello)).Should().ThrowAsync<HttpRequestException>();

        ledger.Snapshot().Total.Should().Be(new ComponentUsage(1, 1, new(7, 0), 0));
    }

    [Fact]
    public async Task A_stream_is_settled_when_it_ends_however_it_ends()
    {
        var ledger = new BudgetLedger(new());
        IChatClient chat = new ScriptedChatClient("one two three", "one two three").WithBudget(ledger);

        string whole = (await chat.GetStreamingResponseAsync(Hello).ToChatResponseAsync()).Text;
        ComponentUsage afterWhole = ledger.Snapshot().Total;
        await foreach (ChatResponseUpdate _ in chat.GetStreamingResponseAsync(Hello))
        {
            break;
        }

        whole.Should().Be("one two three");
        afterWhole.Should().Be(new ComponentUsage(1, 0, new(3, 4), 0));
        ledger.Snapshot().Total.Should().Be(new ComponentUsage(2, 1, new(10, 9), 0));
    }

    [Fact]
    public async Task A_stream_that_cannot_even_start_is_settled_as_a_failed_call()
    {
        var ledger = new BudgetLedger(new() { MaxTokens = 40, ReservedOutputTokens = 20 });
        using var model = new UnstartableStream(new ScriptedChatClient("ok"));
        IChatClient chat = model.WithBudget(ledger);

        await chat.Invoking(it => it.GetStreamingResponseAsync(Hello).ToChatResponseAsync()).Should().ThrowAsync<NotSupportedException>();

        ledger.Snapshot().Total.Should().Be(new ComponentUsage(1, 1, new(7, 0), 0));
        (await chat.GetResponseAsync(Hello)).Text.Should().Be("ok", "what was reserved for the stream is free again");
    }

    [Theory]
    [InlineData(null, null, null, 7, 5)]
    [InlineData(5L, null, null, 5, 5)]
    [InlineData(null, null, 30L, 7, 23)]
    [InlineData(null, null, 3L, 3, 0)]
    [InlineData(null, 9L, null, 7, 9)]
    public async Task Counts_that_a_provider_leaves_out_are_estimated(long? input, long? output, long? total, long countedInput, long countedOutput)
    {
        var ledger = new BudgetLedger(new());
        ChatResponse Reply() => new(new ChatMessage(ChatRole.Assistant, "okay"))
        {
            Usage = new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = total },
        };
        IChatClient chat = new ScriptedChatClient().Then(_ => Reply()).Then(_ => Reply()).WithBudget(ledger);

        await chat.GetResponseAsync(Hello);
        await chat.GetStreamingResponseAsync(Hello).ToChatResponseAsync();

        ledger.Snapshot().Total.Tokens.Should().Be(new TokenUsage(countedInput * 2, countedOutput * 2));
    }

    [Fact]
    public async Task A_call_without_a_model_id_costs_what_the_clients_default_model_does()
    {
        var prices = new PriceList(new Dictionary<string, ModelPrice> { ["big"] = new(0, 1_000_000) });
        var ledger = new BudgetLedger(new() { Prices = prices, MaxCost = 10 });
        using var model = new DefaultModel(new ScriptedChatClient().Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "okay"))), "big");
        IChatClient chat = model.WithBudget(ledger);

        await chat.GetResponseAsync(Hello, new() { MaxOutputTokens = 10 });

        ledger.Snapshot().Total.Cost.Should().Be(5);
        await chat.Invoking(it => it.GetResponseAsync(Hello, new() { MaxOutputTokens = 10 })).Should().ThrowAsync<BudgetExhaustedException>();
    }

    [Fact]
    public async Task Cost_follows_the_price_of_the_longest_matching_model_id()
    {
        var prices = new PriceList(new Dictionary<string, ModelPrice>
        {
            ["big"] = new(1_000_000, 2_000_000),
            ["big-cheap"] = new(1, 1),
        });
        var ledger = new BudgetLedger(new() { Prices = prices, MaxCost = 1_000_000_000 });

        await new ScriptedChatClient("okay") { ModelId = "BIG-2026" }.WithBudget(ledger).GetResponseAsync(Hello);

        ledger.Snapshot().Total.Cost.Should().Be(3 * 1 + 1 * 2);
        prices.Find("big-cheap-1")!.Input.Should().Be(1);
        prices.Find("other").Should().BeNull();
        prices.Find(null).Should().BeNull();
        new PriceList(new Dictionary<string, ModelPrice>(), new(5, 5)).Find("x")!.Input.Should().Be(5);
        new ModelPrice(2, 4, 1).CostOf(new(1_000_000, 500_000, 400_000)).Should().Be(0.6m * 2 + 0.4m + 2);
    }

    [Fact]
    public async Task A_cost_limit_refuses_the_call_that_would_pass_it()
    {
        var prices = new PriceList(new Dictionary<string, ModelPrice>(), new(0, 1_000_000));
        IChatClient chat = new ScriptedChatClient("ok", "ok").WithBudget(new(new() { Prices = prices, MaxCost = 10 }));

        await chat.GetResponseAsync(Hello, new() { MaxOutputTokens = 10 });
        (await chat.Invoking(it => it.GetResponseAsync(Hello, new() { MaxOutputTokens = 10 })).Should().ThrowAsync<BudgetExhaustedException>())
            .WithMessage("The next call may cost 10, and 1 of 10 are spent or reserved; raise EpisodeBudget.MaxCost.");
    }

    [Fact]
    public async Task A_parents_limit_holds_for_all_children_and_a_refusal_reserves_nothing()
    {
        var parent = new BudgetLedger(new() { MaxModelCalls = 2 });
        var child = new BudgetLedger(new() { MaxModelCalls = 1 }, parent);
        IChatClient chat = new ScriptedChatClient().Otherwise(_ => "ok").WithBudget(child);
        IChatClient sibling = new ScriptedChatClient().Otherwise(_ => "ok").WithBudget(new(new(), parent));

        await chat.GetResponseAsync(Hello);
        await chat.Invoking(it => it.GetResponseAsync(Hello)).Should().ThrowAsync<BudgetExhaustedException>();
        await sibling.GetResponseAsync(Hello);

        await sibling.Invoking(it => it.GetResponseAsync(Hello)).Should().ThrowAsync<BudgetExhaustedException>();
        parent.Snapshot().Total.Calls.Should().Be(2);
    }

    [Fact]
    public void Senseless_budgets_are_refused()
    {
        foreach (EpisodeBudget budget in (EpisodeBudget[])[new() { MaxModelCalls = 0 }, new() { MaxTokens = 0 }, new() { MaxDuration = default }, new() { MaxDuration = TimeSpan.FromDays(25) }, new() { MaxCost = 1 }, new() { ReservedOutputTokens = -1 }])
        {
            FluentActions.Invoking(() => new BudgetLedger(budget)).Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void A_metered_client_is_transparent_to_services_and_leaves_the_inner_one_alive()
    {
        var model = new ScriptedChatClient("ok");
        IChatClient chat = model.WithBudget(new(new()));

        chat.GetService(typeof(ScriptedChatClient)).Should().BeSameAs(model);
        chat.GetService(typeof(ChatClientMetadata)).Should().BeOfType<ChatClientMetadata>();
        chat.GetService(chat.GetType()).Should().BeSameAs(chat);
        chat.Dispose();
        model.Requests.Should().BeEmpty();
    }

    private sealed class UnstartableStream(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("No streaming here.");
    }

    private sealed class DefaultModel(IChatClient inner, string modelId) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, modelId) : base.GetService(serviceType, serviceKey);

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.ModelId = null;
            response.Usage = null;
            return response;
        }
    }
}
