using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A small random model that generates in microseconds, with a tokenizer and a template.</summary>
internal static class TinyLanguageModel
{
    private static readonly string[] s_texts =
    [
        "the agent opens the drawer and takes the key", "the user asks and the agent answers", "a plan, a step, a result; try again with another plan",
    ];

    public static Tokenizer Tokenizer { get; } = BytePairTrainer.Train(s_texts, new() { VocabularySize = 320 });

    public static TransformerConfig Config { get; } = new()
    {
        VocabularySize = 320,
        HiddenSize = 32,
        IntermediateSize = 48,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 2,
        ContextLength = 256,
        TiedEmbeddings = true,
    };

    /// <summary>A model whose weights are large enough for decided choices.</summary>
    public static LanguageModel Create(LanguageModelOptions? options = null)
    {
        LanguageModel model = LanguageModel.Create(Config, Tokenizer, 11, options ?? new() { Threads = 1 });
        Scale(model, 12);
        return model;
    }

    /// <summary>Multiplies all matrices.</summary>
    public static unsafe void Scale(LanguageModel model, float factor)
    {
        ParameterBlock<float> block = model.Weights.Store.Block!;
        foreach (TensorSlot slot in block.Slots.Where(slot => slot.Rows > 1))
        {
            for (long i = 0; i < slot.Length; i++)
            {
                block[slot.Name].Pointer[i] *= factor;
            }
        }

        block.MarkChanged();
    }

    /// <summary>An adapter that changes something.</summary>
    public static unsafe LoraAdapter Adapter(LanguageModel model, ulong seed)
    {
        LoraAdapter adapter = model.CreateAdapter(new() { Rank = 4 }, seed);
        ParameterBlock<float> block = adapter.Store.Block;
        for (long i = 0; i < block.Length; i++)
        {
            block.Pointer[i] = 0.3f * (float)CounterRandom.Signed(seed, i);
        }

        block.MarkChanged();
        return adapter;
    }

    public static ImmutableArray<int> Ids(string text) => Tokenizer.Encode(text);

    public static GenerationRequest Request(string prompt, ulong seed = 1, int tokens = 24) =>
        new() { PromptIds = Ids(prompt), Seed = seed, MaxTokens = tokens, IgnoreEnd = true };
}
