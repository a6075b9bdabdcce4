namespace Reflexion.Retroformer;

/// <summary>Gives agents a selector.</summary>
public static class SelectorBuilderExtensions
{
    /// <summary>
    /// Has a selector choose between refinements before each retry, and learn from every verdict: sets retrospective model, evaluator, and the
    /// strategy <see cref="ReflexionStrategy.Retrospective"/>.
    /// </summary>
    /// <remarks>
    /// An evaluator that is made while the agent is built is watched with <c>UseEvaluator(build => selector.Watching(…))</c>, beside
    /// <c>UseRetrospectiveModel(selector)</c>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="selector">The selector; several agents may share it.</param>
    /// <param name="evaluator">What the agent is judged by, and the selector learns from.</param>
    public static ReflexionAgentBuilder UseSelector(this ReflexionAgentBuilder builder, SelectorRetrospectiveModel selector, ITrajectoryEvaluator evaluator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(selector);
        return builder
            .UseRetrospectiveModel(selector)
            .UseEvaluator(selector.Watching(evaluator))
            .Configure(options => options.Strategy = ReflexionStrategy.Retrospective);
    }

    /// <summary>As <see cref="UseSelector(ReflexionAgentBuilder, SelectorRetrospectiveModel, ITrajectoryEvaluator)"/>, judged by a function.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="selector">The selector; several agents may share it.</param>
    /// <param name="evaluate">Judges a trajectory.</param>
    public static ReflexionAgentBuilder UseSelector(
        this ReflexionAgentBuilder builder, SelectorRetrospectiveModel selector, Func<EvaluationContext, TrajectoryEvaluation> evaluate) =>
        builder.UseSelector(selector, new DelegateEvaluator(evaluate));
}
