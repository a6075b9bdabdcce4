using BenchmarkDotNet.Running;
using Reflexion.Benchmarks;

// dotnet run -c Release --project tests/Reflexion.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- concurrency [episodes]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- executions [a round]
if (args is ["concurrency", ..])
{
    await ConcurrencyRun.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
}
else if (args is ["executions", ..])
{
    await ExecutionsRun.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
