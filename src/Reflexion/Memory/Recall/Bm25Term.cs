namespace Reflexion;

/// <summary>A word of a query.</summary>
/// <param name="Word">The word.</param>
/// <param name="Weight">Its inverse document frequency.</param>
/// <param name="Take">How many of the lessons that have it are looked at, latest filed first.</param>
internal readonly record struct Bm25Term(string Word, double Weight, int Take);
