using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>
/// A recursive-descent reader of JSON as models write it: comments, trailing and missing commas, single and typographic
/// quotes, quotes inside strings, unquoted keys and words, Python's literals, NaN, and text that was cut off.
/// </summary>
/// <remarks>
/// What was cut off in the middle is left out where half of it could mislead (<c>0.</c> of <c>0.95</c>), and kept where
/// half is better than nothing (a sentence).
/// </remarks>
internal sealed class LenientJsonReader(string text, int start)
{
    private const int MaxDepth = 64;
    private readonly LenientJsonScanner _scanner = new(text, start);

    private enum Outcome
    {
        Read,
        CutOff,
        Failed,
    }

    /// <summary>Where reading stopped.</summary>
    internal int Position => _scanner.Position;

    /// <summary>Reads the object that begins at the start position; null where there is none that makes sense.</summary>
    internal JsonObject? ReadObject(int depth = 1)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        var result = new JsonObject();
        _scanner.Advance();
        while (_scanner.SkipToItem() && !_scanner.TryTake('}'))
        {
            if (_scanner.ReadKey() is not { } key)
            {
                return null;
            }

            if (!_scanner.SkipSpace())
            {
                break;
            }

            Outcome outcome = Outcome.Failed;
            JsonNode? value = null;
            if (_scanner.TryTake(':'))
            {
                outcome = ReadValue(depth, inObject: true, out value);
            }

            if (outcome != Outcome.Read)
            {
                return outcome == Outcome.CutOff ? result : null;
            }

            result[key] = value;
        }

        return result;
    }

    private JsonArray? ReadArray(int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        var result = new JsonArray();
        _scanner.Advance();
        while (_scanner.SkipToItem() && !_scanner.TryTake(']'))
        {
            Outcome outcome = ReadValue(depth, inObject: false, out JsonNode? value);
            if (outcome != Outcome.Read)
            {
                return outcome == Outcome.CutOff ? result : null;
            }

            result.Add(value);
        }

        return result;
    }

    private Outcome ReadValue(int depth, bool inObject, out JsonNode? value)
    {
        value = null;
        if (!_scanner.SkipSpace())
        {
            return Outcome.CutOff;
        }

        switch (_scanner.Current)
        {
            case '{':
                value = ReadObject(depth + 1);
                return value is null ? Outcome.Failed : Outcome.Read;
            case '[':
                value = ReadArray(depth + 1);
                return value is null ? Outcome.Failed : Outcome.Read;
            case char quote when LenientJsonScanner.IsQuote(quote):
                value = JsonValue.Create(_scanner.ReadString(inObject));
                return Outcome.Read;
            default:
                return ReadWord(inObject, out value);
        }
    }

    private Outcome ReadWord(bool inObject, out JsonNode? value)
    {
        string word = _scanner.ReadWord();
        value = null;
        if (_scanner.AtEnd)
        {
            return Outcome.CutOff;
        }

        // A closing bracket of the wrong kind would not be passed over, and reading would not get on.
        if (word.Length == 0 && !(inObject && _scanner.Current is '}' or ','))
        {
            return Outcome.Failed;
        }

        value = LenientJsonWord.ToNode(word);
        return Outcome.Read;
    }
}
