using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>A small encyclopedia and questions on it.</summary>
internal static class HotPotQASamples
{
    internal static readonly HotPotQAQuestion Composer = new("q1", "In which town was the composer of The Tin Moon born? ")
    {
        Answer = "Osterquay",
        Type = "bridge",
        Level = "hard",
        Paragraphs =
        [
            new("The Tin Moon", ["The Tin Moon is an opera by Léa Brück.", " It was first performed in 1902."]),
            new("Léa Brück", ["Léa Brück was a composer.", " She wrote nine operas.", " Her teacher was Ian Moor.", " She never married.", " She painted.", " She was born in Osterquay.", " She left Osterquay in 1880."]),
            new("The Copper Moon", ["The Copper Moon is a novel."]),
        ],
        Supports = [new("The Tin Moon", 0), new("Léa Brück", 5)],
    };

    internal static readonly HotPotQAQuestion Comparison = new("q2", "Are The Tin Moon and The Copper Moon both operas?")
    {
        Answer = "no",
        Type = "comparison",
        Paragraphs = [new("The Tin Moon", ["Another text that is not looked at."]), new("Moon (disambiguation)", ["Moon may refer to many things."])],
        Supports = [new("The Tin Moon", 0)],
    };

    internal static ParagraphStore Store() => ParagraphStore.Pool([Composer, Comparison]);

    internal static AgentAction Action(string name, string? argument) => new($"{name}[{argument}]") { Name = name, Argument = argument };
}
