using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>Finds JSON objects in a model's reply, in whatever state they are.</summary>
/// <remarks>Valid JSON is read as it stands. Nothing in a reply makes this throw.</remarks>
internal static class LenientJson
{
    // A reply of nothing but opening braces must not cost more than reading it a few times.
    private const int MaxAttempts = 200;

    /// <summary>Reads the outermost objects of a text, in order; prose and code fences around them are passed over.</summary>
    internal static List<JsonObject> ReadObjects(string text)
    {
        var found = new List<JsonObject>();
        int at = 0;
        for (int attempt = 0; attempt < MaxAttempts && (at = text.IndexOf('{', at)) >= 0; attempt++)
        {
            var reader = new LenientJsonReader(text, at);
            if (reader.ReadObject() is { } value)
            {
                found.Add(value);
                at = reader.Position;
            }
            else
            {
                at++;
            }
        }

        return found;
    }
}
