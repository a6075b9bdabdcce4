using System.Runtime.Loader;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Runs in a sandbox, as the checker (holds the tests) or as the candidate (holds the solution).</summary>
internal static class Host
{
    private static int Main(string[] arguments)
    {
        Console.SetIn(TextReader.Null);
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
        Warm();
        if (arguments[0] == "candidate")
        {
            new Candidate().Serve();
        }
        else
        {
            Checker.Serve();
        }

        return 0;
    }

    internal static AssemblyLoadContext Load(JsonElement program, out System.Reflection.Assembly assembly)
    {
        var context = new AssemblyLoadContext("program", isCollectible: true);
        using var image = new MemoryStream(program.GetProperty("assembly").GetBytesFromBase64());
        using var symbols = new MemoryStream(program.GetProperty("symbols").GetBytesFromBase64());
        assembly = context.LoadFromStream(image, symbols);
        return context;
    }

    /// <summary>Does once, before there is anything to run, what the first call would otherwise wait for.</summary>
    private static void Warm()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Codec.Write(json, new List<int> { 1 }, 0);
        }

        using JsonDocument read = JsonDocument.Parse(buffer.ToArray());
        Codec.Read(read.RootElement, typeof(int[]));
        _ = Show.Value(new[] { "a" });
    }
}
