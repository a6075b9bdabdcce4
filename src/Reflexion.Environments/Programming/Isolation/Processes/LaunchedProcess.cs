using System.Diagnostics;

namespace Reflexion.Environments;

/// <summary>A started program, and how to end it and what it leaves.</summary>
/// <param name="Process">The process on the host's side.</param>
/// <param name="Kill">Ends the program and all that it started. Never throws.</param>
/// <param name="Release">Gives back what was taken for it; called once, after it has ended.</param>
/// <param name="OutputOutlives">Processes that escaped may hold its output open after its end.</param>
/// <param name="MemoryBytes">How much memory all its processes use together; null where it cannot be seen.</param>
/// <param name="OwnWords">How a line begins that the launcher's own tools may add to the error output when the program is ended; null for none.</param>
internal sealed record LaunchedProcess(Process Process, Action Kill, Action Release, bool OutputOutlives, Func<long>? MemoryBytes = null, string? OwnWords = null);
