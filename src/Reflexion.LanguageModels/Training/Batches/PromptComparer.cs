using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Prompts are the same when their tokens are.</summary>
internal sealed class PromptComparer : IEqualityComparer<ImmutableArray<int>>
{
    public static PromptComparer Instance { get; } = new();

    public bool Equals(ImmutableArray<int> x, ImmutableArray<int> y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(ImmutableArray<int> prompt)
    {
        var hash = new HashCode();
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(prompt.AsSpan()));
        return hash.ToHashCode();
    }
}
