// The papers' reasoning domain: questions that need several pages of an encyclopedia, searched offline or in live Wikipedia.
//
//   dotnet run --project samples/HotPotQA
//   dotnet run --project samples/HotPotQA -- --data hotpotqa.jsonl --tasks 20 --provider anthropic
//   dotnet run --project samples/HotPotQA -- --agent cot-context --strategy retry --provider openai
using HotPotQA;
using Reflexion;
using Reflexion.Environments;
using Reflexion.Samples;

var agents = new Dictionary<string, HotPotQAAgent>
{
    ["react"] = HotPotQAAgent.ReAct,
    ["cot"] = HotPotQAAgent.ChainOfThought,
    ["cot-context"] = HotPotQAAgent.ChainOfThoughtWithContext,
};
var scores = new Dictionary<string, HotPotQAScore> { ["em"] = HotPotQAScore.ExactMatch, ["f1"] = HotPotQAScore.F1 };

using var http = new HttpClient();
return await new DomainSample("An agent answers HotPotQA's questions, and learns from wrong answers. Without --data it is asked a few about places and people that do not exist.")
{
    OwnOptions = ["--agent", "--score", "--wikipedia"],
    OwnHelp = """
        HotPotQA:
          --agent NAME      react (default; searches pages), cot (thinks, without any page)
                            or cot-context (thinks, with the paragraphs that hold the answer)
          --score NAME      em (default; exact match) or f1
          --wikipedia WHO   search live Wikipedia instead of the questions' own paragraphs;
                            its policy asks who you are: "MyStudy/1.0 (me@example.org)"
        """,
    Open = async (arguments, stop) => new HotPotQADomain(
        await HotPotQAQuestions.LoadAsync(arguments.Data ?? Path.Combine(AppContext.BaseDirectory, "questions.jsonl"), stop),
        new()
        {
            Agent = arguments.Choose("--agent", agents),
            Score = arguments.Choose("--score", scores),
            Documents = arguments.Own.TryGetValue("--wikipedia", out string? who) ? new WikipediaStore(http, new(who)) : null,
        }),
    Scripted = _ => HotPotQAScript.Create(),
}.RunAsync(args);
