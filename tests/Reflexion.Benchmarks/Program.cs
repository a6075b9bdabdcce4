using BenchmarkDotNet.Running;
using Reflexion.Benchmarks;

// dotnet run -c Release --project tests/Reflexion.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- concurrency [episodes]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- household [zip or folder of games]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- executions [a round]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- journal [file|sqlite|postgresql]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- lm MODEL.gguf|small [...]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- recall [lessons] [sqlite|postgresql]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- gemm [tokens,...] [threads,...]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- gemv [threads] [types,...]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- tokenizer [gguf] [text]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- train [lora|full|group|long] [steps] [model file]
// dotnet run -c Release --project tests/Reflexion.Benchmarks -- selector
if (args is ["concurrency", ..])
{
    await ConcurrencyRun.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
}
else if (args is ["household", ..])
{
    await HouseholdRun.RunAsync(args.Length > 1 ? args[1] : null);
}
else if (args is ["executions", ..])
{
    await ExecutionsRun.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100);
}
else if (args is ["journal", ..])
{
    await JournalRun.RunAsync(args.Length > 1 ? args[1] : "file");
}
else if (args is ["lm", ..])
{
    await InferenceRun.RunAsync(args[1..]);
}
else if (args is ["recall", ..])
{
    await RecallRun.RunAsync(
        args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000, args.Length > 2 ? args[2] : "sqlite");
}
else if (args is ["gemm", ..])
{
    GemmRun.Run(args[1..]);
}
else if (args is ["gemv", ..])
{
    GemvRun.Run(args[1..]);
}
else if (args is ["tokenizer", ..])
{
    await TokenizerRun.RunAsync(args.Length > 1 ? args[1] : null, args.Length > 2 ? args[2] : null);
}
else if (args is ["train", ..])
{
    TrainRun.Run(args[1..]);
}
else if (args is ["selector", ..])
{
    SelectorRun.Run();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
