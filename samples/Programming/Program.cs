// The papers' programming domain: functions in C# or Python, tested by the agent's own unit tests, with hidden tests beside.
//
//   dotnet run --project samples/Programming
//   dotnet run --project samples/Programming -- --tasks 23 --provider anthropic
//   dotnet run --project samples/Programming -- --data humaneval-py.jsonl --provider openai
using Programming;
using Reflexion.Environments;
using Reflexion.Samples;

await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync());
Console.WriteLine($"Sandbox: {sandbox.Containment.Description}");

return await new DomainSample("An agent writes functions and unit tests for them, and learns from the tests that fail. Without --data the problems are a set in C#, from easy to hard.")
{
    Open = async (arguments, stop) =>
    {
        IReadOnlyList<ProgrammingProblem> problems = arguments.Data is { } file ? await ProgrammingProblems.LoadAsync(file, stop) : ProgrammingProblems.CSharp;
        bool needsPython = problems.Any(problem => problem.Language == PythonLanguage.LanguageName);
        try
        {
            return new ProgrammingDomain(problems, [new CSharpLanguage(sandbox), .. needsPython ? [await PythonLanguage.CreateAsync(sandbox, cancellationToken: stop)] : Array.Empty<IProgrammingLanguage>()]);
        }
        catch (SandboxException missing)
        {
            throw new UsageException(missing.Message);
        }
    },
    Scripted = _ => ProgrammingScript.Create(),
    Report = episodes => Console.WriteLine($"\nBy the hidden tests\n{ProgrammingReport.Of(episodes)}"),
}.RunAsync(args);
