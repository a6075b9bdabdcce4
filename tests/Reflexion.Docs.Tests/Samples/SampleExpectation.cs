namespace Reflexion.Tests;

/// <summary>What a sample prints when it is run without arguments.</summary>
/// <param name="Name">The sample's folder.</param>
/// <param name="Fragments">Texts that its output holds, in this order.</param>
internal sealed record SampleExpectation(string Name, params string[] Fragments)
{
    public static IReadOnlyList<SampleExpectation> All { get; } =
    [
        new("QuickStart",
            "Model: a language model of ", "Playing 100 worlds", "One of the worlds in which it failed at first: ", "Trial 1: failed after ", "Trial 2: ", "its prompt said: ",
            "Solved after each trial, % of 100 tasks x 1 seed", "Retry ", "Retroformer ", "Paired differences, points", "Retroformer - Retry "),
        new("RetroformerExperiment",
            "selector: learnt from 8 episodes", "Retry: temperature ", "Selector: temperature ", "Solved after each trial, % of 12 tasks x 1 seed",
            "LastAttempt ", "Reflexion (SFT) ", "Retroformer (RLOO) ", "Retroformer (PPO) ", "Shuffled rewards ", "Selector ", "Paired differences", "The report: "),
        new("CustomEvaluator",
            "Trial 1:", "shown to the agent   0.57", "held out             0.40", "lesson", "Trial 3:", "held out             1.00", "Success after 3 trials."),
        // Its memory outlives the process: a second run may succeed at once.
        new("DependencyInjection",
            "[span]   search_memory", "[span]   chat scripted", "[span]   invoke_agent reflexion", "gen_ai.evaluation.result",
            "Best answer", "You will get a full refund", "[metric] gen_ai.client.token.usage"),
        new("ToolsAndMcp",
            "Trial 1", "UnknownTool", "InvalidArguments", "ToolFailed", "ApprovalDenied", "score 0.0", "Trial 2", "score 1.0", "Success"),
        new("Household",
            "Model: scripted", "Domain: household, 10 of 10 tasks", "trial 1  failed  30 steps", "lesson I ran out of actions", "trial 2  solved", "solved, of 10", "\n1       8 ", "\n2       10"),
        new("Programming",
            "Sandbox: ", "Model: scripted", "Domain: programming, 5 of 23 tasks", "1/5 count-vowels (easy)", "trial 1  failed", "lesson I looked for small letters only",
            "trial 2  solved", "solved, of 5", "pass@1 80.0 % (4 of 5)", "own alone 1 (false positives)"),
        new("TrainHousehold",
            "imitation, round 1", "imitation, round 2", "rated, households: 24 refinements", "rloo ", "held out after update 2", "ppo ", "shuffled ", "Trained: ppo, rloo, sft, shuffled"),
        new("HotPotQA",
            "Model: scripted", "Domain: hotpotqa, 4 of 4 tasks", "1/4 abbey (bridge)", "trial 1  failed", "lesson I answered with the year", "trial 2  solved",
            "solved, of 4", "\n1       1 ", "\n2       3 ", "\n3       4 "),
        new("Experiment",
            "Model: scripted", "Experiment: 24 tasks x 3 strategies x 3 seeds = 216 episodes", "Estimate: at least ", "Contamination: of 24 tasks ",
            "216 of 216 episodes, 0 running", "Solved after each trial, with Wilson intervals", "Reflexion against Retry, 72 pairs", "McNemar p = ", " tokens each: ",
            "Gain of Reflexion after ", "Notes", "Written: "),
    ];
}
