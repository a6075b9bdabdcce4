using System.Net;

namespace Reflexion.LanguageModels;

/// <summary>What a hub's refusal means.</summary>
internal static class HubRefusal
{
    public static ModelHubException Of(ModelHubFile file, HttpResponseMessage response, bool hasToken)
    {
        (ModelHubError error, string advice) = Read(response, hasToken);
        return new(error, $"{file}: {advice} (HTTP status {(int)response.StatusCode}{Said(response)})")
        {
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    private static (ModelHubError Error, string Advice) Read(HttpResponseMessage response, bool hasToken) => (Header(response, "X-Error-Code"), response.StatusCode) switch
    {
        ("GatedRepo", _) => (ModelHubError.Gated, "the repository is gated. Accept its terms on its page, and give a token of the account that did."),
        ("RepoNotFound", HttpStatusCode.Unauthorized) => (ModelHubError.NotFound, "there is no such repository, or it is private. Check the name; a private one needs a token that may read it."),
        ("EntryNotFound", _) => (ModelHubError.NotFound, "the repository has no such file. Check the path; it is the same to the letter and to the case."),
        ("RevisionNotFound", _) => (ModelHubError.NotFound, "the repository has no such revision."),
        (_, HttpStatusCode.Unauthorized) => (ModelHubError.Unauthorized, hasToken ? "the hub does not accept the token. Make a new one." : "the hub wants a token. Set it in the options."),
        (_, HttpStatusCode.Forbidden) => (ModelHubError.Forbidden, "access is denied. Give a token that may read the repository, or accept its terms on its page."),
        (_, HttpStatusCode.NotFound) => (ModelHubError.NotFound, "there is no such file. Check repository, revision and path."),
        (_, HttpStatusCode.TooManyRequests) => (ModelHubError.RateLimited, "the hub asks for a pause. Try again later; a token raises the limit."),
        _ => (ModelHubError.UnexpectedAnswer, "the hub gave no file. Try again later."),
    };

    private static string Said(HttpResponseMessage response) => Header(response, "X-Error-Message") is { Length: > 0 } text ? $": {text}" : "";

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
