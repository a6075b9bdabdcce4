using System.Text;

namespace Reflexion;

/// <summary>Puts a thought together from its pieces; nearly always there is one.</summary>
internal struct ReplyThought
{
    private string? _first;
    private StringBuilder? _all;

    /// <summary>The pieces, a line feed between them, or null where there is none.</summary>
    internal readonly string? Text => _all?.ToString() ?? _first;

    /// <summary>Adds a piece, unless nothing but white space and the opening of a code fence is in it.</summary>
    internal void Add(ReadOnlySpan<char> piece)
    {
        piece = ReplyText.TrimOpenFence(piece.Trim());
        if (piece.IsEmpty)
        {
            return;
        }

        if (_first is null)
        {
            _first = piece.ToString();
        }
        else
        {
            _all ??= new StringBuilder(_first);
            _all.Append('\n').Append(piece);
        }
    }
}
