using Reflexion;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>What is played, by whom, and who writes refinements.</summary>
internal interface ISetting : IDisposable
{
    /// <summary>What is played, in words.</summary>
    string Description { get; }

    /// <summary>Who writes refinements, before adapters.</summary>
    RefinementWriter Writer { get; }

    /// <summary>The tasks to report on, which nothing was trained on.</summary>
    IAgentDomain Test { get; }

    /// <summary>Shows the last attempt as the actor can read it; null where there is no such way.</summary>
    IRetrospectiveModel? LastAttempt { get; }

    /// <summary>Tells a selector what its choices came to; null where none is trained.</summary>
    ITrajectoryEvaluator? Evaluator { get; }

    /// <summary>Some training tasks, to settle things by.</summary>
    IAgentDomain Training(int count);

    /// <summary>The first of the tasks to report on, with two trials each.</summary>
    IAgentDomain Glimpse(int count);

    /// <summary>Makes a builder the agent that retries as it is.</summary>
    void Play(ReflexionAgentBuilder agent, IAgentDomain domain, double temperature);
}
