using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Reflexion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Reflexion agents to a container.</summary>
public static class ReflexionServiceCollectionExtensions
{
    /// <summary>Adds an agent as a singleton <see cref="ReflexionAgent"/>.</summary>
    /// <remarks>
    /// What the builder is not told comes from the container where it is registered there: <c>IChatClient</c>, <see cref="IActor"/>,
    /// <see cref="ITrajectoryEvaluator"/>, <see cref="ISelfReflector"/>, <see cref="IEpisodicMemory"/>, <see cref="IEpisodeJournal"/>, <see cref="ILessonGuard"/>,
    /// <see cref="IRetrospectiveModel"/> (for the strategy <see cref="ReflexionStrategy.Retrospective"/>), <see cref="TimeProvider"/>, loggers.
    /// A held-out evaluator comes from the builder only. Options can also be bound with
    /// <c>services.Configure&lt;ReflexionAgentOptions&gt;(configuration)</c>; what the builder configures is applied after that, and the
    /// whole is validated when the host starts.
    /// </remarks>
    /// <param name="services">The container.</param>
    /// <param name="build">Puts the agent together; null where the container holds all it needs.</param>
    public static IServiceCollection AddReflexion(this IServiceCollection services, Action<ReflexionAgentBuilder>? build = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ReflexionAgentBuilder builder = Prepare(services, Options.Options.DefaultName, build);
        services.TryAddSingleton(provider => builder.Build(provider, key: null, OptionsOf(provider, Options.Options.DefaultName)));
        return services;
    }

    /// <summary>Adds an agent as a keyed singleton: <c>[FromKeyedServices("name")] ReflexionAgent</c>.</summary>
    /// <remarks>Services registered under the same key take precedence over unkeyed ones; named options of that name apply.</remarks>
    /// <param name="services">The container.</param>
    /// <param name="name">The key, and the agent's name unless its options say otherwise. Not blank.</param>
    /// <param name="build">Puts the agent together; null where the container holds all it needs.</param>
    public static IServiceCollection AddReflexion(this IServiceCollection services, string name, Action<ReflexionAgentBuilder>? build = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ReflexionAgentBuilder builder = Prepare(services, name, build);
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ReflexionAgentOptions>>(
            new ConfigureNamedOptions<ReflexionAgentOptions>(name, options => options.Name = name)));
        services.TryAddKeyedSingleton(name, (provider, _) => builder.Build(provider, name, OptionsOf(provider, name)));
        return services;
    }

    private static ReflexionAgentBuilder Prepare(IServiceCollection services, string name, Action<ReflexionAgentBuilder>? build)
    {
        var builder = new ReflexionAgentBuilder();
        build?.Invoke(builder);
        services.AddOptions<ReflexionAgentOptions>(name).PostConfigure(builder.Apply).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ReflexionAgentOptions>, ReflexionAgentOptionsValidator>());
        return builder;
    }

    private static ReflexionAgentOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<ReflexionAgentOptions>>().Get(name);
}
