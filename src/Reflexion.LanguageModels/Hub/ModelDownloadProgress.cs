namespace Reflexion.LanguageModels;

/// <summary>How far a download is.</summary>
/// <param name="BytesReceived">Bytes of the file that are here, those of earlier attempts included.</param>
/// <param name="TotalBytes">Bytes of the whole file, or null if the hub does not say.</param>
public readonly record struct ModelDownloadProgress(long BytesReceived, long? TotalBytes);
