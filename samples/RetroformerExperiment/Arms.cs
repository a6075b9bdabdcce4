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
    internal const string Untrained = "Untrained";
    internal const string Supervised = "Reflexion (SFT)";
    internal const string Selector = "Selector";

    private const int SelectorCandidates = 4;

    private static readonly (string Arm, string Folder)[] s_trained =
        [(Supervised, "sft"), ("Retroformer (RLOO)", "rloo"), ("Retroformer (PPO)", "ppo"), ("Shuffled rewards", "shuffled")];

    private readonly LanguageModel _actor;
    private readonly HouseholdWriter _writer;
    private readonly Dictionary<string, LoraAdapter> _adapters = [];

    private Arms(LanguageModel actor, LanguageModel? pretrained, string folder, string[] wanted)
    {
        _actor = actor;
        _writer = pretrained is null ? HouseholdWriter.Own(actor) : HouseholdWriter.Pretrained(pretrained);
        foreach ((string arm, string adapter) in s_trained)
        {
            string path = Path.Combine(folder, adapter);
            if (Directory.Exists(path))
            {
                _adapters.Add(arm, _writer.Model.LoadAdapter(path));
            }
        }

        string[] all = [Retry, LastAttempt, .. pretrained is null ? (string[])[] : [Untrained], .. _adapters.Keys, .. _adapters.ContainsKey(Supervised) ? (string[])[Selector] : []];
        Names = wanted.Length == 0 ? all : [.. all.Where(wanted.Contains)];
    }

    internal string[] Names { get; }

    internal static async Task<Arms> LoadAsync(ExperimentSettings settings, CancellationToken stop)
    {
        LanguageModel? pretrained = settings.Writer is { } file ? await HouseholdWriter.LoadAsync(file, stop) : null;
        return new(await HouseholdPlayer.LoadAsync(settings.Actor, stop), pretrained, settings.Adapters, settings.Arms);
    }

    /// <summary>Makes a builder the agent of an arm.</summary>
    internal void Configure(string arm, ReflexionAgentBuilder agent, HouseholdDomain domain, double temperature, SelectorRetrospectiveModel? selector)
    {
        agent.Play(_actor, domain, temperature);
        switch (arm)
        {
            case Retry:
                break;
            case LastAttempt:
                agent.UseRetrospectiveModel(new RetoldAttempt());
                break;
            case Selector:
                agent.UseSelector(selector ?? NewSelector(), new HouseholdEvaluator(HouseholdStopRule.None));
                break;
            default:
                agent.Learn(_writer, _adapters.GetValueOrDefault(arm));
                break;
        }
    }

    /// <summary>A selector over refinements of the supervised model, whose weights it leaves as they are.</summary>
    internal SelectorRetrospectiveModel NewSelector(SelectorState? state = null)
    {
        TrainedRetrospectiveOptions writing = _writer.Options;
        IChatClient writer = _writer.Model.AsChatClient(new() { Adapter = _adapters[Supervised], Sampling = writing.Sampling, MaxOutputTokens = writing.MaxTokens });
        return new(writer, new() { Candidates = SelectorCandidates, Writing = new() { Messages = writing.Messages!, Header = "", Fenced = false } }, state);
    }

    public void Dispose()
    {
        foreach (LoraAdapter adapter in _adapters.Values)
        {
            adapter.Dispose();
        }

        if (_writer.Model != _actor)
        {
            _writer.Model.Dispose();
        }

        _actor.Dispose();
    }
}
