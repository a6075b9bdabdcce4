// One idea: an agent with real tools. Three come from an MCP server, one is a local method, and one is only run after an
// approval. The agent picks wrong tools and wrong arguments, claims what is not true, is judged by what its tools really
// did, learns a lesson from that, and gets it right in the next trial.
//
// Without --provider the model is SCRIPTED (ScriptedModel.cs): its replies are written down beforehand, so that the sample
// needs no key. Tools, server, approval, evaluation, memory and loop are real.
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using Reflexion;
using Reflexion.Samples;
using ToolsAndMcp;

if (!ChatProvider.TryCreate(args, "An agent uses tools of its own and of an MCP server, and learns to use them right.", ScriptedModel.Create, out IChatClient? chat, out int exitCode))
{
    return exitCode;
}

using IChatClient model = chat;

// Ctrl-C ends the episode after the work in hand and keeps the best trial so far.
using var ctrlC = new CtrlC();

// An MCP server in this process. A client for a server elsewhere differs in its transport only.
await using ShopServer server = ShopServer.Start();
await using McpClient shop = await server.ConnectAsync();

// A local method is a tool as it is; one that spends money asks first.
AIFunction percentOf = AIFunctionFactory.Create(
    (decimal percent, decimal amount) => percent * amount / 100, "percent_of", "Works out a percentage of an amount.");
AIFunction refund = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(
    (string order, decimal amount) => $"Refunded {amount:0.00} for {order}.", "refund", "Pays money back to a customer."));

ReflexionAgent agent = ReflexionAgent.CreateBuilder(model)
    .UseActor(build => new ToolCallingActor(
        build.ChatClientOf(AgentComponent.Actor),
        // Asked once a trial, so that a server may change what it offers.
        async (_, token) => [.. await shop.ListToolsAsync(cancellationToken: token), percentOf, refund],
        new() { Approve = ApproveAsync }))
    .UseEvaluator(Judge)
    .Configure(options => options.MaxTrials = 3)
    .Build();

var task = new AgentTask("refund-A-17", "Order A-17 arrived damaged. Refund what the shop's policy allows, and tell the customer the amount.");
await foreach (AgentEvent happened in agent.RunStreamingAsync(task, new() { StopToken = ctrlC.Token }))
{
    Show(happened);
    if (happened is EpisodeEnded { Episode.Success: false })
    {
        return 1;
    }
}

return 0;

// Stands for a person, or for a rule of the business.
static ValueTask<bool> ApproveAsync(ToolApprovalRequest request, CancellationToken cancellationToken)
{
    bool approved = request.Call.Arguments!["amount"] is System.Text.Json.JsonElement amount && amount.GetDecimal() <= 40;
    Console.WriteLine($"  ? {request.Function.Name}({request.Arguments}) needs an approval: {(approved ? "given" : "denied, it is above 40.00")}");
    return ValueTask.FromResult(approved);
}

// What the agent says is not evidence; what its tools did is. The steps are typed, so nothing has to be parsed.
static TrajectoryEvaluation Judge(EvaluationContext context)
{
    TrajectoryStep[] refunds = [.. context.Trajectory.Steps.Where(step => step is { Action.Name: "refund", Outcome: StepOutcome.Executed })];
    return refunds switch
    {
        [] => TrajectoryEvaluation.Failed("No refund was booked, so what the answer says is not true. The shop's refund policy was never looked up."),
        [{ Observation.Text: "Refunded 36.00 for A-17." }] => TrajectoryEvaluation.Passed("The refund the policy allows was booked, once."),
        _ => TrajectoryEvaluation.Failed("A refund was booked, but not the one the policy allows.", score: 0.3),
    };
}

static void Show(AgentEvent happened)
{
    switch (happened)
    {
        case TrialStarted started:
            Console.WriteLine($"\nTrial {started.Trial}");
            break;
        case StepCompleted { Step: var step }:
            Console.WriteLine($"  {step.Number}. {step.Action?.Text}\n     {step.Outcome}: {step.Observation?.Text}");
            break;
        case TrialEvaluated { Evaluation: var verdict }:
            Console.WriteLine($"  = score {verdict.Score:0.0}. {verdict.Feedback}");
            break;
        case LessonLearned { Lesson: var lesson }:
            Console.WriteLine($"  ! {lesson.Text}");
            break;
        case EpisodeEnded { Episode: var episode }:
            Console.WriteLine($"\n{episode.StopReason}: {episode.StopDetail}\nBest trial: {episode.Best?.Number}. Answer: {episode.Answer}");
            break;
    }
}
