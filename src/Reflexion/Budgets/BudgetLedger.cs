namespace Reflexion;

/// <summary>Keeps an <see cref="EpisodeBudget"/>: reserves before each model call, settles after it, counts per component.</summary>
/// <remarks>Thread-safe. A ledger may have a parent, whose limits then cover several episodes together.</remarks>
public sealed class BudgetLedger
{
    private readonly Lock _gate = new();
    private readonly BudgetLedger? _parent;
    private Dictionary<string, BudgetLedger>? _episodes;
    private UsageReport _ahead = UsageReport.Empty;
    private UsageReport _used = UsageReport.Empty;
    private int _calls;
    private long _tokens;
    private long _reserved;
    private decimal _cost;
    private decimal _reservedCost;

    /// <summary>Opens a ledger.</summary>
    /// <param name="budget">The limits.</param>
    /// <param name="parent">A ledger that is charged as well, or null.</param>
    /// <exception cref="ArgumentException">A limit is out of range.</exception>
    public BudgetLedger(EpisodeBudget budget, BudgetLedger? parent = null)
    {
        ArgumentNullException.ThrowIfNull(budget);
        budget.Validate();
        Budget = budget;
        _parent = parent;
    }

    /// <summary>The limits.</summary>
    public EpisodeBudget Budget { get; }

    /// <summary>
    /// Opens the ledger of an episode that a journal keeps. What earlier runs of it were charged to the same parent is not charged there
    /// again when it is taken up; the parent remembers for that each such episode.
    /// </summary>
    internal static BudgetLedger OfEpisode(string episodeId, EpisodeBudget budget, BudgetLedger? parent)
    {
        var ledger = new BudgetLedger(budget, parent);
        ledger._ahead = parent?.Enter(episodeId, ledger) ?? UsageReport.Empty;
        return ledger;
    }

    /// <summary>What was used so far, per component.</summary>
    public UsageReport Snapshot()
    {
        lock (_gate)
        {
            return _used;
        }
    }

    /// <summary>Reserves one call.</summary>
    /// <param name="component">Who calls.</param>
    /// <param name="expected">The most tokens the call is expected to use.</param>
    /// <param name="modelId">The model asked for, or null.</param>
    /// <returns>The reservation; settle it exactly once.</returns>
    /// <exception cref="BudgetExhaustedException">The budget does not cover the call; nothing was reserved.</exception>
    internal BudgetReservation Reserve(AgentComponent component, TokenUsage expected, string? modelId)
    {
        BudgetReservation? parent = _parent?.Reserve(component, expected, modelId);
        decimal cost = Budget.Prices?.Find(modelId)?.CostOf(expected) ?? 0;
        try
        {
            lock (_gate)
            {
                ThrowIfOver(expected.TotalTokens, cost);
                _calls++;
                _reserved += expected.TotalTokens;
                _reservedCost += cost;
            }
        }
        catch (BudgetExhaustedException)
        {
            parent?.Release();
            throw;
        }

        return new(this, parent, component, expected, cost);
    }

    internal void Settle(BudgetReservation reservation, TokenUsage used, string? modelId, bool failed)
    {
        ComponentUsage usage = UsageOf(used, modelId, failed);
        lock (_gate)
        {
            Free(reservation);
            _calls--;
            Add(reservation.Component, usage);
        }
    }

    /// <summary>What one call counts as.</summary>
    internal ComponentUsage UsageOf(TokenUsage used, string? modelId, bool failed) =>
        new(1, failed ? 1 : 0, used, Budget.Prices?.Find(modelId)?.CostOf(used) ?? 0);

    /// <summary>Charges what was used before this ledger was opened, here and in parents that do not have it; no limit stands in the way.</summary>
    internal void Charge(AgentComponent component, ComponentUsage usage)
    {
        ComponentUsage known;
        lock (_gate)
        {
            known = _ahead.Of(component).AtMost(usage);
            _ahead = known == default ? _ahead : _ahead.Plus(component, default(ComponentUsage) - known);
            Add(component, usage);
        }

        if (usage != known)
        {
            _parent?.Charge(component, usage - known);
        }
    }

    internal void Release(BudgetReservation reservation)
    {
        lock (_gate)
        {
            Free(reservation);
            _calls--;
        }
    }

    /// <summary>Files the ledger of an episode, and tells what the episode's earlier ledger was charged with here.</summary>
    private UsageReport? Enter(string episodeId, BudgetLedger ledger)
    {
        BudgetLedger? earlier;
        lock (_gate)
        {
            _episodes ??= [];
            earlier = _episodes.GetValueOrDefault(episodeId);
            _episodes[episodeId] = ledger;
        }

        return earlier?.ChargedToParent();
    }

    private UsageReport ChargedToParent()
    {
        lock (_gate)
        {
            return new(_used.ByComponent.Concat(_ahead.ByComponent));
        }
    }

    private void Add(AgentComponent component, ComponentUsage usage)
    {
        _calls += usage.Calls;
        _tokens += usage.Tokens.TotalTokens;
        _cost += usage.Cost;
        _used = _used.Plus(component, usage);
    }

    private void Free(BudgetReservation reservation)
    {
        _reserved -= reservation.Expected.TotalTokens;
        _reservedCost -= reservation.ExpectedCost;
    }

    private void ThrowIfOver(long tokens, decimal cost)
    {
        if (_calls >= Budget.MaxModelCalls)
        {
            throw new BudgetExhaustedException($"The budget of {Budget.MaxModelCalls} model calls is used up; raise {nameof(EpisodeBudget)}.{nameof(EpisodeBudget.MaxModelCalls)} to allow more.");
        }

        if (_tokens + _reserved + tokens > Budget.MaxTokens)
        {
            throw new BudgetExhaustedException(
                $"The next call may need {tokens} tokens, and {_tokens + _reserved} of {Budget.MaxTokens} are used or reserved; raise {nameof(EpisodeBudget)}.{nameof(EpisodeBudget.MaxTokens)} or set ChatOptions.MaxOutputTokens.");
        }

        if (Budget.MaxCost is { } limit && _cost + _reservedCost + cost > limit)
        {
            throw new BudgetExhaustedException(
                $"The next call may cost {cost}, and {_cost + _reservedCost} of {limit} are spent or reserved; raise {nameof(EpisodeBudget)}.{nameof(EpisodeBudget.MaxCost)}.");
        }
    }
}
