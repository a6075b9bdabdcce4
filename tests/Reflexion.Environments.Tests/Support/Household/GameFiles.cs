using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>Game files in ALFWorld's form, written here.</summary>
internal static class GameFiles
{
    internal const string Init =
        """
        (receptacleType Shelf_bar__plus_1 ShelfType)
        (receptacleType Shelf_bar__plus_2 ShelfType)
        (receptacleType Sink_bar__plus_1_bar_SinkBasin SinkBasinType)
        (receptacleAtLocation Shelf_bar__plus_1 loc_bar_1)
        (receptacleAtLocation Shelf_bar__plus_2 loc_bar_2)
        (receptacleAtLocation Sink_bar__plus_1_bar_SinkBasin loc_bar_4)
        (openable Shelf_bar__plus_2)
        (objectType Cup_bar__plus_1 CupType)
        (objectType Cup_bar__plus_2 CupType)
        (objectType Sink_bar__plus_1 SinkType)
        (pickupable Cup_bar__plus_1)
        (pickupable Cup_bar__plus_1)
        (isReceptacleObject Cup_bar__plus_2)
        (inReceptacleObject Cup_bar__plus_1 Cup_bar__plus_2)
        (isCool Cup_bar__plus_1)
        (inReceptacle Cup_bar__plus_1 Shelf_bar__plus_1)
        (objectAtLocation Cup_bar__plus_1 loc_bar_1)
        (objectAtLocation Cup_bar__plus_2 loc_bar_2)
        (canContain ShelfType CupType)
        (atLocation agent1 loc_bar_3)
        """;

    internal const string PlaceGoal =
        "(and (exists (?r - receptacle) (exists (?o - object) (and (inReceptacle ?o ?r) (objectType ?o CupType) (receptacleType ?r SinkBasinType)))))";

    internal static string Problem(string init = Init, string goal = PlaceGoal) =>
        $"(define (problem p)\n(:domain alfred)\n(:objects agent1 - agent Cup - object)\n(:init\n{init}\n)\n(:goal {goal}))";

    internal static string Game(string? problem = null, bool? solvable = true, string grammar = "\"rhs\": \"Your task is to: put a cup in sinkbasin.\"", string[]? walkthrough = null)
    {
        var parts = new Dictionary<string, object> { ["pddl_domain"] = "(define)", ["grammar"] = grammar, ["pddl_problem"] = problem ?? Problem() };
        if (solvable is { } known)
        {
            parts["solvable"] = known;
        }

        if (walkthrough is not null)
        {
            parts["walkthrough"] = walkthrough;
        }

        return JsonSerializer.Serialize(parts);
    }

    internal static async Task WriteZipAsync(string path, params (string Entry, string Content)[] entries)
    {
        await using ZipArchive zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create);
        foreach ((string entry, string content) in entries)
        {
            await using Stream stream = await zip.CreateEntry(entry).OpenAsync();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(content));
        }
    }
}
