using System.Reflection;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Holds the tests, and says how they went.</summary>
internal static class Checker
{
    internal static void Serve()
    {
        Assembly? tests = null;
        while (true)
        {
            (char kind, byte[] body) = Frames.Receive();
            using JsonDocument request = JsonDocument.Parse(body);
            if (kind == 'P')
            {
                Host.Load(request.RootElement, out tests);
            }
            else if (kind == 'T')
            {
                string name = request.RootElement.GetProperty("method").GetString()!;
                Run(tests!.GetType("Tests")!.GetMethod(name)!.CreateDelegate<Action>());
            }
        }
    }

    private static void Run(Action test)
    {
        (string verdict, string? actual, string? detail) = Judge(test);
        Frames.Send('V', json =>
        {
            json.WriteString("verdict", verdict);
            json.WriteString("actual", actual);
            json.WriteString("detail", detail);
        });
    }

    private static (string Verdict, string? Actual, string? Detail) Judge(Action test)
    {
        try
        {
            Remote.Load();
            test();
            return (Remote.Calls > 0 ? "passed" : "idle", Remote.Last, null);
        }
        catch (GoneException)
        {
            return ("gone", null, null);
        }
        catch (AssertionException wrong)
        {
            return ("failed", wrong.Actual, wrong.Message);
        }
        catch (Exception wrong)
        {
            return ("raised", Remote.Last, Exceptions.Describe(wrong));
        }
    }
}
