namespace Reflexion;

/// <summary>What strategies have in common.</summary>
internal static class ReflexionStrategyRules
{
    /// <summary>Whether trials are reflected on and their lessons recalled.</summary>
    internal static bool Reflects(this ReflexionStrategy strategy) =>
        strategy is ReflexionStrategy.Reflexion or ReflexionStrategy.LastAttemptAndReflexion or ReflexionStrategy.Retrospective;
}
