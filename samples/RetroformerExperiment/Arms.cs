using Microsoft.Extensions.AI;
using Reflexion;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples;
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

    private readonly ISetting _setting;
    private readonly Dictionary<string, LoraAdapter> _adapters = [];

    /// <summary>Loads the adapters that a folder has.</summary>
    /// <exception cref="UsageException">An arm is asked for that there is not.</exception>
    internal Arms(ISetting setting, ExperimentSettings settings)
    {
        _setting = setting;
        (string Arm, string Path)[] trained =
            [.. s_trained.Select(each => (each.Arm, Path: Path.Combine(settings.Adapters, each.Folder))).Where(each => Directory.Exists(each.Path))];
        string[] all =
        [
            Retry,
            .. setting.LastAttempt is null ? (string[])[] : [LastAttempt],
            .. settings.Writer is null ? (string[])[] : [Untrained],
            .. trained.Select(each => each.Arm),
            .. setting.Evaluator is not null && trained is [(Supervised, _), ..] ? (string[])[Selector] : [],
        ];
        if (settings.Arms.Except(all).FirstOrDefault() is { } unknown)
        {
            throw new UsageException($"There is no arm '{unknown}'. The arms are {string.Join(", ", all)}.");
        }

        Names = settings.Arms.Length == 0 ? all : [.. all.Where(settings.Arms.Contains)];
        foreach ((string arm, string path) in trained.Where(each => Names.Contains(each.Arm) || (each.Arm == Supervised && Names.Contains(Selector))))
        {
            _adapters.Add(arm, setting.Writer.Model.LoadAdapter(path));
        }
    }

    internal string[] Names { get; }

    /// <summary>Makes a builder the agent of an arm. The selector's arm needs a selector; the others have none.</summary>
    internal void Configure(string arm, ReflexionAgentBuilder agent, IAgentDomain domain, double temperature, SelectorRetrospectiveModel? selector)
    {
        _setting.Play(agent, domain, temperature);
        switch (arm)
        {
            case Retry:
                break;
            case LastAttempt:
                agent.UseRetrospectiveModel(_setting.LastAttempt!);
                break;
            case Selector:
                agent.UseSelector(selector!, _setting.Evaluator!);
                break;
            default:
                agent.Learn(_setting.Writer, _adapters.GetValueOrDefault(arm));
                break;
        }
    }

    /// <summary>A selector over refinements of the supervised model, whose weights it leaves as they are.</summary>
    internal SelectorRetrospectiveModel NewSelector(SelectorState? state = null)
    {
        (LanguageModel model, TrainedRetrospectiveOptions writing) = _setting.Writer;
        IChatClient writer = model.AsChatClient(new() { Adapter = _adapters[Supervised], Sampling = writing.Sampling, MaxOutputTokens = writing.MaxTokens });
        return new(writer, new() { Candidates = SelectorCandidates, Writing = new() { Messages = writing.Messages!, Header = writing.Header!, Fenced = writing.Fenced } }, state);
    }

    public void Dispose()
    {
        foreach (LoraAdapter adapter in _adapters.Values)
        {
            adapter.Dispose();
        }
    }
}
