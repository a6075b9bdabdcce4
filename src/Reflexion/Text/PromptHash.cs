using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Identifies a prompt: 16 hexadecimal digits of a SHA-256 over the roles and texts of its messages.</summary>
internal static class PromptHash
{
    internal static string Of(IEnumerable<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (ChatMessage message in messages)
        {
            text.Append(message.Role.Value).Append(':').Append(message.Text.Length).Append(':').Append(message.Text);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
