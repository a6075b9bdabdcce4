namespace Reflexion;

/// <summary>Watches one trial for rounds that repeat and for steps that bring nothing.</summary>
/// <remarks>
/// Texts are interned, so a pair of action and observation is two numbers and equal numbers mean equal texts. For each
/// period p it keeps how many of the last pairs equal the one p steps before: p·(r−1) of them are r equal rounds.
/// </remarks>
internal sealed class ProgressMonitor(ProgressOptions options)
{
    private readonly Dictionary<string, int> _actions = [];
    private readonly Dictionary<string, int> _observations = [];
    private readonly List<(int Action, int Observation)> _pairs = [];
    private readonly List<int> _equalRun = [];
    private int _malformed;
    private int _withoutNews;

    /// <summary>Takes note of what the actor saw before its first step.</summary>
    internal void See(Observation initial) => Intern(_observations, initial.Text);

    /// <summary>Takes note of a step.</summary>
    /// <returns>How the trial is to end, or null where it may go on.</returns>
    internal ActorFinished? Record(TrajectoryStep step)
    {
        bool malformed = step.Outcome == StepOutcome.MalformedAction;
        int known = _observations.Count;
        int observation = Intern(_observations, step.Observation?.Text ?? "");
        bool news = !malformed && (observation == known || step.Observation?.Reward > 0);
        _malformed = malformed ? _malformed + 1 : 0;
        _withoutNews = news ? 0 : _withoutNews + 1;
        int period = Follow((Intern(_actions, step.Action?.Text ?? step.Thought ?? ""), observation));
        return Malformed() ?? Cycle(period) ?? WithoutNews();
    }

    private ActorFinished? Malformed() => _malformed >= options.MaxConsecutiveMalformed
        ? new(TrajectoryEnd.NoProgress, Detail: $"{_malformed} replies in a row held no readable action.")
        : null;

    private ActorFinished? Cycle(int period) => period switch
    {
        0 => null,
        1 => new(TrajectoryEnd.Cycle, Detail: $"The same action led to the same observation {options.CycleRepeats} times in a row."),
        _ => new(TrajectoryEnd.Cycle, Detail: $"The same {period} actions led to the same observations {options.CycleRepeats} times in a row."),
    };

    private ActorFinished? WithoutNews() => _withoutNews >= options.MaxStepsWithoutNews
        ? new(TrajectoryEnd.NoProgress, Detail: $"{_withoutNews} steps in a row brought no new observation and no reward.")
        : null;

    /// <summary>Appends a pair; returns the shortest period that has come round often enough, or 0.</summary>
    private int Follow((int Action, int Observation) pair)
    {
        int found = 0;
        for (int period = _pairs.Count; period >= 1; period--)
        {
            int run = pair == _pairs[^period] ? _equalRun[period - 1] + 1 : 0;
            _equalRun[period - 1] = run;
            found = run >= (long)period * (options.CycleRepeats - 1) ? period : found;
        }

        _pairs.Add(pair);
        _equalRun.Add(0);
        return found;
    }

    private static int Intern(Dictionary<string, int> texts, string text)
    {
        if (!texts.TryGetValue(text, out int id))
        {
            id = texts.Count;
            texts.Add(text, id);
        }

        return id;
    }
}
