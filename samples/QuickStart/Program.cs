// An agent writes a slogan under rules that language models tend to break. It is judged by plain code, reflects in
// words on what went wrong, and tries again with the lesson in its prompt.
//
//   dotnet run --project samples/QuickStart
//   dotnet run --project samples/QuickStart -- --provider anthropic --model claude-sonnet-4-5
//   dotnet run --project samples/QuickStart -- --provider openai --endpoint http://localhost:11434/v1 --model llama3.2
using Microsoft.Extensions.AI;
using QuickStart;
using Reflexion;
using Reflexion.Samples;

if (!ChatProvider.TryCreate(args, "An agent writes a slogan under strict rules, and learns from what an evaluator says of it.", SloganScript.Create, out IChatClient? chat, out int exitCode))
{
    return exitCode;
}

using IChatClient model = chat;
ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
    .UseEvaluator(new SloganEvaluator())
    .Configure(options => options.MaxTrials = 5)
    .Build();

var task = AgentTask.FromInstruction("Write a slogan for a coffee shop. Exactly six words, and no word may contain the letter e. Reply with the slogan alone.");
using var ctrlC = new CtrlC();

await foreach (AgentEvent happened in agent.RunStreamingAsync(task, new() { StopToken = ctrlC.Token }))
{
    switch (happened)
    {
        case TrialStarted started:
            Console.WriteLine($"\nTrial {started.Trial}");
            Console.Write("  model    ");
            break;
        case ModelTextDelta delta:
            Console.Write(delta.Text);
            break;
        case TrialEvaluated judged:
            Console.WriteLine($"\n  judged   {judged.Evaluation.Score:0.00}  {judged.Evaluation.Feedback}");
            break;
        case LessonLearned learned:
            Console.WriteLine($"  lesson   {learned.Lesson.Text}");
            break;
        case EpisodeEnded ended:
            Summary.Print(ended.Episode);
            return ended.Episode.Failure is null ? 0 : 1;
    }
}

return 1;
