namespace Reflexion.Tests;

public class AsyncTurnTests
{
    [Fact]
    public async Task Callers_get_their_turn_in_order_and_those_who_gave_up_are_passed_over()
    {
        var turn = new AsyncTurn();
        using var gaveUp = new CancellationTokenSource();
        await turn.EnterAsync(CancellationToken.None);
        Task second = turn.EnterAsync(gaveUp.Token).AsTask();
        Task third = turn.EnterAsync(CancellationToken.None).AsTask();

        await gaveUp.CancelAsync();
        await second.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
        third.IsCompleted.Should().BeFalse();
        turn.Leave();
        await third;
        turn.Leave();

        turn.EnterAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        await turn.Awaiting(it => it.EnterAsync(gaveUp.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();
    }
}
