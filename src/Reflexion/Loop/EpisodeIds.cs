using System.Security.Cryptography;

namespace Reflexion;

/// <summary>Makes episode ids where the application does not give any.</summary>
internal static class EpisodeIds
{
    internal static string New() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
