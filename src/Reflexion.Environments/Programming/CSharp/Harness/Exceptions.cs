using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Exceptions that crossed from the solution.</summary>
internal static class Exceptions
{
    internal static Exception Make(JsonElement kinds, JsonElement reply)
    {
        string message = reply.GetProperty("message").GetString()!;
        Exception made = new(message);
        foreach (JsonElement kind in kinds.EnumerateArray())
        {
            // Types of the platform alone: the solution's own are not known here.
            Type? type = Type.GetType(kind.GetString()!) ?? typeof(Stack<int>).Assembly.GetType(kind.GetString()!);
            if (type is not null && type.IsAssignableTo(typeof(Exception)) && type.GetConstructor([typeof(string)]) is { } make)
            {
                made = (Exception)make.Invoke([message]);
                break;
            }
        }

        made.Data["message"] = message;
        made.Data["kind"] = kinds[0].GetString();
        made.Data["line"] = reply.GetProperty("line").GetInt32();
        return made;
    }

    internal static string Describe(Exception wrong)
    {
        string kind = wrong.Data["kind"] as string ?? wrong.GetType().FullName!;
        string line = wrong.Data["line"] is int number and > 0 ? $" (line {number} of the solution)" : "";
        return Show.Clip($"{kind[(kind.LastIndexOf('.') + 1)..]}: {wrong.Data["message"] ?? wrong.Message}{line}");
    }
}
