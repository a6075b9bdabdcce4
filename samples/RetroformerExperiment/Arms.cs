using Microsoft.Extensions.AI;
using Reflexion;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>The arms: one frozen actor, and what stands in its prompt when it tries again.</summary>
internal sealed class Arms : IDisposable
{
    internal const string Retry = "Retry";
    internal const string LastAttempt = "LastAttempt";
    internal const string Supervised = "Reflexion (SFT)";
    internal const string Selector = "Selector";

    private const int SelectorCandidates = 4;

    private readonly LanguageModel _model;
    private readonly Dictionary<string, LoraAdapter> _adapters = [];

    private Arms(LanguageModel model, string folder, string[] wanted)
    {
        _model = model;
        foreach ((string arm, string adapter) in (ReadOnlySpan<(string, string)>)
            [(Supervised, "sft"), ("Retroformer (RLOO)", "rloo"), ("Retroformer (PPO)", "ppo"), ("Shuffled rewards", "shuffled")])
        {
            string path = Path.Combine(folder, adapter);
            if (Directory.Exists(path))
            {
                _adapters.Add(arm, model.LoadAdapter(path));
            }
        }

        string[] all = [Retry, LastAttempt, .. _adapters.Keys, .. _adapters.ContainsKey(Supervised) ? (string[])[Selector] : []];
        Names = wanted.Length == 0 ? all : [.. all.Where(wanted.Contains)];
    }

    internal string[] Names { get; }

    internal static async Task<Arms> LoadAsync(string folder, string[] wanted, CancellationToken stop) => new(await HouseholdPlayer.LoadAsync(folder, stop), folder, wanted);

    /// <summary>Makes a builder the agent of an arm.</summary>
    internal void Configure(string arm, ReflexionAgentBuilder agent, HouseholdDomain domain, double temperature, SelectorRetrospectiveModel? selector)
    {
        agent.Play(_model, domain, temperature);
        if (arm is Retry or LastAttempt)
        {
            agent.Configure(options => options.Strategy = arm == Retry ? ReflexionStrategy.Retry : ReflexionStrategy.LastAttempt);
        }
        else if (arm == Selector)
        {
            agent.UseSelector(selector ?? NewSelector(), new HouseholdEvaluator(HouseholdStopRule.None));
        }
        else
        {
            agent.UseRetrospectiveModel(_model, _adapters[arm], HouseholdPlayer.Writing());
        }
    }

    /// <summary>A selector over refinements of the supervised model, whose weights it leaves as they are.</summary>
    internal SelectorRetrospectiveModel NewSelector(SelectorState? state = null)
    {
        TrainedRetrospectiveOptions writing = HouseholdPlayer.Writing();
        IChatClient writer = _model.AsChatClient(new() { Adapter = _adapters[Supervised], Sampling = writing.Sampling, MaxOutputTokens = writing.MaxTokens });
        return new(writer, new() { Candidates = SelectorCandidates, Writing = new() { Messages = writing.Messages!, Header = "", Fenced = false } }, state);
    }

    public void Dispose()
    {
        foreach (LoraAdapter adapter in _adapters.Values)
        {
            adapter.Dispose();
        }

        _model.Dispose();
    }
}
