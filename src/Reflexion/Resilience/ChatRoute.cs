using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Reflexion;

/// <summary>One client with its retries and its circuit breaker.</summary>
internal sealed class ChatRoute
{
    private readonly ChatResilienceOptions _options;
    private readonly ILogger _log;
    private readonly SeededRandomizer _randomizer;
    private readonly ResiliencePipeline _breaker;
    private readonly ResiliencePipeline _pipeline;

    internal ChatRoute(IChatClient client, ChatResilienceOptions options, ILogger log, int seed)
    {
        Client = client;
        _options = options;
        _log = log;
        _randomizer = new(seed);
        _breaker = Breaker();
        _pipeline = Retries();
    }

    internal IChatClient Client { get; }

    /// <summary>Makes a call, again where it fails for the moment.</summary>
    /// <exception cref="ChatFaultException">The call failed for good.</exception>
    internal async ValueTask<T> ExecuteAsync<T>(ResilientCall call, Func<IChatClient, ResilientCall, ValueTask<T>> attempt)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static (state, _) =>
                {
                    state.call.Attempts++;
                    return state.attempt(state.Client, state.call);
                },
                (call, attempt, Client),
                call.Token).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            Exception explained = call.Explain(thrown);
            if (explained is ChatFaultException { IsFinal: false } fault)
            {
                fault.Attempts = Math.Max(1, call.Attempts);
                fault.IsFinal = true;
            }

            ExceptionDispatchInfo.Throw(explained);
            throw;
        }
    }

    /// <summary>Lets the circuit breaker know of a fault that came after the call had been answered.</summary>
    internal async ValueTask ReportAsync(ChatFaultException fault)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        await _breaker.ExecuteOutcomeAsync(static (_, fault) => ValueTask.FromResult(Outcome.FromException<bool>(fault)), context, fault).ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);
    }

    private ResiliencePipeline Retries()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _options.TimeProvider };
        if (_options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.BaseDelay,
                MaxDelay = _options.MaxDelay,
                Randomizer = _randomizer.Next,
                ShouldHandle = args => ValueTask.FromResult(IsRetried(args.Outcome.Exception)),
                DelayGenerator = args => ValueTask.FromResult(WaitFor(FaultOf(args.Outcome))),
                OnRetry = args =>
                {
                    ResilienceLog.Retrying(_log, args.AttemptNumber + 1, _options.MaxRetries, args.RetryDelay, FaultOf(args.Outcome)!.Message);
                    return ValueTask.CompletedTask;
                },
            });
        }

        return builder.AddPipeline(_breaker).Build();
    }

    private ResiliencePipeline Breaker()
    {
        if (_options.CircuitBreaker is not { } breaker)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = _options.TimeProvider }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = breaker.FailureRatio,
            MinimumThroughput = breaker.MinimumThroughput,
            SamplingDuration = breaker.SamplingDuration,
            BreakDuration = breaker.BreakDuration,
            ShouldHandle = args => ValueTask.FromResult(FaultOf(args.Outcome)?.Kind is ChatFaultKind.Transient or ChatFaultKind.Timeout),
            OnOpened = args =>
            {
                ResilienceLog.CircuitOpened(_log, args.BreakDuration, FaultOf(args.Outcome)?.Message);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                ResilienceLog.CircuitClosed(_log);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    private bool IsRetried(Exception? thrown) =>
        thrown is ChatFaultException { IsFinal: false, Fault: { IsTransient: true } fault } && !(fault.RetryAfter > _options.MaxRetryAfter);

    /// <summary>The wait that the provider asks for, and a little more so that those told the same do not come back at once.</summary>
    private TimeSpan? WaitFor(ChatFault? fault) => fault?.RetryAfter is { } asked ? asked + (_options.BaseDelay * _randomizer.Next()) : null;

    private static ChatFault? FaultOf(Outcome<object> outcome) => (outcome.Exception as ChatFaultException)?.Fault;
}
