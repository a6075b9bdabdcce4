using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Rejects a lesson that carries a secret: an API key, a bearer token, a private key, a JWT, a password of a connection string or URL.</summary>
/// <remarks>
/// It knows the forms of common providers. The reason says the kind and never the secret; but a rejected lesson is kept in quarantine
/// as it is, secret included, so revoke the secret and clear the quarantine. Thread-safe.
/// </remarks>
public sealed partial class SecretGuard : ILessonGuard
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly (Regex Pattern, string Meaning)[] Patterns =
    [
        (PrivateKey(), "a private key"),
        (JsonWebToken(), "a JSON web token"),
        (ProviderKey(), "an API key"),
        (BearerToken(), "an authorization header"),
        (ConnectionPassword(), "a password of a connection string"),
        (UrlPassword(), "a password in a URL"),
        (NamedSecret(), "an assigned secret"),
    ];

    /// <inheritdoc/>
    public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return new(Find(context.Lesson) is { } found ? $"The lesson contains {found}." : null);
    }

    /// <summary>The kind of secret that a lesson carries, or null.</summary>
    internal static string? Find(Lesson lesson) => GuardedText.FirstMatch(GuardedText.Of(lesson), Patterns);

    [GeneratedRegex(@"-----BEGIN ([A-Z0-9]+ ){0,3}PRIVATE KEY( BLOCK)?-----", Options, GuardedText.PatternTimeout)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*", Options, GuardedText.PatternTimeout)]
    private static partial Regex JsonWebToken();

    // Anthropic, OpenAI and their kin; Stripe; AWS; Google; GitHub; GitLab; Slack; Hugging Face; npm; SendGrid.
    [GeneratedRegex(
        @"\b(sk-(?=[\w-]*\d)[\w-]{20,}|[srp]k_(live|test)_[A-Za-z0-9]{16,}|(AKIA|ASIA)[A-Z0-9]{16}\b|AIza[\w-]{35}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36}|SG\.[\w-]{16,}\.[\w-]{16,})",
        Options,
        GuardedText.PatternTimeout)]
    private static partial Regex ProviderKey();

    [GeneratedRegex(@"\bbearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}|\bauthorization\s*:\s*basic\s+[A-Za-z0-9+/]{8,}", Options | RegexOptions.IgnoreCase, GuardedText.PatternTimeout)]
    private static partial Regex BearerToken();

    [GeneratedRegex(
        @"\b(password|pwd)=[^;\s]+;|;\s*(password|pwd)=[^;\s]+|\b(AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}",
        Options | RegexOptions.IgnoreCase,
        GuardedText.PatternTimeout)]
    private static partial Regex ConnectionPassword();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:[^\s/@]{1,100}@", Options | RegexOptions.IgnoreCase, GuardedText.PatternTimeout)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(
        @"\b(api[_-]?key|secret([_-]?key)?|client[_-]?secret|(access|auth|refresh)[_-]?token|password|passwd)[""']?\s*[:=]\s*[""']?(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])[\w+/-]{16,}",
        Options | RegexOptions.IgnoreCase,
        GuardedText.PatternTimeout)]
    private static partial Regex NamedSecret();
}
