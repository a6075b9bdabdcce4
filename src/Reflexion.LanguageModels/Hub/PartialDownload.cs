namespace Reflexion.LanguageModels;

/// <summary>What is known of a file of which a part is here; it lies beside the part.</summary>
/// <param name="Version">Of this record's form.</param>
/// <param name="Identity">The entity tag by which the hub calls the content, whichever host delivers it.</param>
/// <param name="Validator">The strong entity tag of the host that delivered the part, or null if it gave none: then nothing can be resumed.</param>
/// <param name="Length">Bytes of the whole file, or null if nobody said.</param>
/// <param name="Sha256">What the hub says that the file hashes to, or null.</param>
internal sealed record PartialDownload(int Version, string? Identity, string? Validator, long? Length, string? Sha256)
{
    public const int CurrentVersion = 1;
}
