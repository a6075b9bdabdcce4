namespace Reflexion.LanguageModels;

/// <summary>Rows of a matrix in a file that become rows of packed weights.</summary>
/// <param name="First">The number of the first row among the packed.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Data">Where the first begins.</param>
internal readonly unsafe record struct StoredRows(int First, int Count, nint Data);
