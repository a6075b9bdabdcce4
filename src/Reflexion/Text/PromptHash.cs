using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Identifies a prompt: 16 hexadecimal digits of a SHA-256 over the roles and texts of its messages.</summary>
internal static class PromptHash
{
    internal static string Of(IEnumerable<ChatMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ChatMessage message in messages)
        {
            string text = message.Text;
            Append(hash, $"{message.Role.Value}:{text.Length}:");
            Append(hash, text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
}
