namespace Reflexion.LanguageModels;

/// <summary>Reads what was computed for a position.</summary>
internal delegate void RowReader(int position, ReadOnlySpan<float> row);
