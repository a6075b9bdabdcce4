using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reflexion.Retroformer;

/// <summary>The four formats.</summary>
internal static class DatasetFormats
{
    /// <summary>The context, with letters left readable: the texts go into no HTML page.</summary>
    public static DatasetJsonContext Context { get; } =
        new(new JsonSerializerOptions(DatasetJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static DatasetFormat<SftExample> Sft { get; } = new(Context.SftExample, DatasetCheck.Of);

    public static DatasetFormat<DpoPair> Dpo { get; } = new(Context.DpoPair, DatasetCheck.Of);

    public static DatasetFormat<RlPrompt> Rl { get; } = new(Context.RlPrompt, DatasetCheck.Of);

    public static DatasetFormat<Experience> Experiences { get; } = new(Context.Experience, DatasetCheck.Of, HasHeader: true);
}
