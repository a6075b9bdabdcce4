namespace Reflexion.Testing;

/// <summary>The first line of a cassette.</summary>
internal sealed record CassetteHeader(string Format, int Version)
{
    internal const string Name = "reflexion-cassette";
    internal const int Current = 1;
}
