// Evaluators of one's own: a class that runs the agent's answer, a judge combined with it, and a held-out check that
// the agent never sees. The task is to write a regular expression; the evaluator tries it out.
using CustomEvaluator;
using Microsoft.Extensions.AI;
using Reflexion;
using Reflexion.Samples;

if (!ChatProvider.TryCreate(args, "An agent writes a regular expression, judged by running it, with a held-out check beside.", RegexScript.Create, out IChatClient? chat, out int exitCode))
{
    return exitCode;
}

using IChatClient model = chat;
var shown = new RegexEvaluator(["2026-01-31", "1999-12-01"], ["2026-13-01", "2026-00-10", "26-01-31", "2026-1-3", "2026-01-311"]);
var heldOut = new RegexEvaluator(["2000-10-10", "2024-02-29"], ["2024-02-32", "x2024-02-01", "2024-02-011"]);

ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
    .UseEvaluator(shown)
    .UseHeldOutEvaluator(heldOut)
    .AddStopCondition(StopWhen.NoImprovementFor(3))
    .Build();

using var ctrlC = new CtrlC();
Episode episode = await agent.RunAsync(
    new AgentTask("iso-date", "Write one .NET regular expression that matches exactly the strings that are dates of the form YYYY-MM-DD, with a month from 01 to 12 and a day from 01 to 31. Reply with the expression alone."),
    new() { StopToken = ctrlC.Token });

foreach (Trial trial in episode.Trials)
{
    Console.WriteLine($"Trial {trial.Number}: {trial.Trajectory.Answer}");
    Console.WriteLine($"  shown to the agent   {trial.Evaluation?.Score:0.00}  {trial.Evaluation?.Feedback}");
    Console.WriteLine($"  held out             {trial.HeldOutEvaluation?.Score:0.00}");
    if (trial.Lesson is { } lesson)
    {
        Console.WriteLine($"  lesson               {lesson.Text}");
    }
}

Summary.Print(episode);
return episode.Failure is null ? 0 : 1;
