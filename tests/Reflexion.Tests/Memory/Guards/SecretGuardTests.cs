using static Reflexion.Tests.GuardTesting;

namespace Reflexion.Tests;

public sealed class SecretGuardTests
{
    private readonly SecretGuard _guard = new();

    // Put together here, so that no scanner takes this file for a leak.
    public static TheoryData<string, string> Secrets => new()
    {
        { "-----BEGIN RSA " + "PRIVATE KEY-----", "a private key" },
        { "-----BEGIN " + "PRIVATE KEY-----", "a private key" },
        { "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "a private key" },
        { "use eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN", "a JSON web token" },
        { "key sk-" + "ant-api03-abcdefghijklmnop0123", "an API key" },
        { "key sk" + "_live_abcdefghijklmnop", "an API key" },
        { "AKIA" + "IOSFODNN7EXAMPLE", "an API key" },
        { "AIza" + new string('x', 35), "an API key" },
        { "ghp_" + new string('a', 36), "an API key" },
        { "github_pat_" + new string('a', 22), "an API key" },
        { "glpat-" + new string('a', 20), "an API key" },
        { "xoxb-" + "1234567890-abc", "an API key" },
        { "hf_" + new string('a', 30), "an API key" },
        { "npm_" + new string('a', 36), "an API key" },
        { "SG." + new string('a', 16) + "." + new string('b', 16), "an API key" },
        { "Authorization: Bearer " + "abcdefghijklmnop1", "an authorization header" },
        { "authorization: basic dXNlcjpwYXNz", "an authorization header" },
        { "Server=db;Password=hunter2;", "a password of a connection string" },
        { "Server=db; pwd=hunter2", "a password of a connection string" },
        { "AccountKey=" + new string('a', 40) + "==", "a password of a connection string" },
        { "postgres://bob:hunter2@db/x", "a password in a URL" },
        { "api_key = \"" + "abcdefgh12345678\"", "an assigned secret" },
        { "client-secret: " + "abcdefgh12345678", "an assigned secret" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_is_rejected_and_not_repeated(string lesson, string found) =>
        (await Ask(_guard, $"Next time log in with {lesson} first.")).Should().Be($"The lesson contains {found}.");

    [Theory]
    [InlineData("The bearer of responsibilities is bearer characteristically calm.")]
    [InlineData("Set password = input() and api_key = os.environ['KEY'] before the call.")]
    [InlineData("Keys start with sk-... and task-management-systems-are-long-words-here.")]
    [InlineData("See https://example.com:8080/a@b and http://host/path.")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("login(password=pw)")]
    public async Task Talk_about_secrets_is_accepted(string lesson) => (await Ask(_guard, lesson)).Should().BeNull();

    [Fact]
    public async Task The_plan_is_looked_at_too() =>
        (await _guard.InspectAsync(Context("Think.", plan: "postgres://bob:hunter2@db/x"), default)).Should().NotBeNull();
}
