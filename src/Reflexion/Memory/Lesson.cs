using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>Something learnt, in words, with where it came from and what it has been worth.</summary>
/// <remarks>Immutable. Its id follows from scope and text, so the same lesson learnt twice is one lesson with two provenances.</remarks>
public sealed record Lesson
{
    /// <summary>Creates a lesson.</summary>
    /// <param name="scope">Who it belongs to.</param>
    /// <param name="text">The lesson as it stands in prompts. Not blank.</param>
    /// <param name="provenance">Where it came from.</param>
    /// <exception cref="ArgumentException">The text is null, empty or white space.</exception>
    public Lesson(LessonScope scope, string text, LessonProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(provenance);
        Scope = scope;
        Text = text;
        Provenances = [provenance];
        Id = IdOf(scope, text);
    }

    /// <summary>16 hexadecimal digits that follow from <see cref="Scope"/> and the words of <see cref="Text"/>.</summary>
    public string Id { get; }

    /// <summary>Who it belongs to.</summary>
    public LessonScope Scope { get; }

    /// <summary>The lesson as it stands in prompts.</summary>
    public string Text { get; }

    /// <summary>Why the trial failed, where the reflector told it apart; else null.</summary>
    public string? RootCause { get; init; }

    /// <summary>What to do next time, where the reflector told it apart; else null.</summary>
    public string? Plan { get; init; }

    /// <summary>How far the text may be trusted.</summary>
    public TextIntegrity Integrity { get; init; } = TextIntegrity.Untrusted;

    /// <summary>When it was learnt: the first time and, in a memory, the 31 most recent ones, in order; at least one.</summary>
    public ImmutableArray<LessonProvenance> Provenances { get; init; }

    /// <summary>What it has been worth so far.</summary>
    public LessonCredit Credit { get; init; }

    /// <summary>Where it stands in its life. Default: a candidate.</summary>
    public LessonState State { get; init; }

    /// <summary>Its embedding, where the memory has a generator of embeddings; else null.</summary>
    public LessonEmbedding? Embedding { get; init; }

    /// <summary>When it was first learnt.</summary>
    public DateTimeOffset LearntAt => Provenances[0].WrittenAt;

    // Case, spacing and punctuation do not make a new lesson.
    private static string IdOf(LessonScope scope, string text)
    {
        var key = new StringBuilder(text.Length + 64);
        foreach (string field in (ReadOnlySpan<string>)[scope.Tenant, scope.Agent, scope.TaskId])
        {
            key.Append(field.Length).Append(':').Append(field);
        }

        bool gap = true;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c))
            {
                key.Append(char.ToLowerInvariant(c));
                gap = false;
            }
            else if (!gap)
            {
                key.Append(' ');
                gap = true;
            }
        }

        string normal = key.ToString().TrimEnd();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)).AsSpan(0, 8));
    }
}
