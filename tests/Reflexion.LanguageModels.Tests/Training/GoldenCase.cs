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

    /// <summary>The model, read as users read it, or converted for the precise path.</summary>
    public ModelStore<T> Model<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(SafetensorsFolder.Open(Folder));

    public AdapterStore<T> Adapter<T>(TransformerConfig config)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AdapterStore<float> read = AdapterFiles.Read(Path.Combine(Folder, "adapter"), config);
        var store = new AdapterStore<T>(config, read.Options);
        foreach (TensorSlot slot in read.Block.Slots)
        {
            Stores.Set(store.Block[slot.Name], Stores.Get(read.Block[slot.Name]));
        }

        return store;
    }
}
