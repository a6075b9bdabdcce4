using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A folder of golden values: a small model, an adapter, and what an independent framework computed with them.</summary>
internal sealed class GoldenCase
{
    private readonly JsonElement _root;

    public GoldenCase(string folder)
    {
        Folder = folder;
        _root = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
        Expected = new(Path.Combine(folder, "expected.safetensors"));
        Sequences = [.. _root.GetProperty("sequences").EnumerateArray().Select(sequence =>
            new TrainingSequence(Ids(sequence.GetProperty("prompt")), Ids(sequence.GetProperty("response"))))];
        Advantages = [.. _root.GetProperty("advantages").EnumerateArray().Select(advantage => advantage.GetDouble())];
    }

    public static IEnumerable<string> Folders => Directory.GetDirectories(SharedFolder.PathOf("goldens")).Where(folder => File.Exists(Path.Combine(folder, "case.json")));

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    public TensorFile Expected { get; }

    public ImmutableArray<TrainingSequence> Sequences { get; }

    public ImmutableArray<double> Advantages { get; }

    public JsonElement this[string part] => _root.GetProperty(part);

    public ImmutableArray<int> Continuation => Ids(this["greedy"].GetProperty("continuation"));

    public ImmutableArray<int> GreedyPrompt => Ids(this["greedy"].GetProperty("prompt"));

    /// <summary>Each sequence as a whole: its first token given, all others predicted.</summary>
    public IEnumerable<TrainingSequence> WholeSequences =>
        Sequences.Select(sequence => new TrainingSequence([sequence.Prompt[0]], [.. sequence.Prompt.Skip(1), .. sequence.Response]));

    public AdamWOptions Optimizer
    {
        get
        {
            JsonElement adamw = this["adamw"];
            return new()
            {
                LearningRate = adamw.GetProperty("lr").GetDouble(),
                Beta1 = adamw.GetProperty("betas")[0].GetDouble(),
                Beta2 = adamw.GetProperty("betas")[1].GetDouble(),
                Epsilon = adamw.GetProperty("eps").GetDouble(),
                WeightDecay = adamw.GetProperty("weight_decay").GetDouble(),
                MaxGradientNorm = adamw.GetProperty("max_grad_norm").GetDouble(),
            };
        }
    }

    public static ImmutableArray<int> Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    public ModelStore<T> Model<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Stores.Fill(new ParameterBlock<T>(TensorNames.All(Config())), new(Path.Combine(Folder, "model.safetensors")), block => new ModelStore<T>(Config(), block));

    public AdapterStore<T> Adapter<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "adapter", "adapter_config.json")));
        LoraTargets targets = json.RootElement.GetProperty("target_modules").EnumerateArray().Aggregate(
            LoraTargets.None, (all, module) => all | (LoraTargets)(1 << (int)Enum.GetValues<Projection>().Single(projection => projection.ModuleName() == module.GetString())));
        var store = new AdapterStore<T>(Config(), new()
        {
            Rank = json.RootElement.GetProperty("r").GetInt32(),
            Alpha = json.RootElement.GetProperty("lora_alpha").GetDouble(),
            Targets = targets,
        });
        return Stores.Fill(store.Block, new(Path.Combine(Folder, "adapter", "adapter_model.safetensors")), _ => store);
    }

    private TransformerConfig Config()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")));
        JsonElement config = json.RootElement;
        return new()
        {
            VocabularySize = config.GetProperty("vocab_size").GetInt32(),
            HiddenSize = config.GetProperty("hidden_size").GetInt32(),
            IntermediateSize = config.GetProperty("intermediate_size").GetInt32(),
            LayerCount = config.GetProperty("num_hidden_layers").GetInt32(),
            HeadCount = config.GetProperty("num_attention_heads").GetInt32(),
            KeyValueHeadCount = config.GetProperty("num_key_value_heads").GetInt32(),
            ContextLength = config.GetProperty("max_position_embeddings").GetInt32(),
            NormEpsilon = config.GetProperty("rms_norm_eps").GetSingle(),
            RopeBase = config.GetProperty("rope_theta").GetDouble(),
            TiedEmbeddings = config.GetProperty("tie_word_embeddings").GetBoolean(),
            AttentionBias = config.GetProperty("model_type").GetString() == "qwen2",
        };
    }
}
