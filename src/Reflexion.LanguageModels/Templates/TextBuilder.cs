using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Builds a text piece by piece within the run's limits, keeping who wrote what.</summary>
internal sealed class TextBuilder(TemplateRun run)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _untrusted = [];

    internal TextBuilder Append(TemplateText text)
    {
        int start = _text.Length;
        AppendTrusted(text.Value);
        foreach ((int from, int to) in text.UntrustedParts)
        {
            Mark(start + from, start + to);
        }

        return this;
    }

    internal TextBuilder AppendTrusted(string text)
    {
        run.ChargeText((long)_text.Length + text.Length, text.Length);
        _text.Append(text);
        return this;
    }

    /// <summary>Appends what is made of a text: not trusted if any of that is not.</summary>
    internal TextBuilder AppendDerived(TemplateText origin, string text) => Append(origin.Derive(text));

    internal TemplateText Build() => new(_text.ToString(), [.. _untrusted]);

    private void Mark(int start, int end)
    {
        if (_untrusted is [.., var last] && last.End == start)
        {
            _untrusted[^1] = (last.Start, end);
        }
        else
        {
            _untrusted.Add((start, end));
        }
    }
}
