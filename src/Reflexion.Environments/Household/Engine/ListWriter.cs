using System.Text;

namespace Reflexion.Environments;

/// <summary>Writes an enumeration as the engine does: <c>a</c>; <c>a, and b</c>; <c>a, b, and c</c>; <c>nothing</c>.</summary>
/// <remarks>Each item is written when the next one comes, since what stands before it depends on whether it is the last.</remarks>
internal struct ListWriter(StringBuilder text, string article)
{
    private string? _pending;
    private bool _hasWritten;

    internal void Add(string name)
    {
        Write(", ");
        _pending = name;
    }

    internal void End()
    {
        Write(", and ");
        text.Append(_hasWritten ? "" : "nothing");
    }

    private void Write(string separator)
    {
        if (_pending is not null)
        {
            text.Append(_hasWritten ? separator : "").Append(article).Append(_pending);
            _hasWritten = true;
        }
    }
}
