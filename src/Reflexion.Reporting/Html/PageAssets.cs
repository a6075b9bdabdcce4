using System.Reflection;
using System.Text;

namespace Reflexion;

/// <summary>What a page is made of: the frame, the styles and the program, put together of readable files.</summary>
internal static class PageAssets
{
    private static readonly Assembly Here = typeof(PageAssets).Assembly;

    /// <summary>The frame, with <c>{{name}}</c> where something is put in.</summary>
    internal static string Frame { get; } = Read("page.html");

    /// <summary>All styles, in the order of their files' names.</summary>
    internal static string Style { get; } = ReadAll(".css");

    /// <summary>All of the program, in the order of its files' names, in a scope of its own.</summary>
    internal static string Script { get; } = $"(() => {{\n'use strict';\n{ReadAll(".js")}start();\n}})();\n";

    private static string ReadAll(string extension) => string.Concat(
        Here.GetManifestResourceNames().Where(name => name.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read));

    // Browsers hash a block with line feeds alone, however the sources were checked out.
    private static string Read(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
