using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class FaultPlanTests
{
    [Fact]
    public void An_even_plan_holds_every_kind_that_ends_by_itself()
    {
        FaultPlan plan = FaultPlan.Even(seed: 3, rate: 0.3);

        plan.Seed.Should().Be(3);
        plan.Rates.Keys.Should().Equal(Enum.GetValues<FaultKind>().Except([FaultKind.Hang]));
        plan.Rates.Values.Should().OnlyContain(rate => Math.Abs(rate - 0.3 / 12) < 1e-12);
        FaultPlan.Even(3, 0.5, FaultKind.Hang, FaultKind.Timeout, FaultKind.Hang).Rates.Should().Equal(
            new Dictionary<FaultKind, double> { [FaultKind.Timeout] = 0.25, [FaultKind.Hang] = 0.25 });
        FaultPlan.Even(3, 1, Enum.GetValues<FaultKind>()).Rates.Should().HaveCount(13);
    }

    [Fact]
    public void A_rate_can_be_changed()
    {
        FaultPlan plan = new FaultPlan(1).With(FaultKind.Timeout, 0.9);

        plan.With(FaultKind.Timeout, 1).Rates[FaultKind.Timeout].Should().Be(1);
        plan.Rates[FaultKind.Timeout].Should().Be(0.9, "a plan does not change");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_rate_outside_its_range_is_refused(double rate) =>
        new FaultPlan(1).Invoking(plan => plan.With(FaultKind.Timeout, rate)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A rate lies in [0, 1].*");

    [Fact]
    public void Rates_that_add_up_to_more_than_one_are_refused() =>
        new FaultPlan(1).With(FaultKind.Timeout, 0.5).Invoking(plan => plan.With(FaultKind.ServerError, 0.51)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The rates of all kinds add up to more than 1; a call meets one fault at most.*");

    [Fact]
    public void A_kind_that_does_not_exist_is_refused() =>
        new FaultPlan(1).Invoking(plan => plan.With((FaultKind)99, 0.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("This is no kind of fault.*");

    [Fact]
    public async Task Faults_come_as_often_as_planned()
    {
        const int Calls = 5_000;
        using FaultInjectingChatClient client = Client(new FaultPlan(11).With(FaultKind.ServerError, 0.2).With(FaultKind.EmptyReply, 0.1));
        for (int i = 0; i < Calls; i++)
        {
            await client.StreamToItsFaultAsync($"{i}");
        }

        client.Calls.Should().Be(Calls);
        client.InjectedByKind.Keys.Should().Equal(FaultKind.ServerError, FaultKind.EmptyReply);
        client.InjectedByKind[FaultKind.ServerError].Should().BeCloseTo(1000, 120);
        client.InjectedByKind[FaultKind.EmptyReply].Should().BeCloseTo(500, 90);
        client.Injected.Length.Should().Be(client.InjectedByKind.Values.Sum());
        client.Injected.Average(fault => fault.Position).Should().BeApproximately(0.5, 0.03);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults_to_the_same_requests_in_whatever_order()
    {
        string[] questions = [.. Enumerable.Range(0, 300).Select(i => $"q{i % 100}")];
        FaultPlan plan = FaultPlan.Even(seed: 5, rate: 0.5) with { TokenDelay = TimeSpan.Zero };
        using FaultInjectingChatClient one = Client(plan);
        using FaultInjectingChatClient other = Client(plan);
        using FaultInjectingChatClient otherSeed = Client(plan with { Seed = 6 });
        foreach (string question in questions)
        {
            await one.StreamToItsFaultAsync(question);
            await otherSeed.StreamToItsFaultAsync(question);
        }

        await Task.WhenAll(questions.Reverse().Select(question => Task.Run(() => other.StreamToItsFaultAsync(question))));

        other.Injected.Should().BeEquivalentTo(one.Injected);
        otherSeed.Injected.Should().NotBeEquivalentTo(one.Injected);
        one.Injected.Where(fault => fault.Occurrence == 2).Select(fault => fault.RequestHash).Should()
            .NotBeEquivalentTo(one.Injected.Where(fault => fault.Occurrence == 1).Select(fault => fault.RequestHash), "a retry is drawn anew");
    }

    [Fact]
    public async Task Without_rates_nothing_is_injected()
    {
        using FaultInjectingChatClient client = Client(new(1));

        (await client.TextAsync("q")).Should().Be("one two three");
        (await client.StreamTextAsync("q")).Should().Be("one two three");
        client.Injected.Should().BeEmpty();
        client.InjectedByKind.Should().BeEmpty();
    }

    private static FaultInjectingChatClient Client(FaultPlan plan) =>
        new(new ScriptedChatClient { KeepsRequests = false }.Otherwise("one two three"), plan);
}
