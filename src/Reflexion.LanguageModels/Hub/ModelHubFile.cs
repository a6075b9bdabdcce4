using System.Text.RegularExpressions;

namespace Reflexion.LanguageModels;

/// <summary>A file of a model hub's repository.</summary>
public sealed partial record ModelHubFile
{
    private const int Sha256Digits = 64;

    /// <summary>Names a file.</summary>
    /// <param name="repository">Owner and name (<c>HuggingFaceTB/SmolLM2-135M-Instruct</c>).</param>
    /// <param name="path">The file's path in the repository, parts divided by <c>/</c>.</param>
    /// <exception cref="ArgumentException">A name has characters that hubs do not allow, or leads out of its folder.</exception>
    public ModelHubFile(string repository, string path)
    {
        Repository = Checked(repository, nameof(repository), parts => parts.Length is 1 or 2);
        Path = Checked(path, nameof(path), parts => true);
    }

    /// <summary>Owner and name.</summary>
    public string Repository { get; }

    /// <summary>The file's path in the repository.</summary>
    public string Path { get; }

    /// <summary>A branch, a tag or a commit. Default: <c>main</c>. Only a commit always means the same file.</summary>
    /// <exception cref="ArgumentException">The name has characters that hubs do not allow, or leads out of its folder.</exception>
    public string Revision { get; init => field = Checked(value, nameof(Revision), parts => true); } = "main";

    /// <summary>The SHA-256 that the file must have, 64 hexadecimal digits; null takes the hub's word for it. Default: null.</summary>
    /// <exception cref="ArgumentException">It is not 64 hexadecimal digits.</exception>
    public string? Sha256
    {
        get;
        init => field = value is null || IsSha256(value) ? value : throw new ArgumentException($"'{value}' is no SHA-256; 64 hexadecimal digits are expected.", nameof(Sha256));
    }

    /// <summary>The repository and the path, as errors name the file.</summary>
    public override string ToString() => $"{Repository}/{Path} ({Revision})";

    internal static bool IsSha256(string text) => text.Length == Sha256Digits && text.All(char.IsAsciiHexDigit);

    private static string Checked(string value, string parameter, Func<string[], bool> fits)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameter);
        string[] parts = value.Split('/');
        return fits(parts) && parts.All(part => Part().IsMatch(part))
            ? value
            : throw new ArgumentException($"'{value}' cannot be asked for; letters, digits, '-', '_', '+', '=', spaces and inner dots are expected, parts divided by '/'.", parameter);
    }

    // Not '.', not '..', nothing that a file system treats as more than a name.
    [GeneratedRegex(@"\A(?!\.+\z)[\p{L}\p{N}_+=@,()\[\] .-]{1,200}(?<![ .])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
