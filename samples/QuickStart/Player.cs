using Reflexion;
using Reflexion.Environments;

namespace QuickStart;

/// <summary>A model, and how it plays.</summary>
internal abstract class Player(string name, string learningArm, HouseholdDomain domain, int concurrency) : IDisposable
{
    internal const int Trials = 3;

    internal string Name => name;

    internal string LearningArm => learningArm;

    internal HouseholdDomain Domain => domain;

    internal int Concurrency => concurrency;

    /// <summary>Makes an agent that tries again as it is.</summary>
    internal abstract void Retry(ReflexionAgentBuilder agent);

    /// <summary>Makes an agent that learns from its failures.</summary>
    internal abstract void Learn(ReflexionAgentBuilder agent);

    public abstract void Dispose();

    private protected static IEnumerable<HouseholdWorld> Worlds(int count) => new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).GenerateMany(count);
}
