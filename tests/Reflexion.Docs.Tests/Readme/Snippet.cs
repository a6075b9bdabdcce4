namespace Reflexion.Tests;

/// <summary>A C# block of the README.</summary>
/// <param name="Line">The line of the README that holds its first line of code, from 1.</param>
/// <param name="Code">The block's text.</param>
internal sealed record Snippet(int Line, string Code);
