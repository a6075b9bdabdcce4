using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>Identifies a list of texts: 32 hexadecimal digits of a SHA-256 over their lengths and letters.</summary>
internal static class JournalHash
{
    internal static string Of(IEnumerable<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (string? text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
