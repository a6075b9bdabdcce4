namespace Reflexion.Samples;

/// <summary>A command line of the form <c>--name value</c> or <c>--name=value</c>, read.</summary>
/// <param name="Values">The options that were given.</param>
/// <param name="Help">Whether help was asked for.</param>
public sealed record CommandLine(IReadOnlyDictionary<string, string> Values, bool Help = false)
{
    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="names">The options there are, with their dashes.</param>
    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static CommandLine Read(IReadOnlyList<string> args, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(names);
        var values = new Dictionary<string, string>();
        for (int i = 0; i < args.Count; i++)
        {
            string[] parts = args[i].Split('=', 2);
            if (parts[0] is "--help" or "-h" or "-?")
            {
                return new(values, Help: true);
            }

            if (!names.Contains(parts[0]))
            {
                throw new UsageException($"There is no option '{args[i]}'. The options are {string.Join(", ", names)} and --help.");
            }

            string value = parts.Length == 2 ? parts[1] : ++i < args.Count ? args[i] : "";
            if (value.Length == 0 || value.StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"{parts[0]} needs a value.");
            }

            values[parts[0]] = value;
        }

        return new(values);
    }

    /// <summary>The value of an option, or null.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>The value of an option that names a file or folder there is, or null.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public string? ExistingPath(string name) => this[name] is not { } path || Path.Exists(path) ? this[name] : throw new UsageException($"{name}: there is no file or folder '{path}'.");

    /// <summary>The value of an option that is a whole number, or null.</summary>
    /// <exception cref="UsageException">It is no number, or too small.</exception>
    public int? Number(string name, int least) => this[name] is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= least ? number
        : throw new UsageException($"{name} '{text}' is not a whole number from {least} up.");
}
