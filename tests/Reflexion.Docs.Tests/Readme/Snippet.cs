namespace Reflexion.Tests;

/// <summary>A C# block of the README.</summary>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Code">The block's text.</param>
/// <param name="Needs">The preambles that declare what it takes for granted, after an HTML comment before it: <c>snippet: needs chat, task</c>.</param>
internal sealed record Snippet(int Line, string Code, string[] Needs);
