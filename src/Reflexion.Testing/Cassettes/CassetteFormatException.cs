namespace Reflexion.Testing;

/// <summary>A file is no cassette, is damaged, or is of a version that this package does not read.</summary>
/// <remarks><example><code>catch (CassetteFormatException fault) { output.WriteLine(fault.Message); }</code></example></remarks>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What told so, or null.</param>
public sealed class CassetteFormatException(string message, Exception? innerException = null) : FormatException(message, innerException);
