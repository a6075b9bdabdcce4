namespace Reflexion;

/// <summary>What became of one episode, or of one trial, of an experiment. Every episode has exactly one; the set is closed.</summary>
/// <remarks>
/// An episode is judged by what its agent would hand in: its best trial by the evaluator the agent sees. Where the agent has a held-out
/// evaluator, that one says whether it is solved. Of an episode that is not solved, <see cref="Errored"/> comes before
/// <see cref="Budget"/> and <see cref="Unfinished"/> (why it stopped), and these before what its last trial came to.
/// </remarks>
public enum ExperimentOutcome
{
    /// <summary>Solved.</summary>
    Solved,

    /// <summary>An answer was given, or the environment ended the trial, and it was wrong.</summary>
    Failed,

    /// <summary>The last trial was cut off before an answer: steps used up, going in circles, nothing new, or a full context.</summary>
    Halted,

    /// <summary>The last trial gave no answer that could be judged: blank, unreadable, or tool calls that nobody runs.</summary>
    Invalid,

    /// <summary>A model, tool, evaluator, environment or store failed.</summary>
    Errored,

    /// <summary>The budget of the episode, its arm or the experiment ended first.</summary>
    Budget,

    /// <summary>Not run, or asked to stop before it was done. It counts in no statistic; running the experiment again makes up for it.</summary>
    Unfinished,
}
