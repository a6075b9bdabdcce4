namespace Reflexion.Testing;

/// <summary>Redacts texts that come in pieces: a secret may be cut in two by a stream.</summary>
internal static class TextRuns
{
    /// <summary>Redacts the contents of one message.</summary>
    internal static IReadOnlyList<CassetteContent> Redact(IReadOnlyList<CassetteContent> contents, Func<string, string> redact) =>
        Redact([contents], redact)[0];

    /// <summary>Redacts the contents of pieces of one message. Where a run of text changes, its first piece takes all of it and the others vanish.</summary>
    internal static List<IReadOnlyList<CassetteContent>> Redact(IReadOnlyList<IReadOnlyList<CassetteContent>> pieces, Func<string, string> redact)
    {
        List<List<CassetteContent?>> result = [.. pieces.Select(piece => piece.ToList<CassetteContent?>())];
        var run = new List<(int Piece, int Index)>();
        string? kind = null;
        for (int piece = 0; piece < result.Count; piece++)
        {
            for (int index = 0; index < result[piece].Count; index++)
            {
                CassetteContent content = result[piece][index]!;
                if (content.Kind is CassetteContent.UsageKind)
                {
                    continue;
                }

                if (content.Kind != kind)
                {
                    End(result, run, redact);
                }

                kind = content.Kind;
                if (kind is CassetteContent.TextKind or CassetteContent.ReasoningKind)
                {
                    run.Add((piece, index));
                }
            }
        }

        End(result, run, redact);
        return [.. result.Select(IReadOnlyList<CassetteContent> (piece) => [.. piece.OfType<CassetteContent>()])];
    }

    /// <summary>Joins neighbouring texts, so that a message is the same whether it came in pieces or whole.</summary>
    internal static List<CassetteContent> Join(IEnumerable<CassetteContent> contents)
    {
        var joined = new List<CassetteContent>();
        foreach (CassetteContent content in contents)
        {
            if (content.Kind is CassetteContent.TextKind or CassetteContent.ReasoningKind && joined is [.., { } last] && last.Kind == content.Kind)
            {
                joined[^1] = last with { Text = last.Text + content.Text };
            }
            else
            {
                joined.Add(content);
            }
        }

        return joined;
    }

    private static void End(List<List<CassetteContent?>> pieces, List<(int Piece, int Index)> run, Func<string, string> redact)
    {
        string whole = string.Concat(run.Select(at => pieces[at.Piece][at.Index]!.Text));
        string redacted = whole.Length == 0 ? whole : redact(whole);
        if (!string.Equals(whole, redacted, StringComparison.Ordinal))
        {
            for (int i = 0; i < run.Count; i++)
            {
                List<CassetteContent?> piece = pieces[run[i].Piece];
                piece[run[i].Index] = i == 0 ? piece[run[i].Index]! with { Text = redacted } : null;
            }
        }

        run.Clear();
    }
}
