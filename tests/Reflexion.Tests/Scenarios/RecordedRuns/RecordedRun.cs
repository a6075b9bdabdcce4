using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>A run that was recorded elsewhere, as an arm of an experiment; the questions, games or problems that its file names are the tasks.</summary>
internal sealed class RecordedRun
{
    private readonly RecordedLine[] _lines;
    private readonly int _firstTrial;

    internal RecordedRun(string path)
    {
        _lines = RecordedLine.ReadAll(path);
        _firstTrial = Math.Min(1, _lines.Min(line => line.Trial));
        string name = Path.GetFileNameWithoutExtension(path);
        string family = FamilyOf(name);
        Domain = Agent.Length == 0 ? family : family.Split('-')[0];
        Arm = new(name[Domain.Length..].TrimStart('-'), Strategy)
        {
            Model = Model,
            Variant = family[Domain.Length..].TrimStart('-'),
            MaxTrials = _lines.Max(NumberOf),
            ModelIds = ImmutableSortedDictionary<AgentComponent, string>.Empty.Add(AgentComponent.Actor, Model).Add(AgentComponent.Reflector, Model),
        };
    }

    /// <summary>What the run has in common with those it can be compared with.</summary>
    internal string Domain { get; }

    internal ExperimentArmInfo Arm { get; }

    internal string Agent => _lines[0].Agent;

    internal string Model => _lines[0].Model;

    internal int LineCount => _lines.Length;

    /// <summary>The lines of each task, in the order of their trials.</summary>
    internal IEnumerable<(string Id, RecordedLine[] Lines)> Episodes =>
        _lines.GroupBy(line => line.Task).Select(task => (task.Key, task.OrderBy(line => line.Trial).ToArray()));

    internal ExperimentTaskInfo[] Tasks => [.. _lines.DistinctBy(line => line.Task).Select(line => new ExperimentTaskInfo(line.Task) { Instruction = line.Instruction })];

    /// <summary>How many tasks were solved after each trial, counted from the lines alone.</summary>
    internal int[] Curve =>
        [.. Enumerable.Range(1, Arm.MaxTrials).Select(trial => _lines.Count(line => line.IsSolved && NumberOf(line) <= trial))];

    /// <summary>The runs of a folder, by domain.</summary>
    internal static IEnumerable<IGrouping<string, RecordedRun>> ReadAll(string folder) =>
        Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).Select(file => new RecordedRun(file)).GroupBy(run => run.Domain);

    /// <summary>Several runs as one experiment over all their tasks, without what happened in trials.</summary>
    internal static ExperimentResult Together(string name, IReadOnlyCollection<RecordedRun> runs) =>
        Together(name, runs, runs.SelectMany(run => run.Records));

    internal static ExperimentResult Together(string name, IReadOnlyCollection<RecordedRun> runs, IEnumerable<EpisodeRecord> episodes) => new(
        name, runs.Select(run => run.Arm), runs.SelectMany(run => run.Tasks).DistinctBy(task => task.Id), [0], episodes);

    /// <summary>The number, from 1, of the trial that a line tells of. Where lines are missing, so are numbers.</summary>
    internal int NumberOf(RecordedLine line) => line.Trial - _firstTrial + 1;

    private IEnumerable<EpisodeRecord> Records => Episodes.Select(episode =>
    {
        TrialRecord[] trials = [.. episode.Lines.Select(line => new TrialRecord(NumberOf(line), line.Outcome) { Score = line.IsSolved ? 1 : 0, Steps = line.Steps.Length })];
        return new EpisodeRecord(Arm.Name, episode.Id, 0, trials[^1].Outcome)
        {
            Trials = [.. trials],
            StopReason = trials[^1].Success ? StopReason.Success : StopReason.TrialLimit,
        };
    });

    private ReflexionStrategy Strategy => _lines[0].Strategy switch
    {
        "base" or "simple" => ReflexionStrategy.Retry,
        "last_trial" or "immediate-refinement" => ReflexionStrategy.LastAttempt,
        "last_trial_and_reflexion" or "immediate-reflexion" => ReflexionStrategy.LastAttemptAndReflexion,
        "reflexion" => ReflexionStrategy.Reflexion,
        string other => throw new InvalidDataException($"'{other}' is no strategy of the recorded runs."),
    };

    // Files are called after domain, variant, strategy and model.
    private string FamilyOf(string name)
    {
        int end = name.LastIndexOf("-" + _lines[0].Strategy.Replace('_', '-'), StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }
}
