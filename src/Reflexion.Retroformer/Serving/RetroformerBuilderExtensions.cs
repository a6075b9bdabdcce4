using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Puts a trained retrospective model into an agent.</summary>
public static class RetroformerBuilderExtensions
{
    /// <summary>Sets the retrospective model to a language model of this process; nothing else of the agent changes.</summary>
    /// <param name="builder">The agent's builder.</param>
    /// <param name="model">The model. The agent does not dispose it.</param>
    /// <param name="adapter">What it was trained to, or null for the model as it is. The agent does not dispose it.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ReflexionAgentBuilder UseRetrospectiveModel(
        this ReflexionAgentBuilder builder, LanguageModel model, LoraAdapter? adapter = null, TrainedRetrospectiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseRetrospectiveModel(new TrainedRetrospectiveModel(model, adapter, options));
    }

    /// <summary>Sets the retrospective model to a language model of this process with a trained adapter from disk; nothing else of the agent changes.</summary>
    /// <param name="builder">The agent's builder.</param>
    /// <param name="model">The model. The agent does not dispose it.</param>
    /// <param name="adapterFolder">Where <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> are, in PEFT's layout; read now.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ModelFormatException">The folder holds no adapter that fits the model.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    public static ReflexionAgentBuilder UseRetrospectiveModel(
        this ReflexionAgentBuilder builder, LanguageModel model, string adapterFolder, TrainedRetrospectiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(adapterFolder);
        return builder.UseRetrospectiveModel(model, model.LoadAdapter(adapterFolder), options);
    }
}
