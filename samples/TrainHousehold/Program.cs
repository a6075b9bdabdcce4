using Reflexion.LanguageModels;
using TrainHousehold;

using LanguageModel actor = await new Imitation(args[0], new() { Updates = args.Length > 1 ? int.Parse(args[1]) : 1000, Threads = args.Length > 2 ? int.Parse(args[2]) : 2 }).RunAsync(CancellationToken.None);
