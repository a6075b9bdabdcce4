namespace Reflexion;

/// <summary>A journal could not do what was asked of it.</summary>
/// <param name="message">What was wrong and what to do.</param>
/// <param name="innerException">What found it, or null.</param>
public class JournalException(string message, Exception? innerException = null) : Exception(message, innerException);
