using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion.Testing;

/// <summary>Which faults a <see cref="FaultInjectingChatClient"/> injects, and how often.</summary>
/// <remarks>
/// Immutable. What happens to a call follows from the seed, the request and how many times the request was made before: the
/// same requests meet the same faults in whatever order they come, and a retry is drawn anew.
/// <example><code>
/// var plan = new FaultPlan(seed: 7).With(FaultKind.RateLimited, 0.2).With(FaultKind.CutStream, 0.05);
/// FaultPlan thirtyPercent = FaultPlan.Even(seed: 7, rate: 0.3);
/// </code></example>
/// </remarks>
public sealed record FaultPlan
{
    private static readonly ImmutableArray<FaultKind> s_finite = [.. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.Hang)];

    /// <summary>Creates a plan without any faults; <see cref="With"/> adds them.</summary>
    /// <param name="seed">Decides what happens to which call.</param>
    public FaultPlan(int seed) => Seed = seed;

    /// <summary>Decides what happens to which call.</summary>
    public int Seed { get; init; }

    /// <summary>The share of calls that meet each kind of fault, in [0,1]; the sum is at most 1. Default: none.</summary>
    public ImmutableSortedDictionary<FaultKind, double> Rates { get; private init; } = ImmutableSortedDictionary<FaultKind, double>.Empty;

    /// <summary>How long a <see cref="FaultKind.RateLimited"/> call is told to wait. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long <see cref="FaultKind.SlowTokens"/> takes for each update or word. Default 100 ms.</summary>
    public TimeSpan TokenDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The clock of delays. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A plan in which several kinds of faults are equally frequent.</summary>
    /// <param name="seed">Decides what happens to which call.</param>
    /// <param name="rate">The share of calls that meet a fault of any kind, in [0,1].</param>
    /// <param name="kinds">The kinds, each once; none for all but <see cref="FaultKind.Hang"/>.</param>
    public static FaultPlan Even(int seed, double rate, params FaultKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ImmutableArray<FaultKind> all = kinds.Length == 0 ? s_finite : [.. kinds.Distinct()];
        return all.Aggregate(new FaultPlan(seed), (plan, kind) => plan.With(kind, rate / all.Length));
    }

    /// <summary>The same plan with another rate of one kind of fault.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rate">The share of calls that meet it, in [0,1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none, the rate lies outside [0,1], or all rates add up to more than 1.</exception>
    public FaultPlan With(FaultKind kind, double rate)
    {
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no kind of fault.");
        }

        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies in [0, 1].");
        }

        ImmutableSortedDictionary<FaultKind, double> rates = Rates.SetItem(kind, rate);

        // Thirteen thirteenths add up to a little more than one.
        return rates.Values.Sum() <= 1 + 1e-9
            ? this with { Rates = rates }
            : throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rates of all kinds add up to more than 1; a call meets one fault at most.");
    }

    /// <summary>What happens to a call, or null.</summary>
    internal InjectedFault? Draw(string requestHash, int occurrence)
    {
        byte[] chance = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed} {occurrence} {requestHash}")));
        double left = Fraction(chance);
        foreach ((FaultKind kind, double rate) in Rates)
        {
            if ((left -= rate) < 0)
            {
                return new(kind, requestHash, occurrence, Fraction(chance.AsSpan(8)));
            }
        }

        return null;
    }

    private static double Fraction(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
}
