namespace Reflexion.Testing;

/// <summary>What a cassette's file held when it was read.</summary>
/// <param name="Entries">The calls.</param>
/// <param name="Length">Its length, in bytes.</param>
/// <param name="SoundLength">How many of these bytes are whole lines; a torn line may follow.</param>
/// <param name="IsOpenEnded">Whether the last whole line lacks its line end.</param>
internal sealed record CassetteFile(List<CassetteEntry> Entries, long Length, long SoundLength, bool IsOpenEnded);
