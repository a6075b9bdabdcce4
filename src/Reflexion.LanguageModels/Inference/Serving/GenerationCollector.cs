using System.Collections.Immutable;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Puts the pieces of a completion together.</summary>
internal static class GenerationCollector
{
    public static async Task<GenerationResult> CollectAsync(GenerationSequence sequence, CancellationToken cancellationToken)
    {
        ImmutableArray<int>.Builder ids = ImmutableArray.CreateBuilder<int>();
        ImmutableArray<float>.Builder logProbs = ImmutableArray.CreateBuilder<float>();
        var text = new StringBuilder();
        GeneratedPiece last = default;
        await foreach (GeneratedPiece piece in sequence.Pieces.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(piece.Token.Id);
            logProbs.Add(piece.Token.LogProb);
            text.Append(piece.Text);
            last = piece;
        }

        return new()
        {
            Ids = ids.ToImmutable(),
            LogProbs = logProbs.ToImmutable(),
            Text = text.ToString(),
            Finish = last.Finish!.Value,
            Seed = sequence.Seed,
            AdapterHash = sequence.AdapterHash,
            CachedTokens = last.Reused,
        };
    }
}
