using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Log-probability, entropy and value of each predicted token, or gradients on them.</summary>
internal sealed unsafe class TokenScores<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingBuffer<T> _memory = new();
    private T* _start;
    private int _count;

    /// <summary>ln p(token).</summary>
    public Span<T> LogProbs => new(_start, _count);

    /// <summary>−Σ p ln p over the vocabulary, in nats.</summary>
    public Span<T> Entropies => new(_start + _count, _count);

    /// <summary>What the value head says before the token.</summary>
    public Span<T> Values => new(_start + (2L * _count), _count);

    /// <summary>Makes room for so many tokens, all zero.</summary>
    public void Prepare(int count)
    {
        _start = _memory.Take(3L * count);
        _count = count;
        new Span<T>(_start, 3 * count).Clear();
    }

    public void Dispose() => _memory.Dispose();
}
