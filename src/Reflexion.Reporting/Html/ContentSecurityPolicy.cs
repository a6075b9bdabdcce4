using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>What a page may do: run its own program, show its own styles, and nothing else.</summary>
internal static class ContentSecurityPolicy
{
    /// <summary>A policy that admits one style and one script, by their hashes, loads nothing and never turns text into markup.</summary>
    /// <param name="style">The style block's text.</param>
    /// <param name="script">The script block's text.</param>
    internal static string Of(string style, string script) =>
        $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static string HashOf(string block) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}";
}
