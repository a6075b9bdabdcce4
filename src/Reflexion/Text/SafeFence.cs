using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>A <see cref="Fence"/> for prompts of several sections: a text can neither close its own section nor fake another.</summary>
internal static partial class SafeFence
{
    internal static string Wrap(string tag, string text) => Fence.Wrap(tag, Tags().Replace(text, @"<\$1"));

    [GeneratedRegex(@"<(/?(?:task|context|trajectory|evaluation|lessons|reference|last_attempt|guidance)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
