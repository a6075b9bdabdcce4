using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Gives sequences that begin their memory, with what others have computed of the same tokens.</summary>
internal sealed class SequenceStart(TransformerConfig config, int contextLength, PrefixCache prefixes)
{
    // Positions that are worth waiting for, rather than computing them twice.
    private const int WorthWaiting = 16;

    // Room for the completion's first tokens.
    private const int Room = 64;

    /// <summary>Begins a sequence, or leaves it be while another is about to compute what it needs.</summary>
    public void TryBegin(InferenceSequence sequence, List<InferenceSequence> running)
    {
        int most = Math.Min(sequence.FirstOutput, sequence.Tokens.Count - 1);
        int positions = sequence.Tokens.Count + Room;
        string? adapter = sequence.Adapter?.Hash;
        CachedPrefix? ended = prefixes.Find(sequence.Tokens, adapter);
        int shared = Math.Min(most, ended?.SharedWith(sequence.Tokens) ?? 0);
        (InferenceSequence? other, int available, int coming) = Look(sequence, most, running);
        if (coming >= Math.Max(available, shared) + WorthWaiting)
        {
            return;
        }

        sequence.Cache = available > shared ? other!.Cache!.CopyPrefix(available, positions)
            : shared > 0 ? prefixes.Take(ended!, shared, positions)
            : new(config, contextLength, positions);
        sequence.Reused = sequence.Cache.Count;
    }

    // Who has most of it computed, how much, and how much somebody will have.
    private static (InferenceSequence? Other, int Available, int Coming) Look(InferenceSequence sequence, int most, List<InferenceSequence> running)
    {
        (InferenceSequence? best, int available, int coming) = (null, 0, 0);
        foreach (InferenceSequence other in running)
        {
            if (other.Cache is null || other.IsDone || other.Adapter?.Hash != sequence.Adapter?.Hash)
            {
                continue;
            }

            int common = Math.Min(
                most,
                MemoryExtensions.CommonPrefixLength<int>(CollectionsMarshal.AsSpan(other.Tokens), CollectionsMarshal.AsSpan(sequence.Tokens)));
            coming = other.IsCancelled ? coming : Math.Max(coming, common);
            if (Math.Min(common, other.Computed) > available)
            {
                (best, available) = (other, Math.Min(common, other.Computed));
            }
        }

        return (best, available, coming);
    }
}
