namespace Reflexion.Environments;

/// <summary>What a frame between the host and the two processes of an examination holds. One ASCII letter on the wire.</summary>
internal static class FrameKind
{
    /// <summary>Host to either: what to load.</summary>
    internal const byte Program = (byte)'P';

    /// <summary>Host to checker: a test to run.</summary>
    internal const byte Test = (byte)'T';

    /// <summary>Host to checker: texts to find tests in.</summary>
    internal const byte Analyse = (byte)'A';

    /// <summary>Checker to candidate, through the host: something to do.</summary>
    internal const byte Call = (byte)'C';

    /// <summary>Candidate to checker, through the host: what came of it.</summary>
    internal const byte Reply = (byte)'R';

    /// <summary>Host to checker, in place of a reply: there will be none.</summary>
    internal const byte Gone = (byte)'D';

    /// <summary>Checker to host: how the test went. The host takes it from nobody else.</summary>
    internal const byte Verdict = (byte)'V';
}
