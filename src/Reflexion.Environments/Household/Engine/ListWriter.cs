using System.Text;

namespace Reflexion.Environments;

/// <summary>Writes an enumeration as the engine does: <c>a</c>; <c>a, and b</c>; <c>a, b, and c</c>; <c>nothing</c>.</summary>
internal struct ListWriter(StringBuilder text)
{
    private int _count;
    private int _last;

    internal void Add(string article, string name)
    {
        text.Append(_count++ == 0 ? "" : ", ");
        _last = text.Length;
        text.Append(article).Append(name);
    }

    /// <summary>Only here is it known which item was the last.</summary>
    internal readonly void End()
    {
        if (_count == 0)
        {
            text.Append("nothing");
        }
        else if (_count > 1)
        {
            text.Insert(_last, "and ");
        }
    }
}
