using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Reflexion.Harness;

/// <summary>Writes values as a C# programmer would, and not too long.</summary>
internal static class Show
{
    private const int MaxCharacters = 1000;

    internal static string Clip(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "...";

    internal static string Value(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return Clip(text.ToString());
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                text.Append('"').Append(words.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
                break;
            case char letter:
                text.Append('\'').Append(letter).Append('\'');
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case ITuple tuple:
                text.Append('(');
                for (int i = 0; i < tuple.Length; i++)
                {
                    Write(text.Append(i > 0 ? ", " : ""), tuple[i]);
                }

                text.Append(')');
                break;
            case IEnumerable items:
                WriteItems(text, items);
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteItems(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        bool first = true;
        foreach (object? item in items)
        {
            if (text.Length > MaxCharacters)
            {
                return;
            }

            Write(text.Append(first ? "" : ", "), item);
            first = false;
        }

        text.Append(']');
    }
}
