using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>Names of tenants, agents, tasks and episodes as they stand in indexed columns.</summary>
/// <remarks>A name is itself where every database can index it; a very long one, or one with characters not every database keeps, is a hash.</remarks>
internal static class SqlKey
{
    private const int Longest = 200;
    private const string HashMark = "sha256:";

    public static string Of(string name) => IsPlain(name)
        ? name
        : HashMark + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan())));

    private static bool IsPlain(string name) =>
        name.Length <= Longest
        && !name.Contains('\0', StringComparison.Ordinal)
        && !name.StartsWith(HashMark, StringComparison.Ordinal)
        && !name.EnumerateRunes().Contains(Rune.ReplacementChar);
}
