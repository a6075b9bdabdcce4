namespace Reflexion;

/// <summary>The oldest entries of the credit ledger were dropped.</summary>
/// <param name="Count">How many.</param>
internal sealed record UsesDropped(int Count) : MemoryRecord;
