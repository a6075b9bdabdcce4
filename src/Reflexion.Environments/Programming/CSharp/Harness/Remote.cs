using System.Collections;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Calls of the solution, as the tests' stub of it makes them.</summary>
public static class Remote
{
    internal static int Calls { get; private set; }

    internal static string? Last { get; private set; }

    /// <summary>Loads the solution afresh.</summary>
    internal static void Load()
    {
        Calls = 0;
        Last = null;
        Ask(null, []);
    }

    /// <summary>Calls a method of the solution.</summary>
    public static T Call<T>(string name, params object?[] arguments)
    {
        Calls++;
        using JsonDocument reply = Ask(name, arguments);
        T value = (T)Codec.Read(reply.RootElement.GetProperty("value"), typeof(T))!;
        Last = Show.Value(value);
        return value;
    }

    /// <summary>Calls a method of the solution that returns nothing.</summary>
    public static void Run(string name, params object?[] arguments)
    {
        Calls++;
        using JsonDocument reply = Ask(name, arguments);
        Last = arguments.Length == 0 ? "nothing" : Show.Value(arguments[0]);
    }

    private static JsonDocument Ask(string? name, object?[] arguments)
    {
        Frames.Send('C', json =>
        {
            json.WriteString("call", name);
            json.WriteStartArray("args");
            foreach (object? argument in arguments)
            {
                Codec.Write(json, argument, 0);
            }

            json.WriteEndArray();
        });
        (char kind, byte[] body) = Frames.Receive();
        if (kind != 'R')
        {
            throw new GoneException();
        }

        JsonDocument reply = Parse(body);
        if (reply.RootElement.TryGetProperty("raised", out JsonElement kinds))
        {
            Exception raised = Exceptions.Make(kinds, reply.RootElement);
            Last = Exceptions.Describe(raised);
            throw raised;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (Codec.CanChange(arguments[i]) && reply.RootElement.GetProperty("args")[i] is { ValueKind: JsonValueKind.Array } changed)
            {
                Collections.Update(arguments[i]!, changed);
            }
        }

        return reply;
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException("the program's reply is not part of the protocol");
        }
    }
}
