using System.Diagnostics;

namespace Reflexion.Environments;

/// <summary>A started program, and how to end it and what it leaves.</summary>
/// <param name="Process">The process on the host's side.</param>
/// <param name="Kill">Ends the program and all that it started. Never throws.</param>
/// <param name="Release">Gives back what was taken for it; called once, after it has ended.</param>
/// <param name="OutputOutlives">Processes that escaped may hold its output open after its end.</param>
internal sealed record LaunchedProcess(Process Process, Action Kill, Action Release, bool OutputOutlives);
