using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Reflexion.LanguageModels;

/// <summary>Which matrices <c>target_modules</c> means: a list of names' ends, a regular expression over whole names, or <c>all-linear</c>.</summary>
internal static class PeftTargets
{
    private const string Field = "target_modules";
    private const string AllLinear = "all-linear";

    /// <exception cref="ModelFormatException">It means nothing that can be computed.</exception>
    public static ImmutableArray<string> Read(JsonFields fields)
    {
        Func<string, bool> isTarget = fields.GetStrings(Field) is { } names ? Listed(fields, names) : Matched(fields, fields.RequireString(Field));
        ImmutableArray<string> targets = [.. PeftAdapterConfig.AllModules.Where(isTarget)];
        return targets.IsEmpty ? throw fields.Unexpected(Field, $"some of {string.Join(", ", PeftAdapterConfig.AllModules)}") : targets;
    }

    private static Func<string, bool> Listed(JsonFields fields, string[] names) =>
        names.All(name => PeftAdapterConfig.AllModules.Any(module => IsEnd(module, name)))
            ? module => names.Any(name => IsEnd(module, name))
            : throw fields.Unexpected(Field, $"a list of some of {string.Join(", ", PeftAdapterConfig.AllModules)}");

    private static bool IsEnd(string module, string name) =>
        name == module || (name.EndsWith("." + module, StringComparison.Ordinal) && PeftNames.Path(0, module).EndsWith("." + name, StringComparison.Ordinal));

    private static Func<string, bool> Matched(JsonFields fields, string pattern)
    {
        if (pattern == AllLinear)
        {
            return _ => true;
        }

        try
        {
            // Without backtracking no expression takes long.
            var whole = new Regex($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return module => whole.IsMatch(PeftNames.Path(0, module));
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new ModelFormatException(fields.Source, $"'{Field}' is no regular expression that can be read: {wrong.Message} List the modules instead.", wrong);
        }
    }
}
