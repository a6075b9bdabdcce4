using System.Text;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>A random model of 2 million parameters, as one is trained from scratch for a small world of words; written to a file so that peers can read it.</summary>
internal sealed class SmallModel : IDisposable
{
    private const int Vocabulary = 800;
    private const int Words = 4_000;
    private static readonly string[] s_syllables = ["ta", "ke", "put", "o", "pen", "dra", "wer", "ca", "bi", "net", "lamp", "go", "to", "desk", "in", "on", "clean", "heat"];

    private SmallModel(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallModel> CreateAsync()
    {
        Tokenizer tokenizer = BytePairTrainer.Train([Text()], new() { VocabularySize = Vocabulary });
        var config = new TransformerConfig
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = 192,
            IntermediateSize = 512,
            LayerCount = 4,
            HeadCount = 6,
            KeyValueHeadCount = 6,
            ContextLength = 1_024,
            TiedEmbeddings = true,
        };
        using LanguageModel model = LanguageModel.Create(config, tokenizer, seed: 1);
        var small = new SmallModel(System.IO.Path.Combine(Directory.CreateTempSubdirectory("reflexion-").FullName, "random-2M.F32.gguf"));
        await model.SaveAsync(small.Path);
        return small;
    }

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);

    private static string Text()
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (int word = 0; word < Words; word++)
        {
            for (int syllables = random.Next(1, 4); syllables > 0; syllables--)
            {
                text.Append(s_syllables[random.Next(s_syllables.Length)]);
            }

            text.Append(' ');
        }

        return text.ToString();
    }
}
