namespace Reflexion.Environments;

/// <summary>What became of a test.</summary>
public enum TestOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>A value was not what the test asks for.</summary>
    Failed,

    /// <summary>An exception was raised.</summary>
    Raised,

    /// <summary>Time ran out.</summary>
    TimedOut,

    /// <summary>The process that ran the program ended before the test did: it exited, crashed, or broke a limit.</summary>
    Died,
}
